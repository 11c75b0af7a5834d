import { useQuery } from '@tanstack/react-query'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { useHost } from '../../client/hosts-context.tsx'

const LIMIT = 500

/** The other runs of a run's host, newest first; read again when one begins or ends. */
export function useOtherRuns(hostId: string, runId: string): readonly Run[] {
  const client = useClient()
  const going = useHost(hostId)?.activeRun?.id ?? ''
  const { data } = useQuery({
    queryKey: ['runs-of-host', hostId, going],
    queryFn: ({ signal }) => client.runs.list({ hostId, limit: LIMIT }, { signal }),
    placeholderData: (before) => before,
    gcTime: 0,
  })
  return (data ?? []).map(({ run }) => run).filter(({ id }) => id !== runId)
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
