/** Wakes, again and again, a loop that else would wait for one thing alone. */
export class Pulse implements Disposable {
  readonly #timer: NodeJS.Timeout
  #beat = Promise.withResolvers<'beat'>()

  constructor(milliseconds: number) {
    this.#timer = setInterval(() => {
      const { resolve } = this.#beat
      this.#beat = Promise.withResolvers()
      resolve('beat')
    }, milliseconds)
  }

  /** The next beat. */
  get beat(): Promise<'beat'> {
    return this.#beat.promise
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
