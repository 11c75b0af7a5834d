import type { NodeColumns, NodeType } from '../../../contract/shapes/tree.ts'

export const NODE_TYPES: readonly NodeType[] = [
  'file',
  'dir',
  'symlink',
  'dev',
  'chardev',
  'fifo',
  'socket',
  'irregular',
]
const DIRECTORY = NODE_TYPES.indexOf('dir')

/** One directory's nodes, packed: a million rows must fit in a window's memory. */
export interface Listing {
  readonly names: readonly string[]
  /** Indexes of NODE_TYPES. */
  readonly types: Uint8Array
  /** Bytes. */
  readonly sizes: Float64Array
  /** Milliseconds since 1970; NaN where the time could not be read. */
  readonly modified: Float64Array
  readonly modes: Uint16Array
  /** Of directories: their own listing's id, by position. */
  readonly treeIds: ReadonlyMap<number, string>
  readonly linkTargets: ReadonlyMap<number, string>
}

/** Takes a directory page by page, so that a large one is packed while its next page is on its way. */
export class ListingBuilder {
  readonly #names: string[] = []
  readonly #types: Uint8Array
  readonly #sizes: Float64Array
  readonly #modified: Float64Array
  readonly #modes: Uint16Array
  readonly #treeIds = new Map<number, string>()
  readonly #linkTargets = new Map<number, string>()

  /** `length`: nodes in the whole directory; what is added beyond that is left out. */
  constructor(length: number) {
    this.#types = new Uint8Array(length)
    this.#sizes = new Float64Array(length)
    this.#modified = new Float64Array(length)
    this.#modes = new Uint16Array(length)
  }

  add(page: NodeColumns): void {
    for (const [row, name] of page.name.entries()) {
      const at = this.#names.length
      if (at === this.#types.length) return
      this.#names.push(name)
      this.#types[at] = NODE_TYPES.indexOf(page.type[row] ?? 'irregular')
      this.#sizes[at] = page.size[row] ?? 0
      this.#modified[at] = Date.parse(page.modified[row] ?? '')
      this.#modes[at] = page.mode[row] ?? 0
      const treeId = page.treeId[row]
      if (typeof treeId === 'string') this.#treeIds.set(at, treeId)
      const linkTarget = page.linkTarget[row]
      if (typeof linkTarget === 'string') this.#linkTargets.set(at, linkTarget)
    }
  }

  build(): Listing {
    const { length } = this.#names
    return {
      names: this.#names,
      types: this.#types.subarray(0, length),
      sizes: this.#sizes.subarray(0, length),
      modified: this.#modified.subarray(0, length),
      modes: this.#modes.subarray(0, length),
      treeIds: this.#treeIds,
      linkTargets: this.#linkTargets,
    }
  }
}

/** The pages of one directory, in order, as one listing. */
export function packListing(pages: readonly NodeColumns[]): Listing {
  const builder = new ListingBuilder(pages.reduce((sum, page) => sum + page.name.length, 0))
  for (const page of pages) builder.add(page)
  return builder.build()
}

/** The numbers of a row, its name's object and its place in the list of names. */
const ROW_BYTES = 19 + 24
/** An entry of a map and the text it holds. */
const TREE_ID_BYTES = 48 + 80

/** About how many bytes of memory a listing takes. */
export function listingBytes({ names, treeIds, linkTargets }: Listing): number {
  let bytes = names.length * ROW_BYTES + treeIds.size * TREE_ID_BYTES
  for (const name of names) bytes += name.length
  for (const target of linkTargets.values()) bytes += TREE_ID_BYTES + target.length
  return bytes
}

/** True when the node at this position is a directory. */
export function isDirectory(listing: Listing, at: number): boolean {
  return listing.types[at] === DIRECTORY
}
