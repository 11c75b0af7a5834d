import { useMemo, useSyncExternalStore } from 'react'
import type { BasketSource } from './basket-items.ts'
import { useSnapshotTrees } from './selection.tsx'
import type { RepositoryKey } from './snapshot-trees.ts'

/** What is to be restored from a repository: what is selected in each of its snapshots. */
export interface Basket {
  readonly sources: readonly BasketSource[]
  /** Things in it: a directory with all that is in it is one. */
  readonly count: number
  /** Take one path of a snapshot out, with all that is below it. */
  drop(snapshotId: string, path: string): void
  /** Take everything of one snapshot out. */
  dropSnapshot(snapshotId: string): void
  /** Put a whole snapshot in. */
  takeWhole(snapshotId: string, rootTreeId: string): void
}

/** The basket of a repository, as it is now and for as long as the window is open. */
export function useBasket({ hostId, repositoryId }: RepositoryKey): Basket {
  const trees = useSnapshotTrees()
  const sources = useSyncExternalStore(trees.subscribe, () => trees.basketOf({ hostId, repositoryId }))
  return useMemo(() => {
    const keyOf = (snapshotId: string) => ({ hostId, repositoryId, snapshotId })
    return {
      sources,
      count: sources.reduce((sum, source) => sum + source.count, 0),
      drop: (snapshotId, path) => trees.find(keyOf(snapshotId))?.leaveOut(path),
      dropSnapshot: (snapshotId) => trees.find(keyOf(snapshotId))?.clearSelection(),
      takeWhole: (snapshotId, rootTreeId) => trees.open(keyOf(snapshotId), rootTreeId).chooseOnly(0),
    }
  }, [trees, sources, hostId, repositoryId])
}
