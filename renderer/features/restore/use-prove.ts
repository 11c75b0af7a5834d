import { useNavigate } from '@tanstack/react-router'
import { useKeepDraft } from './drafts.tsx'
import { USUAL_MANNER } from './restore-choice.ts'

export interface Proven {
  readonly hostId: string
  readonly repositoryId: string
  readonly snapshotId: string
}

/** Opens the restore of a snapshot as a proof: to a fresh folder, and read back. */
export function useProve(): (what: Proven) => void {
  const navigate = useNavigate()
  const keep = useKeepDraft()
  return ({ hostId, repositoryId, snapshotId }) => {
    keep(hostId, { ...USUAL_MANNER, target: 'staging', readBack: true })
    void navigate({
      to: '/hosts/$hostId/restore',
      params: { hostId },
      search: { repository: repositoryId, snapshot: snapshotId },
    })
  }
}
