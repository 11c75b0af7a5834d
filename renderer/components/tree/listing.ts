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

/** The pages of one directory, in order, as one listing. */
export function packListing(pages: readonly NodeColumns[]): Listing {
  const length = pages.reduce((sum, page) => sum + page.name.length, 0)
  const names: string[] = []
  const types = new Uint8Array(length)
  const sizes = new Float64Array(length)
  const modified = new Float64Array(length)
  const modes = new Uint16Array(length)
  const treeIds = new Map<number, string>()
  const linkTargets = new Map<number, string>()
  let at = 0
  for (const page of pages) {
    for (const [row, name] of page.name.entries()) {
      names.push(name)
      types[at] = NODE_TYPES.indexOf(page.type[row] ?? 'irregular')
      sizes[at] = page.size[row] ?? 0
      modified[at] = Date.parse(page.modified[row] ?? '')
      modes[at] = page.mode[row] ?? 0
      const treeId = page.treeId[row]
      if (typeof treeId === 'string') treeIds.set(at, treeId)
      const linkTarget = page.linkTarget[row]
      if (typeof linkTarget === 'string') linkTargets.set(at, linkTarget)
      at += 1
    }
  }
  return { names, types, sizes, modified, modes, treeIds, linkTargets }
}

/** True when the node at this position is a directory. */
export function isDirectory(listing: Listing, at: number): boolean {
  return listing.types[at] === DIRECTORY
}
