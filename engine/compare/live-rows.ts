import { readdir } from 'node:fs/promises'
import { Fault } from '../../contract/errors.ts'
import type { ChangeKind } from '../../contract/shapes/compare.ts'
import type { NodeFacts } from '../../contract/shapes/tree.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { compareNames } from '../name-order.ts'
import { openStoredNodes, type StoredNode } from '../repository/stored-node.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'
import { hostPath, joined } from '../restore/paths.ts'
import { isHidden } from './hidden-folders.ts'
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

/** A folder on both sides. */
export interface LiveFolder {
  /** Null where the snapshot has none. */
  readonly treeId: string | null
  readonly place: LivePlace
}

/** Paths that are looked at together. */
const AT_ONCE = 64

/**
 * A folder of a snapshot beside the same folder of the host, by type, size, time and rights; what files hold is not read. By
 * the bytes of the names, some at a time: of the folder itself only names and what is stored are in memory. Links are not
 * followed; a folder that is not there, or is behind a link, has nothing in it. Throws `forbidden` (`read-folder`) for one
 * that the agent cannot look into, and as `TreeReader.read` does.
 */
export async function* liveRows(
  reader: TreeReader,
  { treeId, place }: LiveFolder,
  options: ListOptions,
): AsyncGenerator<LiveRow, void, void> {
  const open = (id: string): Promise<Iterable<StoredNode>> =>
    reader.read(id, (_, bytes) => openStoredNodes(id, Buffer.from(bytes)), options)
  const stored = treeId === null ? [] : await open(treeId)
  const found = await namesAt(place)
  const isWanted = (name: string): boolean => place.names === null || place.names.has(name)
  let batch: Promise<LiveRow>[] = []
  for (const { name, node, isFound } of merged(stored, found)) {
    if (!isWanted(name)) continue
    batch.push(rowOf(place, { name, node, isFound }))
    if (batch.length < AT_ONCE) continue
    if (options.signal?.aborted === true) throw new Fault('cancelled', {})
    yield* await Promise.all(batch)
    batch = []
  }
  if (options.signal?.aborted === true) throw new Fault('cancelled', {})
  yield* await Promise.all(batch)
}

interface MergedName {
  readonly name: string
  readonly node: StoredNode | undefined
  readonly isFound: boolean
}

/** What a snapshot has and what was found, both by the bytes of the names. */
function* merged(stored: Iterable<StoredNode>, found: readonly string[]): Generator<MergedName, void, void> {
  let at = 0
  for (const node of stored) {
    for (let name = found[at]; name !== undefined && compareNames(name, node.name) < 0; name = found[at]) {
      at += 1
      yield { name, node: undefined, isFound: true }
    }
    const isFound = found[at] === node.name
    if (isFound) at += 1
    yield { name: node.name, node, isFound }
  }
  for (const name of found.slice(at)) yield { name, node: undefined, isFound: true }
}

async function rowOf(place: LivePlace, { name, node, isFound }: MergedName): Promise<LiveRow> {
  // What is behind a link is not looked at either.
  const live = isFound ? await liveNode(joined(place.path, `/${name}`)) : undefined
  const before = node === undefined ? null : factsOf(node)
  return { name, kind: liveKindOf(node, live), before, after: live ?? null }
}

/** What became of a node by what can be seen without reading it. */
function liveKindOf(node: StoredNode | undefined, found: LiveNode | undefined): ChangeKind {
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

async function namesAt(place: LivePlace): Promise<readonly string[]> {
  if (await isHidden(place.path)) throw new Fault('forbidden', { needs: 'read-folder' })
  if (!(await isPlain(place))) return []
  try {
    const names = await readdir(hostPath(place.path), { encoding: 'buffer' })
    return names.map(fileNameFromBytes).sort(compareNames)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new Fault('forbidden', { needs: 'read-folder' }, { cause: error })
  }
}

function factsOf({ type, size, modified, mode, treeId, linkTarget }: StoredNode): NodeFacts {
  return { type, size, modified, mode, treeId, linkTarget }
}
