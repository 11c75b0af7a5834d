import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import type { Clock } from '../clock.ts'

type Listener = (hostId: string, run: RunSummary) => void

/**
 * Tells of runs whose state is another than was known, and not of what was so before this console began: the past of a
 * host is heard of in pages, long after it was reached.
 */
export class RunNews {
  readonly #began: string
  readonly #reached = new Set<string>()
  #listener: Listener = () => undefined

  constructor(clock: Pick<Clock, 'now'>) {
    this.#began = clock.now().toISOString()
  }

  listen(listener: Listener): void {
    this.#listener = listener
  }

  /** What a host was doing is known; what it tells from now on has just happened. */
  reached(hostId: string): void {
    this.#reached.add(hostId)
  }

  forget(hostId: string): void {
    this.#reached.delete(hostId)
  }

  /** It has just happened. */
  now(hostId: string, run: RunSummary): void {
    if (this.#reached.has(hostId)) this.#listener(hostId, run)
  }

  /** It was heard of afterwards: while the host was away, or it is from long ago. */
  past(hostId: string, runs: readonly RunSummary[]): void {
    for (const run of runs) if (run.endedAt !== null && run.endedAt >= this.#began) this.now(hostId, run)
  }
}
