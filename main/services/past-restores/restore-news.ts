import type { AuditService } from '../audit/index.ts'
import type { ChangeReader } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { changeOf, type RunMirror } from '../hosts/index.ts'

interface Deps {
  readonly audit: Pick<AuditService, 'subscribe'>
  readonly runs: Pick<RunMirror, 'subscribe'>
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
    const { audit, runs, workspaceOf, clock } = this.#deps
    using asked = audit.subscribe()
    using ran = runs.subscribe()
    yield {}
    while (true) {
      const hosts = (await nextOf([asked, ran], signal)).map(changeOf).flatMap(hostsOfNews)
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

/** That a run has come further is no news here: what it has written is listed when it has ended. */
function hostsOfNews({ hostId, runId }: ReturnType<typeof changeOf>): readonly string[] {
  return runId === null ? [hostId] : []
}
