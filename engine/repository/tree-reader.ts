import type { RollUp } from '../../contract/shapes/compare.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import type { FolderTotals, NodeColumns, ServedBy } from '../../contract/shapes/tree.ts'
import type { ResticRepository } from '../restic/repository.ts'
import type { ContentsOptions } from './contents.ts'
import { Idle } from './idle.ts'
import { release } from './native/release.ts'
import { PairCache } from './pair-cache.ts'
import { SingleFlight } from './single-flight.ts'
import { readStoredNodes, type StoredNode } from './stored-node.ts'
import { readStoredTree } from './stored-tree.ts'
import { TreeCache } from './tree-cache.ts'
import { TreeOutlines } from './tree-outlines.ts'
import { openTreeSource, type TreeSource } from './tree-source.ts'
import { Turns } from './turns.ts'

export interface ListOptions {
  readonly signal?: AbortSignal | undefined
  /** It is read on the way to others, and not to be remembered in place of what people look at. */
  readonly passing?: boolean
}

export interface NodesOptions extends ListOptions {
  /** All unless given. */
  readonly names?: ReadonlySet<string> | undefined
}

/** Makes something of a directory's stored form, of whose memory it keeps nothing. */
export type StoredReading<T> = (treeId: string, stored: Buffer) => T

/** The door to a repository's directories; who is behind it, and how fast, is not the caller's concern. */
export interface TreeReader {
  /**
   * A directory by its tree id, directories first, then by the bytes of the name. Throws `not_found` (`tree`), `cancelled`,
   * and what opening a repository throws.
   */
  list(treeId: string, options: ListOptions): Promise<NodeColumns>
  /**
   * The same directory with all that restic keeps of each node, or of those of some names, in restic's order. It is not
   * remembered. Throws as `list` does.
   */
  nodes(treeId: string, options: NodesOptions): Promise<StoredNode[]>
  /** What a reading makes of the directory, for walks that want less of it than a listing. Throws as `list` does. */
  read<T>(treeId: string, reading: StoredReading<T>, options: ListOptions): Promise<T>
  /**
   * The beginning of what a file holds, from the ids of its pieces: `limit` bytes or all there are. It is not remembered.
   * Throws `not_found` (`blob`), and as `list` does.
   */
  contents(pieces: readonly string[], options: ContentsOptions): Promise<Buffer>
  /** All snapshots, newest first, as they are now. Throws as `list` does. */
  snapshots(options: { readonly signal?: AbortSignal | undefined }): Promise<Snapshot[]>
  readonly served: ServedBy
  /** How many directories are worth asking for at once. */
  readonly atOnce: number
  /** What walks over many directories share. Others take their place when the reader forgets. */
  readonly outlines: TreeOutlines
  readonly totals: Map<string, FolderTotals>
  /** Of pairs of directories, by the ids of both. */
  readonly comparisons: Map<string, RollUp>
  /** What pairs of directories do not have alike, as comparing packs it. */
  readonly pairs: PairCache
}

export interface TreeReaderOptions {
  /** The fastest that knows the repository, unless given. */
  readonly source?: TreeSource
  /** After so long without a question keys, index and directories are forgotten; ten minutes unless given. */
  readonly idleMilliseconds?: number
}

const CACHE_BYTES = 4 * 2 ** 20
const OUTLINE_BYTES = 48 * 2 ** 20
const PAIR_BYTES = 12 * 2 ** 20
const TEN_MINUTES = 600_000

/** A reader of a repository's directories that remembers those it was asked for last. */
export function openTreeReader(repository: ResticRepository, options: TreeReaderOptions = {}): TreeReader {
  const source = options.source ?? openTreeSource(repository)
  const cache = new TreeCache(CACHE_BYTES)
  let outlines = new TreeOutlines(OUTLINE_BYTES)
  let totals = new Map<string, FolderTotals>()
  let comparisons = new Map<string, RollUp>()
  const pairs = new PairCache(PAIR_BYTES)
  const idle = new Idle(options.idleMilliseconds ?? TEN_MINUTES, () => {
    cache.clear()
    source.forget()
    outlines = new TreeOutlines(OUTLINE_BYTES)
    totals = new Map()
    comparisons = new Map()
    pairs.clear()
  })
  // Another who asked meanwhile may have read it first.
  const listingOf: StoredReading<NodeColumns> = (id, stored) => cache.get(id) ?? readStoredTree(id, stored)
  const remembered: StoredReading<NodeColumns> = (id, stored) => cache.put(id, listingOf(id, stored))
  const { trees, neighbours } = flightsOf(source)
  const read = <T>(treeId: string, reading: StoredReading<T>, { signal, passing = false }: ListOptions): Promise<T> =>
    idle.during(() => (passing ? neighbours : trees).use(treeId, (stored) => reading(treeId, stored), signal))
  return {
    get served() {
      return source.served
    },
    atOnce: source.atOnce,
    get outlines() {
      return outlines
    },
    get totals() {
      return totals
    },
    get comparisons() {
      return comparisons
    },
    pairs,
    list: (treeId, { signal, passing = false }) =>
      idle.during(async () => cache.get(treeId) ?? read(treeId, passing ? listingOf : remembered, { signal, passing })),
    contents: (pieces, { limit, signal = new AbortController().signal }) =>
      idle.during(() => source.readContents(pieces, { limit, signal })),
    snapshots: ({ signal = new AbortController().signal }) => idle.during(() => source.snapshots({ signal })),
    nodes: (treeId, { names, ...reading }) => read(treeId, (id, stored) => readStoredNodes(id, stored, names), reading),
    read,
  }
}

/** Who looks at a directory does not wait behind a walk, unless only one can be read at a time. */
function flightsOf(source: TreeSource): Record<'trees' | 'neighbours', SingleFlight<Buffer>> {
  const turns = new Turns(source.atOnce)
  const others = source.atOnce === 1 ? turns : new Turns(source.atOnce)
  return {
    trees: new SingleFlight((treeId, signal) => source.read(treeId, { signal }), turns, release),
    neighbours: new SingleFlight((treeId, signal) => source.read(treeId, { signal, ahead: true }), others, release),
  }
}
