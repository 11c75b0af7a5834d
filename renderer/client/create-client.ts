import { type ConsoleClient, consoleContract } from '../../contract/console/index.ts'
import { reconnect } from '../../contract/wire/client.ts'
import type { Port } from '../../contract/wire/port.ts'
import { ConnectionState } from './connection.ts'
import { dialMessagePort } from './dial-message-port.ts'
import { dialWebSocket, TicketRefused, takeTicket } from './dial-web-socket.ts'

export interface ConnectedClient {
  readonly client: ConsoleClient
  readonly connection: ConnectionState
}

/** The console's client for this window: over Electron's port, or over a WebSocket when a browser shows the page. */
export function createClient(window: Window): ConnectedClient {
  return clientOver(dialler(window))
}

/** A client that dials by the given function, and what is known of its connection. */
export function clientOver(dial: () => Promise<Port>): ConnectedClient {
  const connection = new ConnectionState()
  const client = reconnect(consoleContract, {
    dial: async () => {
      try {
        return await dial()
      } catch (error) {
        if (error instanceof TicketRefused) connection.set({ state: 'refused', why: error.why })
        throw error
      }
    },
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onState(connected) {
      if (connected) connection.set({ state: 'connected' })
      else if (connection.current.state !== 'refused') connection.set({ state: 'lost', since: new Date() })
    },
  })
  return { client, connection }
}

function dialler(window: Window): () => Promise<Port> {
  if (window.location.protocol === 'console:') return () => dialMessagePort(window)
  const ticket = takeTicket(window)
  return () => dialWebSocket(window, ticket)
}
