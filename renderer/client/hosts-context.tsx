import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import type { HostView } from '../../contract/shapes/host.ts'
import { usePreference } from '../components/preferences.ts'
import { useClient } from './client-context.tsx'
import { HostsStore } from './hosts-store.ts'
import { maskedHost, maskedHosts } from './masked-hosts.ts'
import type { Stream } from './use-stream.ts'

interface Followed {
  readonly store: HostsStore
  again(): void
}

const HostsContext = createContext<Followed | null>(null)

/** Follows every host once for the whole window; also what makes a lost connection come back by itself. */
export function HostsProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const client = useClient()
  const [attempt, setAttempt] = useState(0)
  const followed = useMemo<Followed>(
    () => ({ store: new HostsStore(), again: () => setAttempt(attempt + 1) }),
    [attempt],
  )
  const { store } = followed
  useEffect(() => {
    const controller = new AbortController()
    void store.follow((signal) => client.hosts.watch(undefined, { signal }), controller.signal)
    return () => controller.abort()
  }, [client, store])
  return <HostsContext value={followed}>{children}</HostsContext>
}

/**
 * Every host as it is now: this computer first, then those kept at the top, then by name. `state` is `waiting` until
 * the first has arrived. Draws again at every change of any host.
 */
export function useHosts(): Stream<readonly HostView[]> {
  const { store, again } = useFollowed()
  const seen = useSeen()
  const value = useSyncExternalStore(store.subscribe, () => seen(store.list))
  const { state, error } = useSyncExternalStore(store.subscribe, () => store.following)
  return { value, state, error, again }
}

/** What `choose` makes of all hosts: text or a number. Draws again only when that is another. */
export function useOfHosts<T extends string | number | boolean>(choose: (hosts: readonly HostView[]) => T): T {
  const { store } = useFollowed()
  const seen = useSeen()
  return useSyncExternalStore(store.subscribe, () => choose(seen(store.list)))
}

/** How far the following of hosts has come, whatever they do. */
export function useHostsState(): Omit<Stream<never>, 'value'> {
  const { store, again } = useFollowed()
  return { ...useSyncExternalStore(store.subscribe, () => store.following), again }
}

/** One host as it is now; null while nothing is known of it. Draws again when this host changes, and no other. */
export function useHost(hostId: string): HostView | null {
  const host = useTrueHost(hostId)
  return usePreference('masked') && host !== null ? maskedHost(host) : host
}

/** The same without a mask, also while names are masked: for what is edited, and for a name that has to be typed. */
export function useTrueHost(hostId: string): HostView | null {
  const { store } = useFollowed()
  const subscribe = useCallback((listener: () => void) => store.subscribeTo(hostId, listener), [store, hostId])
  return useSyncExternalStore(subscribe, () => store.get(hostId))
}

/** Hosts as they may be seen now. */
function useSeen(): (hosts: readonly HostView[]) => readonly HostView[] {
  return usePreference('masked') ? maskedHosts : asTheyAre
}

function asTheyAre(hosts: readonly HostView[]): readonly HostView[] {
  return hosts
}

function useFollowed(): Followed {
  const followed = useContext(HostsContext)
  if (followed === null) throw new Error('HostsProvider is missing')
  return followed
}
