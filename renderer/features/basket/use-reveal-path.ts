import { useCallback } from 'react'
import { Fault } from '../../../contract/errors.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { useSnapshotTrees } from './selection.tsx'
import type { SnapshotKey } from './snapshot-trees.ts'

export interface RevealOptions {
  /** `alone`: it is selected and nothing else of that snapshot; `too`: beside what is; `no`: the selection stays. */
  readonly choose: 'alone' | 'too' | 'no'
}

export type RevealPath = (place: SnapshotKey, rootTreeId: string, path: string, options: RevealOptions) => Promise<void>

/**
 * Opens a snapshot's tree down to a path, with the keyboard on what is there, and selects it where that is wanted. Go to the
 * snapshot's page, or to the restore, once it is done. Throws what `tree.list` throws, and `not_found` (`path`) where
 * the path is not in the snapshot.
 */
export function useRevealPath(): RevealPath {
  const trees = useSnapshotTrees()
  return useCallback(
    async (place, rootTreeId, path, { choose }) => {
      const tree = trees.open(place, rootTreeId)
      const node = await tree.reveal(path)
      if (node === null) throw new Fault('not_found', { what: 'path', id: showFileName(path) })
      if (choose === 'alone') tree.chooseOnly(node)
      if (choose === 'too') tree.chooseAlso(node)
    },
    [trees],
  )
}
