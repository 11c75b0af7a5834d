import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import { toRows } from '../../../contract/shapes/columns.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { useClient } from '../../client/client-context.tsx'
import { useHost } from '../../client/hosts-context.tsx'

/** How often a repository is asked again that could not be asked, while its host could. */
const AGAIN_MILLISECONDS = 10_000

export interface Snapshots {
  /** Newest first; undefined until they have been read. */
  readonly rows: readonly Snapshot[] | undefined
  /** When the console read them, where it shows what it kept because the repository could not be asked; else null. */
  readonly keptSince: string | null
  readonly error: unknown
  readonly loading: boolean
  /** Ask the repository again. */
  refresh(): void
}

/** How a repository's snapshots are read, newest first, and under which key they are kept. */
export function snapshotsQuery(client: ConsoleClient, hostId: string, repositoryId: string | null) {
  return queryOptions({
    queryKey: ['snapshots', hostId, repositoryId],
    queryFn: async ({ signal }) => {
      const { snapshots, keptSince } = await client.snapshots.list(
        { hostId, repositoryId: repositoryId ?? '' },
        { signal },
      )
      return { rows: toRows(snapshots), keptSince }
    },
  })
}

/**
 * The snapshots of a repository. They are read once and kept until a refresh; while the host is away the console tells
 * what it read last, and they are read anew when the host comes back, or the server behind it.
 */
export function useSnapshots(hostId: string, repositoryId: string | null): Snapshots {
  const client = useClient()
  const host = useHost(hostId)
  const isConnected = host?.link.state === 'connected'
  const lacksTool = isConnected && host.agent?.restic === null
  const query = useQuery({
    ...snapshotsQuery(client, hostId, repositoryId),
    enabled: repositoryId !== null && !lacksTool,
    // That a server is back nobody tells; that a host is, its link does.
    refetchInterval: ({ state }) => (isConnected && state.data?.keptSince ? AGAIN_MILLISECONDS : false),
  })
  const { data, error, isFetching, refetch } = query
  const askAnew = useEffectEvent(() => {
    if (!isFetching && (data === undefined ? error !== null : data.keptSince !== null)) void refetch()
  })
  useEffect(() => {
    if (isConnected) askAnew()
  }, [isConnected])
  return {
    rows: data?.rows,
    keptSince: data?.keptSince ?? null,
    error,
    loading: isFetching,
    refresh: () => void refetch(),
  }
}
