import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan, RestoreRequest } from '../../../contract/shapes/restore.ts'
import { useClient } from '../../client/client-context.tsx'

/** While something is being typed or ticked, its plan is not asked for with every letter. */
const SETTLE_MILLISECONDS = 350

export interface PlannedRestore {
  /** The plan of exactly what is chosen now; null while it is made, or when it cannot be. */
  readonly plan: RestorePlan | null
  /** What there is to be seen: that plan, or the last one while another is made. */
  readonly shown: RestorePlan | null
  readonly planning: boolean
  readonly error: unknown
  /** Look at the host once more. */
  again(): void
}

/**
 * What a restore would do, made anew whenever what is asked changes; the one before is given up. A plan is never taken
 * from an earlier visit: the target may have changed since. While the host is away nothing is asked; as soon as it is back it is.
 */
export function useRestorePlan({ id: hostId, link }: HostView, request: RestoreRequest | null): PlannedRestore {
  const client = useClient()
  const wanted = JSON.stringify(request)
  const [settled] = useDebouncedValue(wanted, SETTLE_MILLISECONDS)
  const current = settled === wanted
  const isAsked = request !== null && link.state === 'connected'
  const query = useQuery({
    queryKey: ['plan', hostId, wanted],
    queryFn: async ({ signal }) => {
      if (request === null) throw new Error('nothing to plan')
      return client.restores.plan({ hostId, request }, { signal })
    },
    enabled: isAsked && current,
    staleTime: 0,
    gcTime: 0,
  })
  const plan = (request !== null && !query.isFetching ? query.data : null) ?? null
  const [last, setLast] = useState<RestorePlan | null>(null)
  if (plan !== null && last !== plan) setLast(plan)
  return {
    plan,
    shown: request === null ? null : (plan ?? (query.error !== null && !query.isFetching ? null : last)),
    planning: isAsked && (!current || query.isFetching),
    error: query.isFetching || !current ? null : query.error,
    again: () => {
      if (isAsked) void query.refetch()
    },
  }
}
