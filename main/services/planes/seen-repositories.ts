import type { HostsService } from '../hosts/index.ts'

type HostName = ReturnType<HostsService['namesOf']>[number]

/** A repository as a plane is told of it. */
export interface SeenRepository {
  /** The same for as long as it is the same repository, whoever sees it. */
  readonly key: string
  readonly name: string
  /** As restic takes it; null for a folder of a host, which is none of the plane's. */
  readonly url: string | null
  /** One of those that see it, rather one that can be asked. */
  readonly hostId: string
  readonly repositoryId: string
  /** Another one whenever there is something new in it. */
  readonly mark: string
  /** Whether that host can be asked now. */
  readonly canAsk: boolean
}

const ELSEWHERE = /^(rest|s3|sftp|b2|gs|azure|swift|rclone):/

/** The same for as long as it is the same repository: an address is the same for all hosts, a folder is its host's. */
export function keyOfRepository(one: {
  readonly hostId: string
  readonly repositoryId: string
  readonly url: string
}): string {
  return ELSEWHERE.test(one.url) ? one.url : `${one.hostId} ${one.repositoryId}`
}

/** What hosts see, each repository once: an address is the same for all, a folder is its host's. */
export function seenRepositories(hosts: readonly HostName[]): SeenRepository[] {
  const found = new Map<string, SeenRepository & { readonly hostName: string }>()
  for (const host of hosts.toSorted((a, b) => Number(b.isConnected) - Number(a.isConnected))) {
    for (const { id: repositoryId, name, url } of host.repositories) {
      const isElsewhere = ELSEWHERE.test(url)
      const key = keyOfRepository({ hostId: host.id, repositoryId, url })
      const newest = host.lastSnapshots.find((last) => last.repositoryId === repositoryId)
      const mark = newest?.snapshotId ?? 'none'
      const at = { hostId: host.id, repositoryId, hostName: host.name, canAsk: host.isConnected }
      if (!found.has(key)) found.set(key, { key, name, url: isElsewhere ? url : null, mark, ...at })
    }
  }
  const all = [...found.values()]
  return all.map(({ hostName, ...one }) => {
    const isAmbiguous = all.some(({ key, name }) => key !== one.key && name === one.name)
    return isAmbiguous ? { ...one, name: `${one.name} on ${hostName}` } : one
  })
}
