import type { FaultOf } from '../../contract/errors.ts'
import type { LedgerAction } from '../../contract/shapes/run.ts'

/** What became of one item. The path is a snapshot path; `size` is in bytes, null where unknown. */
export interface LedgerItem {
  readonly path: string
  readonly action: LedgerAction
  readonly size: number | null
  readonly reason: string
}

/** What is told while a restore goes on. The path of an `item` may hold U+FFFD for bytes that are not UTF-8. */
export type RestoreEvent =
  | { readonly type: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly text: string }
  | RestoreProgress
  | ({ readonly type: 'item' } & LedgerItem)

export interface RestoreProgress {
  readonly type: 'progress'
  readonly phase: 'planning' | 'restoring' | 'verifying' | 'finishing'
  readonly filesDone: number
  readonly bytesDone: number
  /** The item that was finished last: restic does not say which one it is writing. */
  readonly currentItem: string | null
}

/** An item whose exact path or true outcome was known only at the end. */
export interface Correction extends LedgerItem {
  /** The path of the `item` events that this one takes the place of; null when there were none. */
  readonly replaces: string | null
}

export interface RestoreOutcome {
  readonly state: 'succeeded' | 'partial' | 'failed' | 'cancelled'
  readonly fault: FaultOf | null
  /** What is so now, in a sentence or two; empty when there is nothing to say. */
  readonly remark: string
  /** In the order in which they are to be applied; null when all that was told stands. */
  readonly items: readonly Correction[] | null
}
