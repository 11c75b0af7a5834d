/**
 * Tells readers which things have changed. A reader that is slow is told once of a thing that changed often, so
 * nobody has to wait for anybody.
 */
export class Changes<Key> {
  readonly #readers = new Set<Reader<Key>>()

  announce(key: Key): void {
    for (const reader of this.#readers) reader.add(key)
  }

  /** Changes from now on. Subscribe first, then read what is so: nothing falls between. */
  subscribe(): ChangeReader<Key> {
    const reader = new Reader<Key>(() => this.#readers.delete(reader))
    this.#readers.add(reader)
    return reader
  }
}

export interface ChangeReader<Key> extends Disposable {
  /** What has changed since the last time, at least one; rejects with the signal's reason. */
  next(signal: AbortSignal): Promise<readonly Key[]>
  /** The same without waiting; empty when nothing has. */
  rest(): readonly Key[]
}

class Reader<Key> implements ChangeReader<Key> {
  readonly #leave: () => void
  readonly #changed = new Set<Key>()
  #wake = (): void => undefined

  constructor(leave: () => void) {
    this.#leave = leave
  }

  add(key: Key): void {
    this.#changed.add(key)
    this.#wake()
  }

  async next(signal: AbortSignal): Promise<readonly Key[]> {
    signal.throwIfAborted()
    if (this.#changed.size === 0) await this.#oneMore(signal)
    return this.rest()
  }

  rest(): readonly Key[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  [Symbol.dispose](): void {
    this.#leave()
  }

  #oneMore(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      this.#wake = () => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
    })
  }
}
