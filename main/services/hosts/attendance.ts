import type { AgentClient } from '../../../contract/agent/index.ts'
import { isFault } from '../../../contract/errors.ts'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { HostNews } from '../../../contract/shapes/host.ts'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import type { AuditService } from '../audit/index.ts'
import type { Log } from '../log.ts'
import type { RunMirror } from './run-mirror.ts'

/** How many of a host's runs are asked for when it is reached again. */
const CAUGHT_UP = 200

interface Deps {
  readonly runs: RunMirror
  readonly audit: AuditService
  readonly log: Log
  /** Told of what an agent says, as it comes. */
  readonly news: {
    /** Something that has just happened. */
    run(hostId: string, run: Run): void
    /** Something that happened while nobody listened, or is as it was. */
    pastRun(hostId: string, run: Run): void
    repositories(hostId: string, repositories: readonly RepositoryView[]): void
    host(hostId: string, news: HostNews): void
  }
}

/** What is done with each new connection to an agent: listen to what it tells, and catch up with what was missed. */
export class Attendance {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Listen first, then catch up: nothing falls between. The signal aborts when the connection ends. */
  async attend(hostId: string, agent: AgentClient, signal: AbortSignal): Promise<void> {
    const { news } = this.#deps
    const told = await agent.run.watch(undefined, { signal })
    this.#listen(told, (run) => news.run(hostId, run), signal)
    const [runs, repositories] = await Promise.all([
      agent.run.list({ limit: CAUGHT_UP }, { signal }),
      agent.repository.list(undefined, { signal }),
    ])
    for (const run of runs.toReversed()) news.pastRun(hostId, run)
    await this.#catchUp(hostId, agent, signal)
    news.repositories(hostId, repositories)
    this.#listen(await agent.host.watch(undefined, { signal }), (one) => news.host(hostId, one), signal)
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
    const get = async (runId: string): Promise<Run | null> => {
      try {
        return await agent.run.get({ runId }, { signal })
      } catch (error) {
        if (isFault(error, 'not_found')) return null
        throw error
      }
    }
    for (const open of runs.unended(hostId)) {
      const run = await get(open.id)
      news.pastRun(hostId, run ?? { ...open, state: 'unknown' })
    }
    const known = runs.ofHost(hostId, CAUGHT_UP)
    await audit.settle(hostId, async ({ runId, requestKey }: AuditEntry) => {
      const match = known.find((run) => run.requestKey === requestKey)
      return match ?? (runId === null ? null : get(runId))
    })
  }
}
