/** Tells that a run's record has changed, and nothing of what: whoever hears it reads the journal. */
export class RunFeed {
  readonly #listeners = new Set<(runId: string) => void>()

  announce(runId: string): void {
    for (const listener of this.#listeners) listener(runId)
  }

  /** Hear of every change from now on, until disposed of. */
  listen(): RunListener {
    const listener = new RunListener((hear) => {
      this.#listeners.add(hear)
      return () => this.#listeners.delete(hear)
    })
    return listener
  }
}

/** Remembers which runs have changed since it was last asked; a slow one holds no more than their ids. */
export class RunListener implements Disposable {
  readonly #leave: () => void
  #changed = new Set<string>()
  #wake = (): void => undefined

  constructor(join: (hear: (runId: string) => void) => () => void) {
    this.#leave = join((runId) => {
      this.#changed.add(runId)
      this.#wake()
    })
  }

  /** The runs that have changed since the last call; waits for one. Rejects with the signal's reason. */
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
