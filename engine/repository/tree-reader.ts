import type { NodeColumns } from '../../contract/shapes/tree.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { SingleFlight } from './single-flight.ts'
import { readStoredTree } from './stored-tree.ts'
import { TreeCache } from './tree-cache.ts'
import { openTreeSource, type ServedBy, type TreeSource } from './tree-source.ts'

/** The door to a repository's directories; who is behind it, and how fast, is not the caller's concern. */
export interface TreeReader {
  /**
   * A directory by its tree id, directories first, then by the bytes of the name. Throws `not_found` (`tree`), `cancelled`,
   * and what opening a repository throws.
   */
  list(treeId: string, options: { readonly signal?: AbortSignal }): Promise<NodeColumns>
  readonly served: ServedBy
}

/** About 250 bytes each. */
const CACHED_NODES = 500_000

/**
 * A reader of a repository's directories that remembers those it was asked for and fetches one at a time. The source is
 * the fastest that knows the repository, unless given.
 */
export function openTreeReader(
  repository: ResticRepository,
  source: TreeSource = openTreeSource(repository),
): TreeReader {
  const cache = new TreeCache(CACHED_NODES)
  const flights = new SingleFlight(async (treeId: string, signal: AbortSignal) => {
    const listing = readStoredTree(treeId, await source.read(treeId, signal))
    cache.put(treeId, listing)
    return listing
  })
  return {
    get served() {
      return source.served
    },
    list: async (treeId, { signal }) => cache.get(treeId) ?? flights.get(treeId, signal),
  }
}
