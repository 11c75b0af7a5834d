import type { FaultOf } from '../../contract/errors.ts'
import type { DiffSummary, RunEvent, RunState, RunSubject } from '../../contract/shapes/run.ts'
import type { LedgerException, LedgerItem, PlannedItem } from '../journal/ledger-store.ts'
import type { ProgressSample, RunTotals } from './progress-meter.ts'

export type RestoreSubject = Extract<RunSubject, { kind: 'restore' }>

export type LogLevel = Extract<RunEvent, { type: 'log' }>['level']

/** What the code of a run may say while it goes on. All of it is kept, and seen by whoever follows the run. */
export interface RunRecord {
  /** One line for people. Never with a secret in it; cut at 8192 characters. */
  log(level: LogLevel, text: string): void
  progress(sample: ProgressSample): void
  /** What became of one item, of a run that has no plan. */
  item(item: LedgerItem): void
  /** What the whole run comes to, as soon as it is known. */
  expect(totals: RunTotals): void
  /**
   * What is going to be done, item by item, before it is: none of it is shown as done until the run has ended with a
   * settlement. Resolves when all of it is in the journal; others have their turn meanwhile. `privateIn` are folders in
   * which the run makes private ones: if the agent dies they are removed when it starts again.
   */
  plan(items: Iterable<PlannedItem>, privateIn?: readonly string[]): Promise<void>
  /** What has become known of a restore. */
  learned(change: Partial<Pick<RestoreSubject, 'safetySnapshot' | 'evidence'>>): void
  /** The snapshot that a backup has made. */
  made(snapshotId: string): void
  /** What a comparison has come to. */
  compared(summary: DiffSummary): void
}

/** What became of the items that were planned. */
export interface Settlement {
  /** Each that did not become what was planned for it. */
  readonly exceptions: readonly LedgerException[]
  /** What went wrong with something that was not planned. */
  readonly others: readonly { readonly path: string; readonly reason: string }[]
}

/** How a run ended. */
export interface RunEnd {
  readonly state: Exclude<RunState, 'queued' | 'running' | 'unknown'>
  readonly fault: FaultOf | null
  /** One sentence on what is so now; empty when there is nothing to say. */
  readonly remark: string
  /** Without it nothing that was planned is shown as done. */
  readonly settlement?: Settlement
  /** Why what was planned was not done, where there is no settlement. */
  readonly undone?: string
}

/** When a run is to end. */
export interface RunStops {
  /** At once. */
  readonly now: AbortSignal
  /** After the part that it is at. */
  readonly between: AbortSignal
}

/**
 * The code of one run. When the signal aborts it ends what it started and says what is left; it may throw: a fault ends
 * the run as `failed`, anything after the abort as `cancelled`.
 */
export type RunBody = (record: RunRecord, signal: AbortSignal, stops: RunStops) => Promise<RunEnd>
