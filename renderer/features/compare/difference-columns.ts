import { t } from '@lingui/core/macro'
import { formatMoment } from '../../components/format.ts'
import type { FileSide } from './file-sides.ts'
import { NOW, type Sides } from './sides.ts'
import type { Differing } from './use-difference.ts'

/** One side as a column: what it is called, and where its file is. */
export interface DifferenceColumn {
  readonly title: string
  readonly side: FileSide
  /** It has the path as a file; null where nobody has looked. */
  readonly isFile: boolean | null
}

/** The sides of a comparison, and the host now beside two snapshots. */
export function columnsOf({ before, after }: Sides, subject: Differing): readonly DifferenceColumn[] {
  const earlier: DifferenceColumn = {
    title: t`Earlier, ${formatMoment(new Date(before.time))}`,
    side: { snapshotId: before.id, at: 'snapshot' },
    isFile: subject.typeBefore === 'file',
  }
  // Of the two, a snapshot that has the path says where it is on the host.
  const now = (snapshotId: string, isFile: boolean | null): DifferenceColumn => ({
    title: t`Host now`,
    side: { snapshotId, at: NOW },
    isFile,
  })
  if (after === NOW) return [earlier, now(before.id, subject.typeAfter === 'file')]
  const later: DifferenceColumn = {
    title: t`Later, ${formatMoment(new Date(after.time))}`,
    side: { snapshotId: after.id, at: 'snapshot' },
    isFile: subject.typeAfter === 'file',
  }
  return [earlier, later, now(subject.typeAfter === null ? before.id : after.id, null)]
}

/** Which of the three are beside each other. */
export const BETWEEN = ['earlier and later', 'earlier and now', 'later and now', 'all three'] as const
export type Between = (typeof BETWEEN)[number]

export const BETWEEN_WORDS: Readonly<Record<Between, string>> = {
  'earlier and later': t`earlier and later`,
  'earlier and now': t`earlier and now`,
  'later and now': t`later and now`,
  'all three': t`all three`,
}

export function chosen(columns: readonly DifferenceColumn[], between: Between): readonly DifferenceColumn[] {
  const [earlier, later, now] = columns
  if (earlier === undefined || later === undefined) throw new Error('a comparison has two sides')
  if (now === undefined || between === 'earlier and later') return [earlier, later]
  if (between === 'all three') return columns
  return [between === 'earlier and now' ? earlier : later, now]
}
