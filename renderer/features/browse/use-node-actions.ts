import type { TreeStore } from '../../components/tree/tree-store.ts'
import type { SnapshotKey } from '../basket/index.ts'
import { type FolderCount, type FolderTotalsStore, type TreeAddress, useFolderTotals } from '../trees/index.ts'
import { type ActiveNode, activeNode } from './active-node.ts'
import { type Drawers, useDrawers } from './use-drawers.ts'

export interface NodeActions {
  /** What the keyboard is on; null when it is on no node. */
  readonly node: ActiveNode | null
  /** What can be done with it; absent what does not fit it, or cannot be asked for now. */
  readonly act: {
    /** See what is in the file. */
    readonly preview?: () => void
    readonly versions?: () => void
    /** Count what is in the directory. */
    readonly count?: () => void
    readonly stopCounting?: () => void
  }
  /** What is open over the tree. */
  readonly drawers: Drawers
  /** What was counted in a directory of this repository. */
  countOf(treeId: string): FolderCount | undefined
}

export interface NodePlace {
  readonly place: SnapshotKey
  readonly tree: TreeStore
  /** Nothing can be asked of the repository now. */
  readonly isAway: boolean
}

/** What can be done with the row that the keyboard is on. */
export function useNodeActions({ place, tree, isAway }: NodePlace): NodeActions {
  const { hostId, repositoryId, snapshotId } = place
  const totals = useFolderTotals()
  const drawers = useDrawers()
  const countOf = (treeId: string): FolderCount | undefined => totals.of({ hostId, repositoryId, treeId })
  const node = activeNode(tree, countOf)
  const shared = { node, drawers, countOf }
  if (node === null || isAway) return { ...shared, act: {} }
  const { path, size, treeId, count } = node
  // A drawer gives the keyboard back to what had it: to the row, also where a button opened it.
  const fromRow = (open: () => void) => (): void => {
    tree.summon()
    open()
  }
  const address = treeId === undefined ? null : { hostId, repositoryId, treeId }
  return {
    ...shared,
    act: {
      ...(node.type === 'file' && { preview: fromRow(() => drawers.showPreview({ snapshotId, path, size })) }),
      ...(address !== null && count?.state !== 'known' && countingOf(totals, address)),
      versions: fromRow(() => drawers.showVersions(path)),
    },
  }
}

function countingOf(
  totals: FolderTotalsStore,
  address: TreeAddress,
): Pick<NodeActions['act'], 'count' | 'stopCounting'> {
  return { count: () => void totals.count(address), stopCounting: () => totals.stop(address) }
}
