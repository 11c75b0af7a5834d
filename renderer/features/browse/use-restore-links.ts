import { useNavigate } from '@tanstack/react-router'
import { type SnapshotKey, useBasket } from '../basket/index.ts'

export interface RestoreLinks {
  /** Go and restore what is selected in this snapshot. */
  restore(): void
  /** Go and restore what is selected in all of them. */
  toBasket(): void
}

/** The ways to the restore; neither leads anywhere while nothing is selected. */
export function useRestoreLinks({
  place,
  isAway,
  isChosen,
}: {
  readonly place: SnapshotKey
  readonly isAway: boolean
  readonly isChosen: boolean
}): RestoreLinks {
  const { hostId, repositoryId: repository, snapshotId: snapshot } = place
  const navigate = useNavigate()
  const { count } = useBasket(place)
  const go = (search: { readonly repository: string; readonly snapshot?: string }): void =>
    void navigate({ to: '/hosts/$hostId/restore', params: { hostId }, search })
  return {
    restore: () => {
      if (isChosen && !isAway) go({ repository, snapshot })
    },
    toBasket: () => {
      if (count > 0) go({ repository })
    },
  }
}
