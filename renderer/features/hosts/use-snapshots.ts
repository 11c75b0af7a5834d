import { useQuery } from '@tanstack/react-query'
import { toRows } from '../../../contract/shapes/columns.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { useClient } from '../../client/client-context.tsx'
import { useHost } from '../../client/hosts-context.tsx'

export interface Snapshots {
  /** Newest first; undefined until they have been read. */
  readonly rows: readonly Snapshot[] | undefined
  readonly error: unknown
  readonly loading: boolean
  /** Ask the repository again. */
  refresh(): void
}

/** The snapshots of a repository, once its host can be asked. They are read once and kept until a refresh, for reading them asks restic. */
export function useSnapshots(hostId: string, repositoryId: string | null): Snapshots {
  const client = useClient()
  const host = useHost(hostId)
  const usable = host === null || (host.link.state === 'connected' && host.agent?.restic !== null)
  const query = useQuery({
    queryKey: ['snapshots', hostId, repositoryId],
    queryFn: async ({ signal }) =>
      toRows(await client.snapshots.list({ hostId, repositoryId: repositoryId ?? '' }, { signal })),
    enabled: usable && repositoryId !== null,
  })
  return {
    rows: query.data,
    error: query.error,
    loading: query.isFetching,
    refresh: () => void query.refetch(),
  }
}
