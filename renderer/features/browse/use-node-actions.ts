import { useState } from 'react'
import type { TreeStore } from '../../components/tree/tree-store.ts'
import { useFolderTotals } from '../trees/index.ts'
import { type ActiveNode, activeNode } from './active-node.ts'
import type { Looking } from './BrowseDrawers.tsx'
import type { SnapshotKey } from './snapshot-trees.ts'

export interface NodeActions {
  /** What the keyboard is on; null when it is on no node. */
  readonly node: ActiveNode | null
  /** What a drawer shows; null when none is open. */
  readonly looking: Looking | null
  look(looking: Looking | null): void
  /** See what is in the file. */
  preview(): void
  versions(): void
  /** Count what is in the directory. */
  count(): void
}

/** What can be done with the row that the keyboard is on; what does not fit it does nothing. */
export function useNodeActions(place: SnapshotKey, tree: TreeStore): NodeActions {
  const { hostId, repositoryId, snapshotId } = place
  const totals = useFolderTotals()
  const [looking, look] = useState<Looking | null>(null)
  const node = activeNode(tree)
  return {
    node,
    looking,
    look,
    preview() {
      if (node?.type === 'file') look({ at: 'preview', snapshotId, path: node.path, size: node.size })
    },
    versions() {
      if (node !== null) look({ at: 'versions', path: node.path })
    },
    count() {
      if (node?.treeId !== undefined) void totals.count({ hostId, repositoryId, treeId: node.treeId })
    },
  }
}
