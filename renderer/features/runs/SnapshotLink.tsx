import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

export interface SnapshotLinkProps {
  readonly hostId: string
  readonly repositoryId: string
  readonly snapshotId: string
}

/** The short id of a snapshot, which leads to its tree. */
export function SnapshotLink({ hostId, repositoryId, snapshotId }: SnapshotLinkProps): ReactElement {
  return (
    <Anchor
      ff="monospace"
      fz="sm"
      renderRoot={(props) => (
        <Link
          {...props}
          to="/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId"
          params={{ hostId, repositoryId, snapshotId }}
        />
      )}
    >
      {snapshotId.slice(0, 8)}
    </Anchor>
  )
}
