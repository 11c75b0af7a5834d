import { isDirectory, type Listing } from './listing.ts'

export const ROOT = 0
export const LOADED = 1
export const LOADING = 2
export const OPEN = 4
export const FAILED = 8
const DIRECTORY = 16

/**
 * What is known of a tree, as columns: one number per node and field. A node is its index; 0 is the root. The children
 * of a directory have contiguous indexes, so that its listing is kept as it came and never copied.
 */
export class TreeColumns {
  parent = new Int32Array(64)
  first = new Int32Array(64)
  count = new Int32Array(64)
  level = new Uint16Array(64)
  flags = new Uint8Array(64)
  /** Bytes of a file; of a directory, of all that has been read below it. */
  bytes = new Float64Array(64)
  /** Directories, at or below, that have not been read. */
  unread = new Int32Array(64)
  /** Selection: 0 as the parent, 1 in, 2 out. */
  mark = new Uint8Array(64)
  /** Direct children with a mark. */
  marked = new Int32Array(64)
  /** Marks anywhere below. */
  below = new Int32Array(64)
  /** Nodes known, the root among them. */
  length = 1
  readonly #listings = new Map<number, Listing>()
  readonly #rootTreeId: string

  constructor(rootTreeId: string) {
    this.#rootTreeId = rootTreeId
    this.parent[ROOT] = -1
    this.flags[ROOT] = DIRECTORY | OPEN
    this.unread[ROOT] = 1
    this.mark[ROOT] = 2
  }

  /** Give a directory its children. */
  append(directory: number, listing: Listing): void {
    const first = this.length
    const count = listing.names.length
    this.#reserve(first + count)
    const level = at(this.level, directory) + 1
    let bytes = 0
    let unread = -1
    for (let position = 0; position < count; position += 1) {
      const node = first + position
      this.parent[node] = directory
      this.level[node] = level
      if (isDirectory(listing, position)) {
        this.flags[node] = DIRECTORY
        this.unread[node] = 1
        unread += 1
      } else {
        const size = listing.sizes[position] ?? 0
        this.bytes[node] = size
        bytes += size
      }
    }
    this.length = first + count
    this.first[directory] = first
    this.count[directory] = count
    this.set(directory, LOADED)
    this.#listings.set(directory, listing)
    for (let node = directory; node >= ROOT; node = at(this.parent, node)) {
      this.bytes[node] = at(this.bytes, node) + bytes
      this.unread[node] = at(this.unread, node) + unread
    }
  }

  has(node: number, flag: number): boolean {
    return (at(this.flags, node) & flag) !== 0
  }

  set(node: number, flag: number): void {
    this.flags[node] = at(this.flags, node) | flag
  }

  unset(node: number, flag: number): void {
    this.flags[node] = at(this.flags, node) & ~flag
  }

  isDirectory(node: number): boolean {
    return this.has(node, DIRECTORY)
  }

  /** The listing that a node stands in and its position there; undefined for the root. */
  entry(node: number): { readonly listing: Listing; readonly position: number } | undefined {
    const directory = at(this.parent, node)
    const listing = this.#listings.get(directory)
    return listing === undefined ? undefined : { listing, position: node - at(this.first, directory) }
  }

  name(node: number): string {
    const entry = this.entry(node)
    return entry?.listing.names[entry.position] ?? ''
  }

  /** The id of a directory's own listing; undefined where the snapshot does not have it. */
  treeId(node: number): string | undefined {
    if (node === ROOT) return this.#rootTreeId
    const entry = this.entry(node)
    return entry?.listing.treeIds.get(entry.position)
  }

  /** The node of that name in a directory that was read; undefined where there is none. */
  childCalled(directory: number, name: string): number | undefined {
    const position = this.#listings.get(directory)?.names.indexOf(name) ?? -1
    return position < 0 ? undefined : at(this.first, directory) + position
  }

  /** The path within the snapshot; `/` for the root. */
  path(node: number): string {
    const names: string[] = []
    for (let each = node; each > ROOT; each = at(this.parent, each)) names.push(this.name(each))
    return `/${names.reverse().join('/')}`
  }

  #reserve(length: number): void {
    if (length <= this.parent.length) return
    const capacity = Math.max(length, this.parent.length * 2)
    this.parent = grown(this.parent, new Int32Array(capacity))
    this.first = grown(this.first, new Int32Array(capacity))
    this.count = grown(this.count, new Int32Array(capacity))
    this.level = grown(this.level, new Uint16Array(capacity))
    this.flags = grown(this.flags, new Uint8Array(capacity))
    this.bytes = grown(this.bytes, new Float64Array(capacity))
    this.unread = grown(this.unread, new Int32Array(capacity))
    this.mark = grown(this.mark, new Uint8Array(capacity))
    this.marked = grown(this.marked, new Int32Array(capacity))
    this.below = grown(this.below, new Int32Array(capacity))
  }
}

/** A number of a column; 0 where the column ends, which a node never does. */
export function at(column: { readonly [index: number]: number }, index: number): number {
  return column[index] ?? 0
}

function grown<A extends { set(from: A): void }>(from: A, to: A): A {
  to.set(from)
  return to
}
