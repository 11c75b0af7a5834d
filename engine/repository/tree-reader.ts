import type { FolderTotals, NodeColumns, ServedBy } from '../../contract/shapes/tree.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { Idle } from './idle.ts'
import { SingleFlight } from './single-flight.ts'
import { readStoredNodes, type StoredNode } from './stored-node.ts'
import { readStoredTree } from './stored-tree.ts'
import { TreeCache } from './tree-cache.ts'
import { TreeOutlines } from './tree-outlines.ts'
import { openTreeSource, type TreeSource } from './tree-source.ts'

export interface ListOptions {
  readonly signal?: AbortSignal | undefined
  /** It is read on the way to others, and not to be remembered in place of what people look at. */
  readonly passing?: boolean
}

/** The door to a repository's directories; who is behind it, and how fast, is not the caller's concern. */
export interface TreeReader {
  /**
   * A directory by its tree id, directories first, then by the bytes of the name. Throws `not_found` (`tree`), `cancelled`,
   * and what opening a repository throws.
   */
  list(treeId: string, options: ListOptions): Promise<NodeColumns>
  /** The same directory with all that restic keeps of each node, in restic's order. It is not remembered. Throws as `list` does. */
  nodes(treeId: string, options: ListOptions): Promise<StoredNode[]>
  /** A piece of a file's content by its id; it is not remembered. Throws `not_found` (`blob`), and as `list` does. */
  blob(id: string, options: { readonly signal?: AbortSignal | undefined }): Promise<Buffer>
  readonly served: ServedBy
  /** How many directories are worth asking for at once. */
  readonly atOnce: number
  /** What walks over many directories share. Others take their place when the reader forgets. */
  readonly outlines: TreeOutlines
  readonly totals: Map<string, FolderTotals>
}

export interface TreeReaderOptions {
  /** The fastest that knows the repository, unless given. */
  readonly source?: TreeSource
  /** After so long without a question keys, index and directories are forgotten; ten minutes unless given. */
  readonly idleMilliseconds?: number
}

/** About 250 bytes each. */
const CACHED_NODES = 100_000
const TEN_MINUTES = 600_000
const OUTLINE_BYTES = 48 * 2 ** 20

/** A reader of a repository's directories that remembers those it was asked for last. */
export function openTreeReader(repository: ResticRepository, options: TreeReaderOptions = {}): TreeReader {
  const source = options.source ?? openTreeSource(repository)
  const cache = new TreeCache(CACHED_NODES)
  let outlines = new TreeOutlines(OUTLINE_BYTES)
  let totals = new Map<string, FolderTotals>()
  const idle = new Idle(options.idleMilliseconds ?? TEN_MINUTES, () => {
    cache.clear()
    source.forget()
    outlines = new TreeOutlines(OUTLINE_BYTES)
    totals = new Map()
  })
  const trees = new SingleFlight((treeId, signal) => source.read(treeId, { signal }), source.atOnce)
  const neighbours = new SingleFlight((treeId, signal) => source.read(treeId, { signal, ahead: true }), source.atOnce)
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
    list: (treeId, { signal, passing = false }) =>
      idle.during(async () => {
        const known = cache.get(treeId)
        if (known !== undefined) return known
        const stored = await (passing ? neighbours : trees).get(treeId, signal)
        // Another who asked meanwhile may have read it first.
        const listing = cache.get(treeId) ?? readStoredTree(treeId, stored)
        if (!passing) cache.put(treeId, listing)
        return listing
      }),
    blob: (id, { signal = new AbortController().signal }) => idle.during(() => source.readBlob(id, { signal })),
    nodes: (treeId, { signal, passing = false }) =>
      idle.during(async () => readStoredNodes(treeId, await (passing ? neighbours : trees).get(treeId, signal))),
  }
}
