/** Work that goes on until this is disposed of, which waits for its end. Whatever else ends it is told to `failed`. */
export class Background implements AsyncDisposable {
  readonly #stop = new AbortController()
  readonly #ended: Promise<void>

  constructor(work: (signal: AbortSignal) => Promise<void>, failed: (error: unknown) => void) {
    this.#ended = Promise.resolve()
      .then(() => work(this.#stop.signal))
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) failed(error)
      })
  }

  /** Aborted once it is to end. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#ended
  }
}
