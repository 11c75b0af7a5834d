import { useCallback } from 'react'
import { isFault } from '../../../contract/errors.ts'
import type { BasketSource } from './basket-items.ts'
import { useSnapshotTrees } from './selection.tsx'
import type { SnapshotKey } from './snapshot-trees.ts'

/** Beyond that somebody looks into the tree: each path is a folder or more to be read. */
export const MOST_PATHS = 200

export type TakeSame = (from: BasketSource, place: SnapshotKey, rootTreeId: string) => Promise<readonly string[]>

/**
 * Selects in another snapshot what is selected in one, and selects it there no more. Answers the paths that the other
 * does not have. Throws what `tree.list` throws; what was selected before is then still selected.
 */
export function useTakeSame(): TakeSame {
  const trees = useSnapshotTrees()
  return useCallback(
    async ({ snapshotId, selection }, place, rootTreeId) => {
      const tree = trees.open(place, rootTreeId)
      const missing: string[] = []
      for (const path of selection.include) {
        const node = await reveal(() => tree.reveal(path))
        if (node === null) missing.push(path)
        else tree.chooseAlso(node)
      }
      for (const path of selection.exclude) if ((await reveal(() => tree.reveal(path))) !== null) tree.leaveOut(path)
      if (missing.length < selection.include.length) trees.find({ ...place, snapshotId })?.clearSelection()
      return missing
    },
    [trees],
  )
}

/** Null where the path leads nowhere. */
async function reveal(look: () => Promise<number | null>): Promise<number | null> {
  try {
    return await look()
  } catch (error) {
    if (isFault(error, 'not_found')) return null
    throw error
  }
}
