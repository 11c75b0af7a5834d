import type { Clock } from '../clock.ts'
import type { Ledger, WaitingReport } from '../ledger/ledger.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import { PlaneRefusal } from '../plane/ask-plane.ts'
import type { Plane } from '../plane/plane.ts'

export interface OutboxDeps {
  readonly ledger: Ledger
  readonly plane: Plane
  readonly clock: Clock
  readonly log: Logger
  /** The worklist as it is now: a refusal of access is final until it changes. */
  readonly worklist: () => string
}

const FIRST_SECONDS = 5
const MOST_SECONDS = 600
/** Answers that say the same however often one asks. */
const FINAL: readonly number[] = [400, 403, 404, 409, 422]

/** Tell the plane all that it was not told yet, oldest first. One that does not come through is told again later. */
export async function tellReports(
  { ledger, plane, clock, log, worklist }: OutboxDeps,
  signal: AbortSignal,
): Promise<void> {
  for (const waiting of ledger.waiting(clock.now().toISOString())) {
    if (signal.aborted) return
    try {
      await plane.report(waiting.body, signal)
      ledger.told(waiting.runId, 'told', clock.now().toISOString())
      log.info('report.told', { runId: waiting.runId })
    } catch (error) {
      const answer = error instanceof Error ? error.message : String(error)
      if (error instanceof PlaneRefusal && FINAL.includes(error.status)) {
        ledger.told(waiting.runId, answer, clock.now().toISOString())
        if (error.status === 403) ledger.refuse(ledger.attempt(waiting.runId).entry, worklist(), answer)
        log.warn('report.refused', { runId: waiting.runId, answer })
      } else {
        ledger.postpone(waiting.runId, answer, nextTry(waiting, clock))
      }
    }
  }
}

function nextTry({ tries }: WaitingReport, clock: Clock): string {
  const seconds = Math.min(MOST_SECONDS, FIRST_SECONDS * 2 ** tries)
  return new Date(clock.now().getTime() + seconds * 1000).toISOString()
}
