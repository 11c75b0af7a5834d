import type { ConsoleClient } from '../../../contract/console/index.ts'
import { type NodeColumns, TREE_PAGE_LIMIT } from '../../../contract/shapes/tree.ts'
import { type Listing, packListing } from '../../components/tree/listing.ts'

export interface TreeAddress {
  readonly hostId: string
  readonly repositoryId: string
  readonly treeId: string
}

/**
 * Every directory that this window has read. A tree's id is made of its content, so what was read stays true, also for
 * another snapshot that has the same directory; each is asked for once, however many want it.
 */
export class TreeCache {
  readonly #client: ConsoleClient
  readonly #listings = new Map<string, Promise<Listing>>()

  constructor(client: ConsoleClient) {
    this.#client = client
  }

  /** One directory's nodes. Throws what `tree.list` throws; what failed is asked for again the next time. */
  list(address: TreeAddress): Promise<Listing> {
    const key = JSON.stringify([address.hostId, address.repositoryId, address.treeId])
    const known = this.#listings.get(key)
    if (known !== undefined) return known
    const listing = this.#read(address)
    this.#listings.set(key, listing)
    listing.catch(() => this.#listings.delete(key))
    return listing
  }

  async #read(address: TreeAddress): Promise<Listing> {
    const pages: NodeColumns[] = []
    let read = 0
    for (;;) {
      const page = await this.#client.tree.list({ ...address, offset: read, limit: TREE_PAGE_LIMIT })
      pages.push(page.nodes)
      read += page.nodes.name.length
      if (read >= page.total || page.nodes.name.length === 0) return packListing(pages)
    }
  }
}
