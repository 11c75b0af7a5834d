import type { NodeType } from '../../../contract/shapes/tree.ts'
import { NODE_TYPES } from '../../components/tree/listing.ts'
import type { TreeStore } from '../../components/tree/tree-store.ts'
import type { FolderCount } from '../trees/index.ts'

/** The node that the keyboard is on, as its directory's listing has it. */
export interface ActiveNode {
  readonly name: string
  readonly path: string
  readonly type: NodeType
  /** Bytes; 0 for what has none. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  readonly mode: number
  readonly linkTarget: string | undefined
  /** Of a directory: its own listing, and how many entries that has once it was read. */
  readonly treeId: string | undefined
  readonly entries: number | undefined
  /** Of a directory: how far the count of all that is in it has come; undefined when it was not asked for. */
  readonly count: FolderCount | undefined
}

/** What the keyboard is on; null when that is a note, or nothing was read yet. `countOf` says what was counted. */
export function activeNode(tree: TreeStore, countOf: (treeId: string) => FolderCount | undefined): ActiveNode | null {
  const { active, columns } = tree
  const entry = active > 0 ? columns.entry(active) : undefined
  if (entry === undefined) return null
  const { listing, position } = entry
  const treeId = columns.treeId(active)
  return {
    name: columns.name(active),
    path: columns.path(active),
    type: NODE_TYPES[listing.types[position] ?? 0] ?? 'irregular',
    size: listing.sizes[position] ?? 0,
    modified: listing.modified[position] ?? Number.NaN,
    mode: listing.modes[position] ?? 0,
    linkTarget: listing.linkTargets.get(position),
    treeId,
    entries: columns.isDirectory(active) && tree.isRead(active) ? columns.count[active] : undefined,
    count: treeId === undefined ? undefined : countOf(treeId),
  }
}
