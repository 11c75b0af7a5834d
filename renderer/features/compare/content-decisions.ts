import type { ChangeKind, RollUp } from '../../../contract/shapes/compare.ts'

interface Marked {
  readonly kind: ChangeKind
  readonly bitRot: boolean
}

/** What is to be said of a file once it is known whether it holds the same on both sides. */
export function decided<R extends Marked>(row: R, isSame: boolean): R {
  if (isSame) return row.kind === 'undecided' ? { ...row, kind: 'metadata' } : row
  if (row.kind !== 'undecided' && row.kind !== 'metadata' && row.kind !== 'same') return row
  return { ...row, kind: 'modified', bitRot: row.kind === 'same' }
}

/** The same where somebody knows. */
export function asDecided<R extends Marked>(row: R, isSame: boolean | undefined): R {
  return isSame === undefined ? row : decided(row, isSame)
}

/** A decided file, as far as roll-ups count it. */
export interface Decision {
  readonly from: ChangeKind
  readonly to: ChangeKind
  readonly sizeBefore: number
  readonly sizeAfter: number
}

/** A roll-up in which some files were undecided that no longer are. */
export function withDecisions(rollUp: RollUp, decisions: Iterable<Decision>): RollUp {
  const sum: { -readonly [K in keyof RollUp]: RollUp[K] } = { ...rollUp }
  for (const { from, to, sizeBefore, sizeAfter } of decisions) {
    if (from === 'undecided') sum.undecided = Math.max(0, (sum.undecided ?? 0) - 1)
    if (from === 'metadata') sum.metadata = Math.max(0, sum.metadata - 1)
    if (to === 'metadata') sum.metadata += 1
    if (to !== 'modified') continue
    sum.modified += 1
    sum.modifiedBytesBefore += sizeBefore
    sum.modifiedBytesAfter += sizeAfter
  }
  return sum
}
