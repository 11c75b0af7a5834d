import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { useClient } from '../../client/client-context.tsx'
import { type Stream, useStream } from '../../client/use-stream.ts'

/** What was done, newest first, as it stands now; `hostId` null for all hosts. */
export function useAudit(hostId: string | null, limit: number): Stream<readonly AuditEntry[]> {
  const client = useClient()
  return useStream<readonly AuditEntry[], readonly AuditEntry[]>({
    key: `audit ${hostId ?? ''} ${limit}`,
    initial: [],
    open: (signal) => client.audit.watch({ hostId, limit }, { signal }),
    reduce: (entries, lists) => lists.at(-1) ?? entries,
  })
}
