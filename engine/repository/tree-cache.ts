import type { NodeColumns } from '../../contract/shapes/tree.ts'

/** Listings that were used last, as many as hold a number of nodes together; a listing never changes under its id. */
export class TreeCache {
  readonly #limit: number
  readonly #listings = new Map<string, NodeColumns>()
  #nodes = 0

  /** `limit` in nodes. A listing that is larger by itself is kept until the next one comes. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(treeId: string): NodeColumns | undefined {
    const listing = this.#listings.get(treeId)
    if (listing) this.#moveToEnd(treeId, listing)
    return listing
  }

  put(treeId: string, listing: NodeColumns): void {
    if (!this.#listings.has(treeId)) this.#nodes += weightOf(listing)
    this.#moveToEnd(treeId, listing)
    for (const [oldId, old] of this.#listings) {
      if (this.#nodes <= this.#limit || oldId === treeId) break
      this.#listings.delete(oldId)
      this.#nodes -= weightOf(old)
    }
  }

  clear(): void {
    this.#listings.clear()
    this.#nodes = 0
  }

  #moveToEnd(treeId: string, listing: NodeColumns): void {
    this.#listings.delete(treeId)
    this.#listings.set(treeId, listing)
  }
}

/** An empty directory is not free either. */
function weightOf(listing: NodeColumns): number {
  return listing.name.length + 1
}
