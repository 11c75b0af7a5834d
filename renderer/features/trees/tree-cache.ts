import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { KeptTreePage } from '../../../contract/console/tree.ts'
import { TREE_PAGE_LIMIT } from '../../../contract/shapes/tree.ts'
import { type Listing, ListingBuilder, listingBytes } from '../../components/tree/listing.ts'
import { ReadAhead } from './read-ahead.ts'
import { ServedRepositories } from './served-repositories.ts'

export interface TreeAddress {
  readonly hostId: string
  readonly repositoryId: string
  readonly treeId: string
}

/** Half a million rows and more; what a snapshot's tree has open it keeps itself. */
const CAPACITY_BYTES = 64 * 2 ** 20

interface Kept {
  readonly listing: Listing
  readonly bytes: number
}

/**
 * Directories that this window has read, those used last. A tree's id is made of its content, so what was read stays
 * true, also for another snapshot that has the same directory; each is asked for once, however many want it.
 */
export class TreeCache {
  /** Who reads each repository's directories, and how old they are where the console kept them. */
  readonly served = new ServedRepositories()
  readonly #client: ConsoleClient
  readonly #capacity: number
  readonly #ahead = new ReadAhead<KeptTreePage>()
  /** The one that was used longest ago first. */
  readonly #kept = new Map<string, Kept>()
  readonly #reading = new Map<string, Promise<Listing>>()
  #bytes = 0

  /** `capacity`: bytes of memory for what is kept. */
  constructor(client: ConsoleClient, { capacity = CAPACITY_BYTES }: { readonly capacity?: number } = {}) {
    this.#client = client
    this.#capacity = capacity
  }

  /** About how many bytes of memory the kept listings take. */
  get bytes(): number {
    return this.#bytes
  }

  /** One directory's nodes. Throws what `tree.list` throws; what failed is asked for again the next time. */
  list(address: TreeAddress): Promise<Listing> {
    const key = keyOf(address)
    const known = this.#kept.get(key)
    if (known !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return Promise.resolve(known.listing)
    }
    const begun = this.#reading.get(key)
    if (begun !== undefined) return begun
    const listing = this.#read(key, address).finally(() => this.#reading.delete(key))
    this.#reading.set(key, listing)
    return listing
  }

  /**
   * A directory may be wanted soon: read it now, or of a huge one the first page. Two are read at once; of those that
   * wait only the last is kept in mind, for the pointer has left the others. Nothing is read ahead where restic does
   * the reading: it takes a process and a second for each, and what is really wanted would wait for it.
   */
  readAhead(address: TreeAddress): void {
    const key = keyOf(address)
    if (this.#kept.has(key) || this.#reading.has(key) || this.served.of(address)?.servedBy === 'restic') return
    this.#ahead.want(key, {
      read: () => this.#page(address, 0),
      arrived: async ({ nodes, total }) => {
        if (nodes.name.length === total) await this.list(address)
      },
    })
  }

  async #read(key: string, address: TreeAddress): Promise<Listing> {
    let page = await (this.#ahead.take(key) ?? this.#page(address, 0))
    const builder = new ListingBuilder(page.total)
    let read = 0
    for (;;) {
      builder.add(page.nodes)
      read += page.nodes.name.length
      if (read >= page.total || page.nodes.name.length === 0) break
      page = await this.#page(address, read)
    }
    const listing = builder.build()
    this.#keep(key, listing)
    return listing
  }

  async #page(address: TreeAddress, offset: number): Promise<KeptTreePage> {
    const page = await this.#client.tree.list({ ...address, offset, limit: TREE_PAGE_LIMIT })
    this.served.note(address, page)
    return page
  }

  #keep(key: string, listing: Listing): void {
    const bytes = listingBytes(listing)
    this.#kept.set(key, { listing, bytes })
    this.#bytes += bytes
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#capacity || oldest === key) return
      this.#kept.delete(oldest)
      this.#bytes -= freed
    }
  }
}

function keyOf({ hostId, repositoryId, treeId }: TreeAddress): string {
  return JSON.stringify([hostId, repositoryId, treeId])
}
