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
  const inSnapshot = (snapshotId: string) => ({ ...(versions?.subject.place ?? NOWHERE), snapshotId })
  return (
    <>
      {versions !== null && (
        <VersionsDrawer
          place={versions.subject.place}
          path={versions.subject.path}
          opened={versions.opened}
          onClose={drawers.closeVersions}
          onShow={({ id, treeId }, path) => actions.show({ place: inSnapshot(id), rootTreeId: treeId, path })}
          onPreview={(snapshotId, path, size) => actions.preview({ place: inSnapshot(snapshotId), path, size })}
          onRestore={({ id, treeId }, path) => actions.restore({ place: inSnapshot(id), rootTreeId: treeId, path })}
        />
      )}
      {preview !== null && (
        <PreviewDrawer {...preview.subject} opened={preview.opened} onClose={drawers.closePreview} />
      )}
    </>
  )
}

const NOWHERE = { hostId: '', repositoryId: '' } as const
