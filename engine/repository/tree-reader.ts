import { Fault, isFault } from '../../contract/errors.ts'
import type { NodeColumns } from '../../contract/shapes/tree.ts'
import { readBlob } from '../restic/blob.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { SingleFlight } from './single-flight.ts'
import { readStoredTree } from './stored-tree.ts'
import { TreeCache } from './tree-cache.ts'

/** The door to a repository's directories; who is behind it, and how fast, is not the caller's concern. */
export interface TreeReader {
  /**
   * A directory by its tree id, directories first, then by the bytes of the name. Throws `not_found` (`tree`), `cancelled`,
   * and what opening a repository throws.
   */
  list(treeId: string, options: { readonly signal?: AbortSignal }): Promise<NodeColumns>
  /** Whether restic itself reads for us, or our own reader of its format. */
  readonly served: 'restic' | 'native'
}

/** About 250 bytes each. */
const CACHED_NODES = 500_000

/**
 * A reader that has restic print each stored listing (`cat blob`, which alone keeps names that are not UTF-8): about a
 * second for a directory not seen before, nothing for one that was. One restic at a time.
 */
export function openTreeReader(repository: ResticRepository): TreeReader {
  const cache = new TreeCache(CACHED_NODES)
  const flights = new SingleFlight(async (treeId: string, signal: AbortSignal) => {
    const listing = readStoredTree(treeId, await readTreeBlob(repository, treeId, signal))
    cache.put(treeId, listing)
    return listing
  })
  return {
    served: 'restic',
    list: async (treeId, { signal }) => cache.get(treeId) ?? flights.get(treeId, signal),
  }
}

async function readTreeBlob(repository: ResticRepository, treeId: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await readBlob(repository, treeId, { signal })
  } catch (error) {
    if (isFault(error, 'not_found')) throw new Fault('not_found', { what: 'tree', id: treeId })
    throw error
  }
}
