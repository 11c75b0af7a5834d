import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { type SnapshotKey, useAddToBasket, useRevealPath } from '../basket/index.ts'
import { PreviewDrawer } from '../preview/index.ts'
import { type VersionSnapshot, VersionsDrawer } from '../versions/index.ts'
import type { Drawers } from './use-drawers.ts'

export interface BrowseDrawersProps {
  readonly place: SnapshotKey
  readonly drawers: Drawers
}

/** The drawers over the tree: what is in a file, and what became of it over the snapshots. */
export function BrowseDrawers({ place, drawers }: BrowseDrawersProps): ReactElement {
  const navigate = useNavigate()
  const reveal = useRevealPath()
  const add = useAddToBasket()
  const goTo = async ({ id, treeId }: VersionSnapshot, path: string, restoring: boolean): Promise<void> => {
    const { hostId, repositoryId } = place
    try {
      await reveal({ ...place, snapshotId: id }, treeId, path, { choose: restoring ? 'alone' : 'no' })
    } catch (error) {
      const { title, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: nextStep })
      return
    }
    drawers.closeVersions()
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
  const { snapshotId, path, size } = drawers.preview?.subject ?? NOTHING
  // Both are there before they open, closed: only so do they know what had the keyboard before, and give it back.
  return (
    <>
      <VersionsDrawer
        place={place}
        path={drawers.versions?.subject ?? ''}
        opened={drawers.versions?.opened === true}
        onClose={drawers.closeVersions}
        onShow={(snapshot, shown) => void goTo(snapshot, shown, false)}
        onPreview={(of, shown, bytes) => drawers.showPreview({ snapshotId: of, path: shown, size: bytes })}
        onAdd={({ id, treeId }, added) =>
          void add({ place: { ...place, snapshotId: id }, rootTreeId: treeId, path: added })
        }
        onRestore={(snapshot, shown) => void goTo(snapshot, shown, true)}
      />
      <PreviewDrawer
        place={{ ...place, snapshotId }}
        path={path}
        size={size}
        opened={drawers.preview?.opened === true}
        onClose={drawers.closePreview}
      />
    </>
  )
}

const NOTHING = { snapshotId: '', path: '', size: 0 } as const
