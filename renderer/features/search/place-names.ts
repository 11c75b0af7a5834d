import type { HostView } from '../../../contract/shapes/host.ts'

interface Place {
  readonly hostId: string
  readonly repositoryId: string
}

export interface RepositoryChoice extends Place {
  readonly value: string
  readonly label: string
}

/** `db-01 · nightly`; ids where nothing is known of them. */
export function placeName(hosts: readonly HostView[], { hostId, repositoryId }: Place): string {
  const host = hosts.find(({ id }) => id === hostId)
  const repository = host?.repositories.find(({ id }) => id === repositoryId)
  return `${host?.name ?? hostId} · ${repository?.name ?? repositoryId}`
}

/** Every repository of every host, to choose one from. */
export function repositoryChoices(hosts: readonly HostView[]): readonly RepositoryChoice[] {
  return hosts.flatMap(({ id: hostId, repositories }) =>
    repositories.map(({ id: repositoryId }) => ({
      hostId,
      repositoryId,
      value: JSON.stringify([hostId, repositoryId]),
      label: placeName(hosts, { hostId, repositoryId }),
    })),
  )
}
