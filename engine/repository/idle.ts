/** Does something once nothing has been done for a while; it keeps no process alive for that. */
export class Idle {
  readonly #milliseconds: number
  readonly #act: () => void
  #timer: NodeJS.Timeout | undefined
  #busy = 0

  constructor(milliseconds: number, act: () => void) {
    this.#milliseconds = milliseconds
    this.#act = act
  }

  /** While `work` goes on, and for the while after it, nothing is idle. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1
    clearTimeout(this.#timer)
    try {
      return await work()
    } finally {
      this.#busy -= 1
      if (this.#busy === 0) this.#timer = setTimeout(this.#act, this.#milliseconds).unref()
    }
  }
}
