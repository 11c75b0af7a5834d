import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Fault } from '../../contract/errors.ts'
import { type ListenAddress, writeAddress } from '../../engine/identity/listen-address.ts'
import { answerProblem } from './answer-problem.ts'

export interface Listening extends AsyncDisposable {
  /** Where it listens in fact. */
  readonly address: ListenAddress
}

export interface Serving {
  readonly listen: ListenAddress
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  readonly log: (message: string, error: unknown) => void
}

/** Against those who keep a connection without using it; milliseconds. */
export const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5000,
  maxHeaderSize: 16_384,
} as const
const MOST_CONNECTIONS = 4096
/** Milliseconds in which nothing is taken of an answer. */
const IDLE = 120_000
/** Milliseconds that answers have for being finished when it stops. */
const GRACE = 2000

/** Listen with a server that was made. Throws `conflict` (`cannot_listen`). */
export async function listenWith(server: Server, { listen, answer, log }: Serving): Promise<Listening> {
  server.maxConnections = MOST_CONNECTIONS
  server.setTimeout(IDLE)
  server.on('clientError', (_, socket) => socket.destroy())
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('request', (request, response) => {
    response.on('error', () => response.destroy())
    answer(request, response).catch((error: unknown) => {
      log('request.failed', error)
      if (response.headersSent) response.destroy()
      else answerProblem(response, 'other', 'Something unexpected happened; the log of the control plane has it.')
    })
  })
  try {
    server.listen(listen)
    await once(server, 'listening')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new Fault('conflict', { what: 'cannot_listen', detail: `${writeAddress(listen)}: ${reason}` }, { cause })
  }
  return {
    address: { host: listen.host, port: portOf(server) },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const timer = setTimeout(() => {
        server.closeAllConnections()
        // Of those with which TLS is still being agreed on it knows nothing.
        for (const socket of sockets) socket.destroy()
      }, GRACE)
      await closed
      clearTimeout(timer)
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server does not listen on a port')
  return address.port
}

/** The address of the other end; one of IPv4 as such. */
export function ipOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '')
}

/** The path alone, without what is asked besides. */
export function pathOf({ url }: IncomingMessage): string {
  return URL.parse(url ?? '/', 'http://plane')?.pathname ?? '/'
}

export function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}
