import { useQuery } from '@tanstack/react-query'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { ALL_RUNS, type RunFilter } from '../../../contract/shapes/run-page.ts'
import { useClient } from '../../client/client-context.tsx'
import { useHost } from '../../client/hosts-context.tsx'
import { type Follower, followersOf, usualRate } from './run-history.ts'

const LIMIT = 500
/** Restores among which some are long enough to say how fast a host is. */
const SAMPLES = 50
const ENDED_WELL: Pick<RunFilter, 'kinds' | 'states'> = { kinds: ['restore'], states: ['succeeded', 'partial'] }

/** The restores that follow from a run; read again when a run of the host begins or ends. */
export function useFollowers(hostId: string, runId: string): readonly Follower[] {
  const client = useClient()
  const going = useHost(hostId)?.activeRun?.id ?? ''
  const { data } = useQuery({
    queryKey: ['followers', hostId, runId, going],
    queryFn: ({ signal }) =>
      client.runs.page({ ...ALL_RUNS, hostId, follows: runId, offset: 0, limit: LIMIT }, { signal }),
    placeholderData: (before) => before,
    gcTime: 0,
  })
  return followersOf(
    runId,
    (data?.runs ?? []).map(({ run }) => run),
  )
}

/** Bytes per second that the last restores of a run's host came to; null where none says so. */
export function useUsualRate(hostId: string): number | null {
  const client = useClient()
  const going = useHost(hostId)?.activeRun?.id ?? ''
  const { data } = useQuery({
    queryKey: ['usual-rate', hostId, going],
    queryFn: ({ signal }) =>
      client.runs.page({ ...ALL_RUNS, ...ENDED_WELL, hostId, offset: 0, limit: SAMPLES }, { signal }),
    gcTime: 0,
  })
  return usualRate((data?.runs ?? []).map(({ run }) => run))
}

/** What the audit of this console holds of a run: with which versions it was done. Null where it was started elsewhere. */
export function useProof(hostId: string, run: Run): AuditEntry['proof'] {
  const client = useClient()
  const { data } = useQuery({
    queryKey: ['proof', hostId, run.id, run.state],
    queryFn: ({ signal }) => client.audit.recent({ hostId, limit: LIMIT }, { signal }),
    select: (entries) =>
      entries.find(({ action, runId }) => action === 'host.restore' && runId === run.id)?.proof ?? null,
  })
  return data ?? null
}
