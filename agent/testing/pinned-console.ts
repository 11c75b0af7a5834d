import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, type TLSSocket } from 'node:tls'
import { WebSocket } from 'ws'
import { MAX_FRAME, type Port } from '../../contract/wire/port.ts'
import { webSocketPort } from '../../contract/wire/web-socket-port.ts'
import { peerPin } from '../../engine/identity/peer-pin.ts'
import type { Identity } from '../../engine/identity/identity.ts'

/** An agent as a console knows it, and the console's own key. */
export interface PinnedHost {
  readonly host: string
  readonly port: number
  /** The pin of the agent's key. */
  readonly pin: string
  readonly identity: Identity
}

/** Whoever answered has not the key that was pinned. Nothing was sent to it. */
export class WrongKey extends Error {
  override readonly name = 'WrongKey'
}

/** The agent closed its door on us: it does not know our key, or does not any more. */
export class NotAdmitted extends Error {
  override readonly name = 'NotAdmitted'
  readonly status: number

  constructor(status: number) {
    super(`the agent answered ${status}`)
    this.status = status
  }
}

/** TLS to an agent, of which nothing is said before its key has been compared. Throws `WrongKey`. */
export async function dialTls({ host, port, pin, identity }: PinnedHost): Promise<TLSSocket> {
  const { key, certificate: cert } = identity
  // Who signed the certificate says nothing here: the pin below does.
  const socket = connect({ host, port, key, cert, rejectUnauthorized: false, minVersion: 'TLSv1.3' })
  await once(socket, 'secureConnect')
  socket.on('error', () => socket.destroy())
  if (peerPin(socket) === pin) return socket
  socket.destroy()
  throw new WrongKey('the host has another key than the one we know')
}

/** The WebSocket that a console speaks to an agent over. Throws `WrongKey`, `NotAdmitted`. */
export async function dialWebSocket(to: PinnedHost): Promise<WebSocket> {
  const socket = await dialTls(to)
  const webSocket = new WebSocket(`wss://${to.host}:${to.port}/agent`, {
    createConnection: () => socket,
    maxPayload: 3 * MAX_FRAME,
    perMessageDeflate: false,
  })
  const refused = new Promise<never>((_, reject) => {
    webSocket.once('unexpected-response', (__, { statusCode = 0 }) => {
      socket.destroy()
      reject(new NotAdmitted(statusCode))
    })
  })
  await Promise.race([once(webSocket, 'open'), refused])
  return webSocket
}

/** The same as a port. */
export async function dialPinned(to: PinnedHost): Promise<Port> {
  return webSocketPort(await dialWebSocket(to), pause)
}

export interface EnrolAnswer {
  readonly status: number
  readonly body: unknown
}

/** Send `POST /enrol`, with whatever body. Throws `WrongKey`. */
export async function postEnrol(to: PinnedHost, body: unknown): Promise<EnrolAnswer> {
  const socket = await dialTls(to)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  const sent = request({ method: 'POST', path: '/enrol', headers, createConnection: () => socket })
  sent.end(text)
  const [response] = await once(sent, 'response')
  let answer = ''
  for await (const piece of response) answer += String(piece)
  return { status: response.statusCode ?? 0, body: answer === '' ? null : JSON.parse(answer) }
}
