import { useQuery } from '@tanstack/react-query'
import type { Restorability } from '../../../contract/shapes/restorability.ts'
import { useClient } from '../../client/client-context.tsx'
import { useHosts } from '../../client/hosts-context.tsx'
import { useRestoreNews } from '../audit/index.ts'
import { useReplicaBoard } from '../planes/index.ts'

/** One line of the board, with what its host and its repository are called. */
export interface BoardRow extends Restorability {
  readonly hostName: string
  readonly repositoryName: string
  readonly sample: boolean
}

/** The board as it stands now: read again whenever something was restored or verified, or a host has another snapshot. */
export function useBoard() {
  const client = useClient()
  const news = useRestoreNews()
  const hosts = useHosts().value
  // What the board shows of hosts, and no more: they change several times a second.
  const known = hosts
    .map(({ id, lastSnapshotAt, repositories }) => `${id} ${lastSnapshotAt} ${repositories.length}`)
    .join(';')
  const reported = useReplicaBoard()
    .value.replicas.flatMap(({ standings }) => standings.map(({ lastReport }) => lastReport?.reportedAt))
    .join(';')
  const board = useQuery({
    queryKey: ['restorability', news, known, reported],
    queryFn: ({ signal }) => client.restorability.board(undefined, { signal }),
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const byId = new Map(hosts.map((host) => [host.id, host]))
  const rows = board.data?.repositories.map((one): BoardRow => {
    const host = byId.get(one.hostId)
    const repository = host?.repositories.find(({ id }) => id === one.repositoryId)
    return {
      ...one,
      hostName: host?.name ?? one.hostId,
      repositoryName: repository?.name ?? one.repositoryId,
      sample: repository?.sample ?? false,
    }
  })
  return {
    rows,
    usualBoundDays: board.data?.usualBoundDays ?? null,
    error: board.error,
    refetch: () => void board.refetch(),
    /** What an answer to a change has brought: the board is read anew. */
    changed: () => void board.refetch(),
  }
}
