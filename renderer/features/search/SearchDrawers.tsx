import type { ReactElement } from 'react'
import { PreviewDrawer } from '../preview/index.ts'
import { VersionsDrawer } from '../versions/index.ts'
import type { ResultActions, ResultDrawers } from './results/use-result-actions.ts'

export interface SearchDrawersProps {
  readonly actions: ResultActions
  readonly drawers: ResultDrawers
}

/** The versions of what was found, and what is in it. */
export function SearchDrawers({ actions, drawers }: SearchDrawersProps): ReactElement {
  const { versions, preview } = drawers
  const { place, path } = versions?.subject ?? NOTHING
  const inSnapshot = (snapshotId: string) => ({ ...place, snapshotId })
  // Both are there before they open, closed: only so do they know what had the keyboard before, and give it back.
  return (
    <>
      <VersionsDrawer
        place={place}
        path={path}
        opened={versions?.opened === true}
        onClose={drawers.closeVersions}
        onShow={({ id, treeId }, shown) => actions.show({ place: inSnapshot(id), rootTreeId: treeId, path: shown })}
        onPreview={(snapshotId, shown, size) => actions.preview({ place: inSnapshot(snapshotId), path: shown, size })}
        onAdd={({ id, treeId }, added) => actions.basket({ place: inSnapshot(id), rootTreeId: treeId, path: added })}
        onRestore={({ id, treeId }, shown) =>
          actions.restore({ place: inSnapshot(id), rootTreeId: treeId, path: shown })
        }
      />
      <PreviewDrawer
        {...(preview?.subject ?? NOTHING)}
        opened={preview?.opened === true}
        onClose={drawers.closePreview}
      />
    </>
  )
}

const NOTHING = { place: { hostId: '', repositoryId: '', snapshotId: '' }, path: '', size: 0 } as const
