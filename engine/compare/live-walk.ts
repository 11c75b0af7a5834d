import { Fault, isFault } from '../../contract/errors.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'
import { joined } from '../restore/paths.ts'
import { placeIn } from './live-place.ts'
import { type LiveFolder, type LiveRow, liveRows } from './live-rows.ts'

/**
 * On the way through a folder of a snapshot and the same folder of the host: a path, a folder into which the walk goes, and
 * the same folder once all in it was told; `isRead` is false where the agent cannot look into it.
 */
export type LiveStep =
  | { readonly step: 'row'; readonly path: string; readonly row: LiveRow }
  | { readonly step: 'entered'; readonly path: string }
  | { readonly step: 'left'; readonly path: string; readonly isRead: boolean }

/** A folder on the way; its rows come as they are wanted. */
interface Level {
  readonly path: string
  readonly folder: LiveFolder
  readonly rows: AsyncGenerator<LiveRow, void, void>
}

/**
 * Everything below a folder of a snapshot and of the host, by the bytes of the names, what is in a folder after it, also of
 * one that only one side has. Of each level no more than its names are in memory, and nothing is followed that is a link.
 * Paths are from where it began, with a slash first. Throws `cancelled`, and as `liveRows` does of the first folder.
 */
export async function* walkLive(
  reader: TreeReader,
  folder: LiveFolder,
  options: ListOptions,
): AsyncGenerator<LiveStep, void, void> {
  const passing = { ...options, passing: true }
  const open = (path: string, at: LiveFolder): Level => ({ path, folder: at, rows: liveRows(reader, at, passing) })
  const levels = [open('', folder)]
  yield { step: 'entered', path: '' }
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const row = await next(level, levels.length === 1)
    if (row === undefined || row === 'unread') {
      levels.pop()
      yield { step: 'left', path: level.path, isRead: row === undefined }
      continue
    }
    const path = `${level.path}/${row.name}`
    yield { step: 'row', path, row }
    const below = row.kind === 'retyped' ? undefined : folderBelow(level.folder, row)
    if (below === undefined) continue
    yield { step: 'entered', path }
    levels.push(open(path, below))
  }
}

async function next({ rows }: Level, isFirst: boolean): Promise<LiveRow | 'unread' | undefined> {
  try {
    return (await rows.next()).value ?? undefined
  } catch (error) {
    if (isFirst || !isFault(error, 'forbidden')) throw error
    return 'unread'
  }
}

function folderBelow({ place }: LiveFolder, { name, before, after }: LiveRow): LiveFolder | undefined {
  if ((after ?? before)?.type !== 'dir') return undefined
  const below = placeIn(joined(place.path, `/${name}`), place.sources)
  if (below === undefined) throw new Fault('not_found', { what: 'host_path', id: place.path })
  return { treeId: before?.treeId ?? null, place: below }
}
