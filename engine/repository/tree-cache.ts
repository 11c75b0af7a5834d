import type { NodeColumns } from '../../contract/shapes/tree.ts'

interface Kept {
  readonly listing: NodeColumns
  readonly bytes: number
}

/** Listings that were used last, as many as take so much memory together; a listing never changes under its id. */
export class TreeCache {
  readonly #limit: number
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  /** `limit` in bytes, about. A listing that is larger by itself is kept until the next one comes. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(treeId: string): NodeColumns | undefined {
    const kept = this.#kept.get(treeId)
    if (kept === undefined) return undefined
    this.#kept.delete(treeId)
    this.#kept.set(treeId, kept)
    return kept.listing
  }

  /** Keep a listing, and hand it back. */
  put(treeId: string, listing: NodeColumns): NodeColumns {
    if (this.get(treeId) !== undefined) return listing
    const bytes = bytesOf(listing)
    this.#bytes += bytes
    this.#kept.set(treeId, { listing, bytes })
    for (const [oldId, old] of this.#kept) {
      if (this.#bytes <= this.#limit || oldId === treeId) break
      this.#kept.delete(oldId)
      this.#bytes -= old.bytes
    }
    return listing
  }

  clear(): void {
    this.#kept.clear()
    this.#bytes = 0
  }
}

/** An empty directory is not free either. */
const BYTES_A_LISTING = 1_000
/** A place in each of seven columns. */
const BYTES_A_NODE = 7 * 8
/** What a text takes beside its characters. */
const BYTES_A_TEXT = 20

function bytesOf({ name, modified, treeId, linkTarget }: NodeColumns): number {
  let bytes = BYTES_A_LISTING
  for (const [at, text] of name.entries()) {
    bytes += BYTES_A_NODE + bytesOfText(text)
    // One text for all of one time that follow each other.
    if (modified[at] !== modified[at - 1]) bytes += bytesOfText(modified[at])
    bytes += bytesOfText(treeId[at]) + bytesOfText(linkTarget[at])
  }
  return bytes
}

function bytesOfText(text: string | null | undefined): number {
  return typeof text === 'string' ? text.length + BYTES_A_TEXT : 0
}
