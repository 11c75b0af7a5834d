import type { RollUp } from '../../contract/shapes/compare.ts'
import type { FolderTotals } from '../../contract/shapes/tree.ts'
import type { Change } from './change.ts'
import type { Difference } from './difference.ts'

export type Tally = { -readonly [K in keyof RollUp]: RollUp[K] }

export function emptyTally(): Tally {
  return {
    added: 0,
    addedBytes: 0,
    removed: 0,
    removedBytes: 0,
    modified: 0,
    modifiedBytesBefore: 0,
    modifiedBytesAfter: 0,
    retyped: 0,
    metadata: 0,
  }
}

/** Count one name, not what is in it. */
export function count(
  tally: Tally,
  { kind }: Pick<Change, 'kind'>,
  { before, after }: Pick<Difference, 'before' | 'after'>,
): void {
  switch (kind) {
    case 'added':
      tally.added += 1
      tally.addedBytes += fileBytes(after)
      break
    case 'removed':
      tally.removed += 1
      tally.removedBytes += fileBytes(before)
      break
    case 'modified':
      tally.modified += 1
      tally.modifiedBytesBefore += fileBytes(before)
      tally.modifiedBytesAfter += fileBytes(after)
      break
    case 'retyped':
      tally.retyped += 1
      break
    case 'metadata':
      tally.metadata += 1
      break
    case 'inside':
    case 'same':
      break
  }
}

export function add(tally: Tally, other: RollUp): void {
  tally.added += other.added
  tally.addedBytes += other.addedBytes
  tally.removed += other.removed
  tally.removedBytes += other.removedBytes
  tally.modified += other.modified
  tally.modifiedBytesBefore += other.modifiedBytesBefore
  tally.modifiedBytesAfter += other.modifiedBytesAfter
  tally.retyped += other.retyped
  tally.metadata += other.metadata
  if (other.undecided !== undefined) tally.undecided = (tally.undecided ?? 0) + other.undecided
  if (other.unread !== undefined) tally.unread = (tally.unread ?? 0) + other.unread
}

/** What a folder is rolled up to that only one side has. */
export function alone(side: 'added' | 'removed', { bytes, files, directories, others }: FolderTotals): RollUp {
  const nodes = files + directories + others
  return side === 'added'
    ? { ...emptyTally(), added: nodes, addedBytes: bytes }
    : { ...emptyTally(), removed: nodes, removedBytes: bytes }
}

function fileBytes(side: Difference['before']): number {
  return side?.type === 'file' ? side.size : 0
}
