import type { AgentClient } from '../../../contract/agent/index.ts'
import { isFault } from '../../../contract/errors.ts'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { HostNews } from '../../../contract/shapes/host.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { type RunSummary, summariseRun } from '../../../contract/shapes/run-summary.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import type { AuditService } from '../audit/index.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { type Asked, RunBackfill } from './run-backfill.ts'
import type { RunMirror } from './run-mirror.ts'

interface Deps {
  readonly runs: RunMirror
  readonly audit: AuditService
  readonly log: Log
  readonly clock: Clock
  /** Told of what an agent says, as it comes. */
  readonly news: {
    /** Something that has just happened. */
    run(hostId: string, run: RunSummary): void
    /** What happened while nobody listened, or is as it was; all of it through some change of the agent's. */
    pastRuns(hostId: string, runs: readonly RunSummary[], through: number): void
    repositories(hostId: string, repositories: readonly RepositoryView[]): void
    host(hostId: string, news: HostNews): void
  }
}

/** What is done with each new connection to an agent: listen to what it tells, and catch up with what was missed. */
export class Attendance {
  readonly #deps: Deps
  readonly #backfill: RunBackfill

  constructor(deps: Deps) {
    this.#deps = deps
    const { runs, clock, news } = deps
    this.#backfill = new RunBackfill({ runs, clock, keep: (...told) => news.pastRuns(...told) })
  }

  /** Listen first, then catch up: nothing falls between. The signal aborts when the connection ends. */
  async attend(hostId: string, agent: AgentClient, signal: AbortSignal): Promise<void> {
    const { news } = this.#deps
    const told = await agent.run.watch(undefined, { signal })
    this.#listen(told, (run) => news.run(hostId, run), signal)
    const [isAll, repositories] = await Promise.all([
      this.#backfill.begin({ hostId, agent, signal }),
      agent.repository.list(undefined, { signal }),
    ])
    await this.#catchUp(hostId, agent, signal)
    news.repositories(hostId, repositories)
    this.#listen(await agent.host.watch(undefined, { signal }), (one) => news.host(hostId, one), signal)
    if (!isAll) this.#finish({ hostId, agent, signal })
  }

  /** Nobody waits for it. */
  #finish(asked: Asked): void {
    this.#backfill.finish(asked).catch((error: unknown) => {
      if (asked.signal.aborted) return
      this.#deps.log.warning('not all runs of a host could be asked for', { reason: String(error) })
    })
  }

  #listen<T>(stream: AsyncIterable<T>, hear: (one: T) => void, signal: AbortSignal): void {
    const listen = async (): Promise<void> => {
      for await (const one of stream) hear(one)
    }
    listen().catch((error: unknown) => {
      // The link ends with its streams, and says why; only a stream that fails by itself is worth a line.
      if (!signal.aborted) this.#deps.log.warning('a host no longer tells its news', { reason: String(error) })
    })
  }

  /** Ask for the runs and audit entries that were open when the agent was last heard of. */
  async #catchUp(hostId: string, agent: AgentClient, signal: AbortSignal): Promise<void> {
    const { runs, audit, news } = this.#deps
    const get = async (runId: string): Promise<RunSummary | null> => {
      try {
        return summariseRun(await agent.run.get({ runId }, { signal }))
      } catch (error) {
        if (isFault(error, 'not_found')) return null
        throw error
      }
    }
    for (const open of runs.unended(hostId)) {
      const run = await get(open.id)
      news.pastRuns(hostId, [run ?? { ...open, state: 'unknown' }], runs.through(hostId))
    }
    await audit.settle(hostId, async ({ runId, requestKey }: AuditEntry) => {
      const match = requestKey === null ? null : runs.byRequest(hostId, requestKey)
      if (match !== null || runId !== null) return match ?? get(runId ?? '')
      const run = requestKey === null ? null : await byKey(agent, requestKey, signal)
      return run === null ? null : summariseRun(run)
    })
  }
}

/** The run that a start has come to; null where there is none, or the agent is an older one that cannot say. */
async function byKey(agent: AgentClient, requestKey: string, signal: AbortSignal): Promise<Run | null> {
  try {
    return (await agent.run.byKey({ requestKey }, { signal })).run
  } catch (error) {
    if (signal.aborted || error instanceof ConnectionLost) throw error
    return null
  }
}
