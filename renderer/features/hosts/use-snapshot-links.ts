import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { SnapshotActions } from './snapshot-columns.tsx'
import type { SnapshotRow } from './snapshot-filter.ts'

export interface SnapshotLinks extends SnapshotActions {
  /** Browse its tree. */
  open(row: SnapshotRow): void
}

/** Where a snapshot of a repository leads. */
export function useSnapshotLinks(hostId: string, repositoryId: string): SnapshotLinks {
  const navigate = useNavigate()
  return useMemo(
    () => ({
      open: ({ id }) =>
        void navigate({
          to: '/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId',
          params: { hostId, repositoryId, snapshotId: id },
        }),
      restore: ({ id }) =>
        void navigate({
          to: '/hosts/$hostId/restore',
          params: { hostId },
          search: { repository: repositoryId, snapshot: id },
        }),
      compare: ({ id }) =>
        void navigate({
          to: '/hosts/$hostId/repositories/$repositoryId/compare',
          params: { hostId, repositoryId },
          search: { to: id },
        }),
    }),
    [navigate, hostId, repositoryId],
  )
}
