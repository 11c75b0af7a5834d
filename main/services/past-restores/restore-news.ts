import type { ChangeReader } from '../changes.ts'
import type { Clock } from '../clock.ts'

interface Deps {
  /** What tells that a run, or what was asked of a host, is news. */
  readonly sources: readonly (() => ChangeReader<unknown>)[]
  readonly clock: Pick<Clock, 'pause'>
}

/** Milliseconds between two events of a watcher: what changes meanwhile is told together. */
const BATCH = 500

/** Tells that something was restored, or is being restored. */
export class RestoreNews {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** At once, and then again after each change. */
  async *watch(signal: AbortSignal): AsyncGenerator<Record<string, never>> {
    const { sources, clock } = this.#deps
    using open = new DisposableStack()
    const readers = sources.map((subscribe) => open.use(subscribe()))
    yield {}
    while (true) {
      await anyOf(readers, signal)
      yield {}
      await clock.pause(BATCH, signal)
    }
  }
}

/** Resolves with the first that has changed. */
async function anyOf(readers: readonly ChangeReader<unknown>[], signal: AbortSignal): Promise<void> {
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  try {
    await Promise.race(readers.map((reader) => reader.next(ended)))
    for (const reader of readers) reader.rest()
  } finally {
    stop.abort()
  }
}
