import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import { MAX_FRAME, type Port } from '../../contract/wire/port.ts'
import { webSocketPort } from '../../contract/wire/web-socket-port.ts'
import { pageFiles } from './page-files.ts'
import { SUBPROTOCOL, Ticket } from './ticket.ts'

const ADDRESS = '127.0.0.1'
const WIRE = '/wire'

interface Deps {
  /** The built page. */
  readonly pageDirectory: string
  /** 0 lets the system choose. */
  readonly port: number
  /** Answer a page that was let in. */
  readonly serve: (port: Port) => void
}

export interface Loopback extends AsyncDisposable {
  /** Where the console is, with the ticket; whoever has this address has the console. */
  readonly address: string
}

/**
 * Serve the page and its wire on this computer alone. Host must be ours (421), against names that were pointed here;
 * the wire asks for our Origin and the ticket too (403), against other pages and other programs of this computer.
 */
export async function openLoopback({ pageDirectory, port, serve }: Deps): Promise<Loopback> {
  const ticket = new Ticket()
  const files = pageFiles(pageDirectory)
  // A frame is counted in UTF-16 units, which take up to three bytes.
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 3 * MAX_FRAME,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  })
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })
  server.listen(port, ADDRESS)
  await once(server, 'listening')
  const host = `${ADDRESS}:${portOf(server)}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    if (request.headers.host !== host) return refuse(response, 421)
    if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405)
    const { status, headers, body } = await files(url.split('?', 1)[0] ?? '')
    response.writeHead(status, { ...headers, 'content-length': body.length }).end(method === 'HEAD' ? undefined : body)
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = refusalOf(request)
    if (refusal !== undefined) return refuseUpgrade(socket, refusal)
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      serve(webSocketPort(webSocket, pause))
    })
  })

  function refusalOf({ url, headers }: IncomingMessage): number | undefined {
    if (headers.host !== host) return 421
    if (url !== WIRE) return 404
    if (headers.origin !== `http://${host}`) return 403
    return ticket.admits(headers['sec-websocket-protocol']) ? undefined : 403
  }

  return {
    address: `http://${host}/#ticket=${ticket.text}`,
    async [Symbol.asyncDispose]() {
      for (const webSocket of sockets.clients) webSocket.terminate()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server does not listen on a port')
  return address.port
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${STATUS_CODES[status]}\n`)
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
