import type { FaultOf } from '../../contract/errors.ts'
import type { Evidence, LedgerAction, RunProgress } from '../../contract/shapes/run.ts'

/** What is told while a restore goes on. */
export type RestoreEvent =
  | { readonly type: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly text: string }
  | RestoreProgress

export interface RestoreProgress {
  readonly type: 'progress'
  readonly phase: Extract<RunProgress['phase'], 'planning' | 'restoring' | 'verifying' | 'finishing'>
  /** Files that are written, of `PreparedRestore.files`. */
  readonly filesDone: number
  readonly bytesDone: number
  /** Null where that is not told. */
  readonly currentItem: string | null
  /** Which call of restic it is at, where there are several; between two of them it can be stopped. */
  readonly part: RunProgress['part']
}

/** An item of which the outcome is not simply what its plan said. */
export interface LedgerException {
  /** Its place among the plan's items. */
  readonly at: number
  readonly action: LedgerAction
  /** A sentence; empty where there is nothing to say. */
  readonly reason: string
}

/** A failure that belongs to no item. */
export interface OtherFailure {
  /** As restic prints it, with U+FFFD for each byte that is not UTF-8. */
  readonly path: string
  readonly reason: string
}

export interface RestoreOutcome {
  readonly state: 'succeeded' | 'partial' | 'failed' | 'cancelled'
  readonly fault: FaultOf | null
  /** What is so now, in a sentence or two; empty when there is nothing to say. */
  readonly remark: string
  /** Null where nothing was read back. */
  readonly evidence: Evidence | null
  /** In the order of the plan. Every other item came out as planned, see `ledgerActionOf`. */
  readonly exceptions: readonly LedgerException[]
  readonly others: readonly OtherFailure[]
}
