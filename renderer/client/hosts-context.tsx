import { createContext, type ReactElement, type ReactNode, useContext } from 'react'
import type { HostView } from '../../contract/shapes/host.ts'
import { useClient } from './client-context.tsx'
import { type Stream, useStream } from './use-stream.ts'

const HostsContext = createContext<Stream<readonly HostView[]> | null>(null)

/** Follows every host once for the whole window; also what makes a lost connection come back by itself. */
export function HostsProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const client = useClient()
  const hosts = useStream<readonly HostView[], HostView>({
    key: 'hosts',
    initial: [],
    open: (signal) => client.hosts.watch(undefined, { signal }),
    reduce: placeHosts,
  })
  return <HostsContext value={hosts}>{children}</HostsContext>
}

/** Every host as it is now: this computer first, then by name. `state` is `waiting` until the first has arrived. */
export function useHosts(): Stream<readonly HostView[]> {
  const hosts = useContext(HostsContext)
  if (hosts === null) throw new Error('HostsProvider is missing')
  return hosts
}

/** One host as it is now; null while nothing is known of it. */
export function useHost(hostId: string): HostView | null {
  return useHosts().value.find((host) => host.id === hostId) ?? null
}

/** The list with each changed host in its place. */
export function placeHosts(hosts: readonly HostView[], changed: readonly HostView[]): readonly HostView[] {
  const byId = new Map(hosts.map((host) => [host.id, host]))
  for (const host of changed) byId.set(host.id, host)
  return [...byId.values()].sort(
    (a, b) => Number(b.local) - Number(a.local) || a.name.localeCompare(b.name, undefined, { numeric: true }),
  )
}
