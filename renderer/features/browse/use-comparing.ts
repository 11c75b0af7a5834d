import { useNavigate } from '@tanstack/react-router'
import type { SnapshotKey } from '../basket/index.ts'
import type { CompareMenuProps } from './CompareMenu.tsx'

/** The ways to what changed, with the keyboard where it is now; none while nothing can be asked. */
export function useComparing(
  { hostId, repositoryId, snapshotId }: SnapshotKey,
  { path, isAway }: { readonly path: string; readonly isAway: boolean },
): CompareMenuProps {
  const navigate = useNavigate()
  if (isAway) return {}
  const go = (sides: { readonly from?: string; readonly to: string }) => (): void =>
    void navigate({
      to: '/hosts/$hostId/repositories/$repositoryId/compare',
      params: { hostId, repositoryId },
      // What is not text cannot stand in an address.
      search: { ...sides, ...(path.isWellFormed() && { path }) },
    })
  return { onChanges: go({ to: snapshotId }), onNow: go({ from: snapshotId, to: 'now' }) }
}
