import { createHash } from 'node:crypto'
import { Fault, isFault } from '../../../contract/errors.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { type Branch, branchOf } from '../name-branches.ts'
import { Turns } from '../turns.ts'
import { type CutKind, cutDirectory, type KeptEntry } from './cut-directory.ts'

/** A part of a snapshot. */
export interface ExcerptWanted {
  /** The listing of the folder that becomes the excerpt's root. */
  readonly treeId: string
  readonly kind: CutKind
  /** Paths below that folder, each with all below it, that alone are in the excerpt or that alone are not. */
  readonly paths: readonly string[]
}

export interface ExcerptTrees {
  readonly rootId: string
  /** Listings that the snapshot does not have, by id; all others are the snapshot's own. */
  readonly made: ReadonlyMap<string, Buffer>
}

const AT_ONCE = 8
const COMMA = Buffer.from(',')
const OPENING = Buffer.from('{"nodes":[')
const CLOSING = Buffer.from(']}\n')

/**
 * The listings of an excerpt, from those of the snapshot, which `readTree` gives. Only those are read on the way to which
 * something is left out. A folder in which nothing is left comes only where just some things are left out. Throws
 * `not_found` (path) where nothing of what is to be included is there, and what reading throws for the root; below it a
 * listing that cannot be read stays as it is, for restic will name it.
 */
export async function excerptTrees(
  { treeId, kind, paths }: ExcerptWanted,
  readTree: (treeId: string) => Promise<Buffer>,
): Promise<ExcerptTrees> {
  const made = new Map<string, Buffer>()
  const turns = new Turns(AT_ONCE)

  async function cut(id: string, branch: Branch): Promise<string | null> {
    const kept = await turns.take(async () => cutDirectory(id, await readTree(id), branch, kind))
    const entries = (await Promise.all(kept.map(entry))).filter((part) => part !== null)
    if (entries.length === 0 && kind === 'include') return null
    const listing = Buffer.concat([
      OPENING,
      ...entries.flatMap((one, at) => (at === 0 ? one : [COMMA, ...one])),
      CLOSING,
    ])
    const id_ = createHash('sha256').update(listing).digest('hex')
    made.set(id_, listing)
    return id_
  }

  async function entry({ stored, below }: KeptEntry): Promise<readonly Buffer[] | null> {
    if (below === null) return [stored]
    const id = await cut(below.treeId, below.branch).catch((error: unknown) => {
      if (isFault(error, 'tool_failed') || isFault(error, 'not_found')) return below.treeId
      throw error
    })
    return id === null ? null : [stored, Buffer.from(id), below.rest]
  }

  const rootId = await cut(treeId, branchOf(paths))
  if (rootId === null) throw new Fault('not_found', { what: 'path', id: showFileName(paths[0] ?? '/') })
  return { rootId, made }
}
