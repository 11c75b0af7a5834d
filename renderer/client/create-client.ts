import { type ConsoleClient, consoleContract } from '../../contract/console/index.ts'
import { isFault } from '../../contract/errors.ts'
import { reconnect } from '../../contract/wire/client.ts'
import type { Port } from '../../contract/wire/port.ts'
import { ConnectionState } from './connection.ts'
import { dialMessagePort } from './dial-message-port.ts'
import { dialWebSocket, TicketRefused, takeTicket } from './dial-web-socket.ts'

export interface ConnectedClient {
  readonly client: ConsoleClient
  readonly connection: ConnectionState
  /** Close it for good: what still waits on it is never answered. */
  leave(): void
}

/** Opens a connection in a workspace; null for the one that was used last. */
export type Enter = (workspaceId: string | null) => ConnectedClient

const KEPT = 'workspace'

/**
 * The console's clients for this window: over Electron's port, or over a WebSocket when a browser shows the page. The
 * workspace that was entered last in this window is entered again after a reload.
 */
export function createClients(window: Window): { readonly first: ConnectedClient; readonly enter: Enter } {
  const dial = dialler(window)
  const { sessionStorage } = window
  const keep = (workspaceId: string): void => sessionStorage.setItem(KEPT, workspaceId)
  const enter: Enter = (workspaceId) => clientOver(dial, workspaceId, keep)
  return { first: enter(sessionStorage.getItem(KEPT)), enter }
}

/**
 * A client that dials by the given function and works in one workspace, and what is known of its connection. Where none
 * is given it is the one that the console gives it first, and stays so when the connection has to be made anew.
 */
export function clientOver(
  dial: () => Promise<Port>,
  workspaceId: string | null = null,
  onEntered: (workspaceId: string) => void = () => undefined,
): ConnectedClient {
  let entered = workspaceId
  const connection = new ConnectionState()
  const left = new AbortController()
  const client = reconnect(consoleContract, {
    dial: async () => {
      if (left.signal.aborted) return await new Promise<never>(() => undefined)
      try {
        const port = await dial()
        left.signal.addEventListener('abort', () => port.close('the window works elsewhere now'), { once: true })
        return port
      } catch (error) {
        if (error instanceof TicketRefused) connection.set({ state: 'refused', why: error.why })
        throw error
      }
    },
    greet: async (greeted) => {
      entered = await enterOne(greeted, entered)
      onEntered(entered)
    },
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onState(connected) {
      if (connected) connection.set({ state: 'connected' })
      else if (connection.current.state !== 'refused') connection.set({ state: 'lost', since: new Date() })
    },
  })
  return { client, connection, leave: () => left.abort() }
}

/** The one that is wanted; where it is no more, or none is, the one that was used last. */
async function enterOne(client: ConsoleClient, wanted: string | null): Promise<string> {
  if (wanted !== null) {
    try {
      return (await client.workspaces.enter({ workspaceId: wanted })).id
    } catch (error) {
      if (!isFault(error, 'not_found')) throw error
    }
  }
  return (await client.system.info(undefined)).workspace.id
}

function dialler(window: Window): () => Promise<Port> {
  if (window.location.protocol === 'console:') return () => dialMessagePort(window)
  const ticket = takeTicket(window)
  return () => dialWebSocket(window, ticket)
}
