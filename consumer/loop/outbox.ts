import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { WaitingReport } from '../ledger/rows.ts'
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
/** Answers of one that cannot be asked now, or not so often: they say nothing of what was sent. */
const AWAY: readonly number[] = [401, 408, 425, 429, 502, 503, 504]
/** Times that a later report is answered with an error before it is taken for one that the plane cannot take: two hours and a half. */
const MOST_REFUSALS = 20

/** Tell the plane all that it was not told yet, oldest first. One that does not come through is told again later. */
export async function tellReports(deps: OutboxDeps, signal: AbortSignal): Promise<void> {
  const { ledger, plane, clock, log } = deps
  for (const waiting of ledger.reports.waiting(clock.now().toISOString())) {
    if (signal.aborted) return
    try {
      await plane.report(waiting.body, signal)
      ledger.reports.told(waiting.id, 'told', clock.now().toISOString())
      log.info('report.told', { runId: waiting.runId })
    } catch (error) {
      settle(deps, waiting, error)
    }
  }
}

/** What becomes of a report that did not come through. */
function settle({ ledger, clock, log, worklist }: OutboxDeps, waiting: WaitingReport, error: unknown): void {
  const { id, runId, isLater } = waiting
  const answer = error instanceof Error ? error.message : String(error)
  const at = clock.now().toISOString()
  const status = error instanceof PlaneRefusal ? error.status : undefined
  const isFinal = status !== undefined && FINAL.includes(status)
  const isError = status !== undefined && !isFinal && !AWAY.includes(status)
  if (isLater && (isFinal || (isError && waiting.refusals + 1 >= MOST_REFUSALS))) {
    ledger.reports.refuseLater(runId, answer, at)
    log.warn('report.no_later_ones', { runId, answer })
    return
  }
  if (!isFinal) {
    ledger.reports.postpone(id, answer, nextTry(waiting, clock), isError)
    return
  }
  ledger.reports.told(id, answer, at)
  if (status === 403) ledger.refuse(ledger.attempt(runId).entry, worklist(), answer)
  log.warn('report.refused', { runId, answer })
}

function nextTry({ tries }: WaitingReport, clock: Clock): string {
  const seconds = Math.min(MOST_SECONDS, FIRST_SECONDS * 2 ** tries)
  return new Date(clock.now().getTime() + seconds * 1000).toISOString()
}
