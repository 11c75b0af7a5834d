/** Opened once for all who ask, and kept until it is forgotten; a failure is not kept, the next one tries anew. */
export class HeldOpen<T> {
  readonly #open: () => Promise<T>
  #opened: Promise<T> | undefined

  constructor(open: () => Promise<T>) {
    this.#open = open
  }

  async get(): Promise<T> {
    if (this.#opened !== undefined) return this.#opened
    const opened = this.#open()
    this.#opened = opened
    try {
      return await opened
    } catch (error) {
      if (this.#opened === opened) this.#opened = undefined
      throw error
    }
  }

  /** Whoever holds it may end with it; the next one who asks gets another. */
  forget(): void {
    this.#opened = undefined
  }
}
