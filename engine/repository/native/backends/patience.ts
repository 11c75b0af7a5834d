/**
 * Ends what says nothing for a while: its signal aborts with a `TimeoutError` unless a sign of life comes in time. A slow
 * line that goes on delivering is not given up.
 */
export class Patience implements Disposable {
  readonly #over = new AbortController()
  readonly #timer: NodeJS.Timeout

  constructor(milliseconds: number) {
    const reason = new DOMException(`nothing came for ${milliseconds / 1000} seconds`, 'TimeoutError')
    this.#timer = setTimeout(() => this.#over.abort(reason), milliseconds)
  }

  get signal(): AbortSignal {
    return this.#over.signal
  }

  /** A sign of life: the wait begins anew. */
  renew(): void {
    this.#timer.refresh()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}
