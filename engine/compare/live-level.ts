import { readdir } from 'node:fs/promises'
import { Fault } from '../../contract/errors.ts'
import type { ChangeKind } from '../../contract/shapes/compare.ts'
import type { NodeFacts } from '../../contract/shapes/tree.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { compareNames } from '../name-order.ts'
import type { StoredNode } from '../repository/stored-node.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import { hostPath, joined } from '../restore/paths.ts'
import { type LiveNode, liveNode } from './live-node.ts'
import { isPlain, type LivePlace } from './live-place.ts'
import { sameMoment } from './same-node.ts'

/** One path of a folder of a snapshot and the same folder of the host now. */
export interface LiveRow {
  readonly name: string
  readonly kind: ChangeKind
  readonly before: NodeFacts | null
  readonly after: NodeFacts | null
}

export interface LiveLevelOptions {
  /** Also what is the same on both sides. */
  readonly all: boolean
  readonly signal: AbortSignal
}

/** Paths that are looked at together. */
const AT_ONCE = 64

/**
 * A folder of a snapshot (null where it has none) beside the same folder of the host, by type, size, time and rights; what
 * files hold is not read. Folders first, then by the bytes of the names. Links are not followed; a folder that is not
 * there, or is behind a link, has nothing in it. Throws `forbidden` (`read-folder`) for one that the agent may not read,
 * and as `TreeReader.nodes` does.
 */
export async function liveLevel(
  reader: TreeReader,
  { treeId, place }: { readonly treeId: string | null; readonly place: LivePlace },
  { all, signal }: LiveLevelOptions,
): Promise<LiveRow[]> {
  const nodes = treeId === null ? [] : await reader.nodes(treeId, { signal })
  const stored = new Map(nodes.map((node) => [node.name, node]))
  const found = await namesAt(place)
  const names = new Set([...stored.keys(), ...found])
  const wanted = [...names].filter((name) => place.names === null || place.names.has(name))
  const rows: LiveRow[] = []
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    if (signal.aborted) throw new Fault('cancelled', {})
    const some = wanted.slice(from, from + AT_ONCE).map(async (name) => {
      const node = stored.get(name)
      // What is behind a link is not looked at either.
      const live = found.has(name) ? await liveNode(joined(place.path, `/${name}`)) : undefined
      return rowOf(name, node, live)
    })
    rows.push(...(await Promise.all(some)))
  }
  return rows.filter(({ kind }) => all || kind !== 'same').toSorted(inOrder)
}

/** What became of a node by what can be seen without reading it. */
export function liveKindOf(node: StoredNode | undefined, found: LiveNode | undefined): ChangeKind {
  if (node === undefined) return found === undefined ? 'same' : 'added'
  if (found === undefined) return 'removed'
  if (node.type !== found.type) return 'retyped'
  const isFile = node.type === 'file'
  if (isFile && node.size !== found.size) return 'modified'
  const sameTime = sameMoment(node.modified, found.modified)
  if (isFile && !sameTime) return 'undecided'
  const sameRights = node.type === 'symlink' || node.mode === found.mode
  const sameOwner = node.uid === found.uid && node.gid === found.gid
  if (!sameTime || !sameRights || !sameOwner || node.linkTarget !== found.linkTarget) return 'metadata'
  // What is in a folder is looked at once it is opened.
  return node.type === 'dir' ? 'undecided' : 'same'
}

async function namesAt(place: LivePlace): Promise<ReadonlySet<string>> {
  if (!(await isPlain(place))) return new Set()
  try {
    return new Set((await readdir(hostPath(place.path), { encoding: 'buffer' })).map(fileNameFromBytes))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return new Set()
    throw new Fault('forbidden', { needs: 'read-folder' }, { cause: error })
  }
}

function rowOf(name: string, node: StoredNode | undefined, found: LiveNode | undefined): LiveRow {
  return { name, kind: liveKindOf(node, found), before: node ?? null, after: found ?? null }
}

function inOrder(one: LiveRow, other: LiveRow): number {
  return Number(isFolder(other)) - Number(isFolder(one)) || compareNames(one.name, other.name)
}

function isFolder({ before, after }: LiveRow): boolean {
  return (after ?? before)?.type === 'dir'
}
