import { compareNames } from '../name-order.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import { type LiveFolder, type LiveRow, liveRows } from './live-rows.ts'

export interface LiveLevelOptions {
  /** Also what is the same on both sides. */
  readonly all: boolean
  readonly signal: AbortSignal
}

/**
 * A folder of a snapshot beside the same folder of the host: folders first, then by the bytes of the names. Throws as
 * `liveRows` does.
 */
export async function liveLevel(
  reader: TreeReader,
  folder: LiveFolder,
  { all, signal }: LiveLevelOptions,
): Promise<LiveRow[]> {
  const rows: LiveRow[] = []
  for await (const row of liveRows(reader, folder, { signal })) if (all || row.kind !== 'same') rows.push(row)
  return rows.sort(inOrder)
}

function inOrder(one: LiveRow, other: LiveRow): number {
  return Number(isFolder(other)) - Number(isFolder(one)) || compareNames(one.name, other.name)
}

function isFolder({ before, after }: LiveRow): boolean {
  return (after ?? before)?.type === 'dir'
}
