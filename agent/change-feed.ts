/** Tells which of some things have changed, and nothing of how: whoever hears it reads the journal. */
export class ChangeFeed {
  readonly #listeners = new Set<(id: string) => void>()

  announce(id: string): void {
    for (const listener of this.#listeners) listener(id)
  }

  /** Hear of every change from now on, until disposed of. */
  listen(): ChangeListener {
    const listener = new ChangeListener((hear) => {
      this.#listeners.add(hear)
      return () => this.#listeners.delete(hear)
    })
    return listener
  }
}

/** Remembers what has changed since it was last asked; a slow one holds no more than ids. */
export class ChangeListener implements Disposable {
  readonly #leave: () => void
  #changed = new Set<string>()
  #wake = (): void => undefined

  constructor(join: (hear: (id: string) => void) => () => void) {
    this.#leave = join((id) => {
      this.#changed.add(id)
      this.#wake()
    })
  }

  /** What has changed since the last call; waits for something to. Rejects with the signal's reason. */
  async changed(signal: AbortSignal): Promise<ReadonlySet<string>> {
    signal.throwIfAborted()
    if (this.#changed.size === 0) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const stop = (): void => reject(signal.reason)
      this.#wake = resolve
      signal.addEventListener('abort', stop, { once: true })
      await promise.finally(() => signal.removeEventListener('abort', stop))
    }
    const changed = this.#changed
    this.#changed = new Set()
    return changed
  }

  [Symbol.dispose](): void {
    this.#leave()
  }
}
