import type { FaultOf } from '../../contract/errors.ts'
import type { Run, RunEvent, RunState } from '../../contract/shapes/run.ts'
import type { LedgerCorrection, LedgerItem } from '../journal/ledger-store.ts'
import type { ProgressSample, RunTotals } from './progress-meter.ts'

export type LogLevel = Extract<RunEvent, { type: 'log' }>['level']

/** What the code of a run may say while it goes on. All of it is kept, and seen by whoever follows the run. */
export interface RunRecord {
  /** One line for people. Never with a secret in it; cut at 8192 characters. */
  log(level: LogLevel, text: string): void
  progress(sample: ProgressSample): void
  item(item: LedgerItem): void
  /** What the whole run comes to, as soon as it is known. */
  expect(totals: RunTotals): void
  /** The hash of the plan that the run carries out. */
  planned(hash: string): void
  /** The snapshot that a backup has made. */
  made(snapshotId: string): void
}

/** How a run ended. */
export interface RunEnd {
  readonly state: Exclude<RunState, 'queued' | 'running' | 'unknown'>
  readonly fault: FaultOf | null
  /** One sentence on what is so now; empty when there is nothing to say. */
  readonly remark: string
  readonly corrections: readonly LedgerCorrection[]
}

/**
 * The code of one run. When the signal aborts it ends what it started and says what is left; it may throw: a fault ends
 * the run as `failed`, anything after the abort as `cancelled`.
 */
export type RunBody = (record: RunRecord, signal: AbortSignal) => Promise<RunEnd>

/** The outcome figures of a run, for the audit. */
export function figuresOf(run: Run): { files: number; bytes: number | null } {
  const bytes = run.progress?.bytesDone ?? null
  if (run.subject.kind === 'backup') return { files: run.progress?.filesDone ?? 0, bytes }
  return { files: run.counts.restored + run.counts.updated, bytes }
}
