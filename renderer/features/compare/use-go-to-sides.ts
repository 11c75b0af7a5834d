import { useNavigate } from '@tanstack/react-router'
import type { RepositoryKey } from '../basket/index.ts'

export interface WantedSides {
  readonly from: string
  /** An id, or `now`. */
  readonly to: string
}

/** Leads to another comparison of the same repository. */
export function useGoToSides({ hostId, repositoryId }: RepositoryKey): (wanted: WantedSides) => void {
  const navigate = useNavigate()
  return ({ from, to }) =>
    void navigate({
      to: '/hosts/$hostId/repositories/$repositoryId/compare',
      params: { hostId, repositoryId },
      search: { from, to },
      replace: true,
    })
}
