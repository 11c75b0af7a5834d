import { useInfiniteQuery } from '@tanstack/react-query'
import type { VerificationPage } from '../../../contract/shapes/verification.ts'
import { useClient } from '../../client/client-context.tsx'

/** Of which restores one wants to know; null for any. */
export interface VerificationFilter {
  readonly planeId: string
  readonly replicaId: string | null
  readonly machineId: string | null
  readonly groupId: string | null
  readonly consumerId: string | null
}

const AT_A_TIME = 60

/** What was reported, newest first, page by page. `news`: another one has it read anew. */
export function useVerifications(filter: VerificationFilter, news: unknown) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: ['verifications', filter, news],
    queryFn: ({ pageParam, signal }): Promise<VerificationPage> =>
      client.verifications.page({ ...filter, before: pageParam, limit: AT_A_TIME }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
    gcTime: 60_000,
  })
}
