import { createContext, type ReactElement, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react'
import type { ConsoleClient } from '../../contract/console/index.ts'
import type { Connection, ConnectionState } from './connection.ts'
import { noticing } from './notice-names.ts'

interface Given {
  readonly client: ConsoleClient
  readonly connection: ConnectionState
}

const ClientContext = createContext<Given | null>(null)

/** Gives the screens below it their way to main. */
export function ClientProvider({
  client,
  connection,
  children,
}: Given & { readonly children: ReactNode }): ReactElement {
  const given = useMemo(() => ({ client: noticing(client), connection }), [client, connection])
  return <ClientContext value={given}>{children}</ClientContext>
}

/** The typed client; calls throw a `Fault`, or `ConnectionLost` for a write whose connection went away. */
export function useClient(): ConsoleClient {
  return useGiven().client
}

/** Whether main can be reached now. */
export function useConnection(): Connection {
  const { connection } = useGiven()
  return useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.current,
  )
}

function useGiven(): Given {
  const given = useContext(ClientContext)
  if (given === null) throw new Error('ClientProvider is missing')
  return given
}
