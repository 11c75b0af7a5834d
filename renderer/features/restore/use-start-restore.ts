import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { InPlaceConfirmation, RestorePlan, RestoreRequest } from '../../../contract/shapes/restore.ts'
import { useClient } from '../../client/client-context.tsx'
import { useRequestKey } from './use-request-key.ts'

export interface StartingRestore {
  readonly isPending: boolean
  readonly error: unknown
  /** Start what was planned, and go to its run. In place it takes a confirmation. */
  begin(confirmation: InPlaceConfirmation | null): void
  /** Forget what went wrong. */
  reset(): void
}

/**
 * Starts a restore as it was planned. All that is sent for one request has one key, also after the host has moved on and
 * another plan was made: were the answer to the first lost, the second would not restore twice.
 */
export function useStartRestore(
  hostId: string,
  request: RestoreRequest | null,
  plan: RestorePlan | null,
): StartingRestore {
  const client = useClient()
  const navigate = useNavigate()
  const requestKey = useRequestKey(JSON.stringify([hostId, request]))
  const start = useMutation({
    mutationFn: async (confirmation: InPlaceConfirmation | null) => {
      if (request === null || plan === null) return
      const asked = { hostId, request, requestKey, planHash: plan.hash }
      const run =
        confirmation === null
          ? await client.restores.start(asked)
          : await client.restores.startInPlace({ ...asked, confirmation })
      await navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId: run.id } })
    },
  })
  return {
    isPending: start.isPending,
    error: start.error,
    begin: (confirmation) => {
      if (!start.isPending) start.mutate(confirmation)
    },
    reset: start.reset,
  }
}
