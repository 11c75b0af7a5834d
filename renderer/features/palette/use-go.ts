import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { searchLink } from '../search/index.ts'

/** The ways to what the palette finds. */
export interface Go {
  host(hostId: string): void
  repository(hostId: string, repositoryId: string): void
  snapshot(hostId: string, repositoryId: string, snapshotId: string): void
  run(hostId: string, runId: string): void
  replica(planeId: string, replicaId: string): void
  consumer(planeId: string, consumerId: string): void
  /** To the search for files of this name, in everything. */
  search(text: string): void
}

export function useGo(): Go {
  const navigate = useNavigate()
  return useMemo(
    () => ({
      host: (hostId) => void navigate({ to: '/hosts/$hostId', params: { hostId } }),
      repository: (hostId, repository) =>
        void navigate({ to: '/hosts/$hostId', params: { hostId }, search: { repository } }),
      snapshot: (hostId, repositoryId, snapshotId) =>
        void navigate({
          to: '/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId',
          params: { hostId, repositoryId, snapshotId },
        }),
      run: (hostId, runId) => void navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId } }),
      replica: (planeId, replicaId) =>
        void navigate({ to: '/replicas/$planeId/$replicaId', params: { planeId, replicaId } }),
      consumer: (planeId, consumerId) =>
        void navigate({ to: '/consumers/$planeId/$consumerId', params: { planeId, consumerId } }),
      search: (text) => void navigate(searchLink({ kind: 'everywhere' }, text)),
    }),
    [navigate],
  )
}
