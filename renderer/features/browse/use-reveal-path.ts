import { useCallback } from 'react'
import { Fault } from '../../../contract/errors.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { useSnapshotTrees } from './selection.tsx'
import type { SnapshotKey } from './snapshot-trees.ts'

export type RevealPath = (
  place: SnapshotKey,
  rootTreeId: string,
  path: string,
  options: { readonly choose: boolean },
) => Promise<void>

/**
 * Opens a snapshot's tree down to a path, with the keyboard on what is there; with `choose` selects that alone. Go to the
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
      if (choose) tree.chooseOnly(node)
    },
    [trees],
  )
}
