import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { formatBytes, formatCount, formatMoment } from '../../components/format.ts'
import { wordsIn } from './link-words.ts'

export interface SnapshotRow extends Snapshot {
  /** All that the row shows, in lower case: what the filter looks in. Made once, for there may be thousands. */
  readonly text: string
}

/** Snapshots with what their rows show. */
export function snapshotRows(snapshots: readonly Snapshot[]): readonly SnapshotRow[] {
  return snapshots.map((snapshot) => ({ ...snapshot, text: textOf(snapshot) }))
}

/** The rows in which every word of the filter stands somewhere. */
export function filterSnapshots(rows: readonly SnapshotRow[], filter: string): readonly SnapshotRow[] {
  const words = wordsIn(filter)
  return words.length === 0 ? rows : rows.filter(({ text }) => words.every((word) => text.includes(word)))
}

function textOf(snapshot: Snapshot): string {
  const { id, time, hostname, username, paths, tags, files, bytes } = snapshot
  const sizes = [files === null ? '' : formatCount(files), bytes === null ? '' : formatBytes(bytes)]
  return [id, formatMoment(new Date(time)), hostname, username, ...paths.map(showFileName), ...tags, ...sizes]
    .join(' ')
    .toLowerCase()
}
