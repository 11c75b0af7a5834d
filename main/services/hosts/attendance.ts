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

/** Milliseconds until a host is listened to anew, while its connection holds; twice as long each time that nothing could be heard. */
const AGAIN = { first: 1000, longest: 60_000 } as const

interface Listening {
  readonly signal: AbortSignal
  /** How often, one after the other, nothing could be heard. */
  readonly failures: number
  readonly again: (failures: number) => Promise<void>
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
    const asked = { hostId, agent, signal }
    const [isAll, repositories] = await Promise.all([
      this.#hearOfRuns(asked, 0),
      agent.repository.list(undefined, { signal }),
    ])
    this.#deps.news.repositories(hostId, repositories)
    await this.#hearOfHost(asked, 0)
    if (!isAll) this.#finish(asked)
  }

  /** True when that was all that has ever run. */
  async #hearOfRuns(asked: Asked, failures: number): Promise<boolean> {
    const { hostId, agent } = asked
    const over = new AbortController()
    const signal = AbortSignal.any([asked.signal, over.signal])
    const again = async (times: number): Promise<void> => {
      if (!(await this.#hearOfRuns(asked, times))) this.#finish(asked)
    }
    const told = await agent.run.watch(undefined, { signal })
    this.#listen(told, (run) => this.#deps.news.run(hostId, run), { signal, failures, again })
    try {
      const isAll = await this.#backfill.begin(asked)
      await this.#catchUp(hostId, agent, asked.signal)
      return isAll
    } catch (error) {
      // Whoever tries again listens anew.
      over.abort()
      throw error
    }
  }

  async #hearOfHost(asked: Asked, failures: number): Promise<void> {
    const { hostId, agent, signal } = asked
    const told = await agent.host.watch(undefined, { signal })
    const again = (times: number): Promise<void> => this.#hearOfHost(asked, times)
    this.#listen(told, (one) => this.#deps.news.host(hostId, one), { signal, failures, again })
  }

  /** Nobody waits for it. */
  #finish(asked: Asked): void {
    this.#backfill.finish(asked).catch((error: unknown) => {
      if (asked.signal.aborted) return
      this.#deps.log.warning('not all runs of a host could be asked for', { reason: String(error) })
    })
  }

  /** The link ends with its streams, and says why; one that fails by itself, or of which nothing could be kept, is begun anew. */
  #listen<T>(stream: AsyncIterable<T>, hear: (one: T) => void, { signal, failures, again }: Listening): void {
    const { log, clock } = this.#deps
    let times = failures
    const listen = async (): Promise<void> => {
      for await (const one of stream) {
        hear(one)
        times = 0
      }
    }
    const beginAnew = async (error: unknown): Promise<void> => {
      if (signal.aborted) return
      log.warning('a host is listened to anew', { reason: String(error) })
      await clock.pause(Math.min(AGAIN.longest, AGAIN.first * 2 ** times), signal)
      times += 1
      await again(times).catch(beginAnew)
    }
    listen()
      .catch(beginAnew)
      .catch(() => undefined)
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
