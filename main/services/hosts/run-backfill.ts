import type { AgentClient } from '../../../contract/agent/index.ts'
import type { RunChanges, RunSummary } from '../../../contract/shapes/run-summary.ts'
import type { Clock } from '../clock.ts'
import type { RunMirror } from './run-mirror.ts'

/** Runs that are asked for at once: some ten thousand bytes. */
const PAGE = 100
/** How many of the newest are asked for first where there is more to catch up with than one page. */
const NEWEST = 200

interface Deps {
  readonly runs: RunMirror
  readonly clock: Clock
  /** Keep what was told of the past. */
  readonly keep: (hostId: string, runs: readonly RunSummary[], through: number) => void
}

/** One host of which the past is asked, for as long as its connection holds. */
export interface Asked {
  readonly hostId: string
  readonly agent: AgentClient
  readonly signal: AbortSignal
}

/**
 * Brings the mirror up to all that a host's agent knows of its runs: those of other consoles too, and what happened while
 * this one was away. How far it has come is kept, so that it goes on there the next time.
 */
export class RunBackfill {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** What has to be known before anyone asks: one page of what has changed, and of more the newest. True when that was all. */
  async begin(asked: Asked): Promise<boolean> {
    const { hostId, agent, signal } = asked
    const page = await this.#takePage(asked)
    if (page.through >= page.last) return true
    const newest = await agent.run.list({ limit: NEWEST }, { signal })
    this.#deps.keep(hostId, newest, page.through)
    return false
  }

  /** The rest, a page at a time, and between two as long a pause as one took: half of a slow link is left to others. */
  async finish(asked: Asked): Promise<void> {
    const { clock } = this.#deps
    for (;;) {
      const began = clock.now().getTime()
      const { through, last } = await this.#takePage(asked)
      if (through >= last) return
      await clock.pause(clock.now().getTime() - began, asked.signal)
    }
  }

  async #takePage({ hostId, agent, signal }: Asked): Promise<RunChanges> {
    const { runs, keep } = this.#deps
    const since = runs.through(hostId)
    const told = await agent.run.changes({ since, limit: PAGE }, { signal })
    // A journal that was put back from a copy counts anew from there.
    const page = told.last < since ? await agent.run.changes({ since: 0, limit: PAGE }, { signal }) : told
    keep(hostId, page.runs, page.through)
    return page
  }
}
