import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { PreviewDrawer } from '../preview/index.ts'
import { type VersionSnapshot, VersionsDrawer } from '../versions/index.ts'
import type { SnapshotKey } from './snapshot-trees.ts'
import { useRevealPath } from './use-reveal-path.ts'

/** What a drawer over the tree shows. A preview may be of another snapshot's version, and then leads back to the versions. */
export type Looking =
  | {
      readonly at: 'preview'
      readonly snapshotId: string
      readonly path: string
      readonly size: number
      readonly back?: Looking
    }
  | { readonly at: 'versions'; readonly path: string }

export interface BrowseDrawersProps {
  readonly place: SnapshotKey
  /** Null when no drawer is open. */
  readonly looking: Looking | null
  onLook(looking: Looking | null): void
}

/** The drawers over the tree: what is in a file, and what became of it over the snapshots. */
export function BrowseDrawers({ place, looking, onLook }: BrowseDrawersProps): ReactElement {
  const navigate = useNavigate()
  const reveal = useRevealPath()
  const goTo = async ({ id, treeId }: VersionSnapshot, path: string, restoring: boolean): Promise<void> => {
    const { hostId, repositoryId } = place
    try {
      await reveal({ ...place, snapshotId: id }, treeId, path, { choose: restoring })
    } catch (error) {
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
      return
    }
    onLook(null)
    if (restoring)
      await navigate({
        to: '/hosts/$hostId/restore',
        params: { hostId },
        search: { repository: repositoryId, snapshot: id },
      })
    else
      await navigate({
        to: '/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId',
        params: { hostId, repositoryId, snapshotId: id },
      })
  }
  return (
    <>
      {looking?.at === 'preview' && (
        <PreviewDrawer
          place={{ ...place, snapshotId: looking.snapshotId }}
          path={looking.path}
          size={looking.size}
          opened
          onClose={() => onLook(looking.back ?? null)}
        />
      )}
      {looking?.at === 'versions' && (
        <VersionsDrawer
          place={place}
          path={looking.path}
          opened
          onClose={() => onLook(null)}
          onShow={(snapshot, path) => void goTo(snapshot, path, false)}
          onPreview={(snapshotId, path, size) => onLook({ at: 'preview', snapshotId, path, size, back: looking })}
          onRestore={(snapshot, path) => void goTo(snapshot, path, true)}
        />
      )}
    </>
  )
}
