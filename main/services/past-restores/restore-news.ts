import type { ChangeReader } from '../changes.ts'
import type { Clock } from '../clock.ts'

interface Deps {
  /** What tells of which host a run, or what was asked of it, is news. */
  readonly sources: readonly (() => ChangeReader<string>)[]
  /** The workspace that a host is in; null for a host that is not known. */
  readonly workspaceOf: (hostId: string) => string | null
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

  /** At once, and then again after each change on a host of the workspace. */
  async *watch(workspaceId: string, signal: AbortSignal): AsyncGenerator<Record<string, never>> {
    const { sources, workspaceOf, clock } = this.#deps
    using open = new DisposableStack()
    const readers = sources.map((subscribe) => open.use(subscribe()))
    yield {}
    while (true) {
      const hosts = await nextOf(readers, signal)
      // A host that was removed is in no workspace any more, and what was restored there is seen otherwise now.
      if (!hosts.some((hostId) => (workspaceOf(hostId) ?? workspaceId) === workspaceId)) continue
      yield {}
      await clock.pause(BATCH, signal)
    }
  }
}

/** What has changed, of whichever reader has something first. */
async function nextOf(readers: readonly ChangeReader<string>[], signal: AbortSignal): Promise<readonly string[]> {
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  try {
    const first = await Promise.race(readers.map((reader) => reader.next(ended)))
    return [...first, ...readers.flatMap((reader) => reader.rest())]
  } finally {
    stop.abort()
  }
}
