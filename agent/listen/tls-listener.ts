import { once } from 'node:events'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import { createServer, type Server, type ServerOptions } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { type WebSocket, WebSocketServer } from 'ws'
import { CLOSING } from '../../contract/agent/closing.ts'
import { Fault } from '../../contract/errors.ts'
import { AWAY_AFTER_HEADER } from '../../contract/shapes/link-times.ts'
import { MAX_FRAME, type Port } from '../../contract/wire/port.ts'
import type { Identity } from '../../engine/identity/identity.ts'
import { peerPin } from '../../engine/identity/peer-pin.ts'
import { type Allowance, Tries } from '../../engine/identity/tries.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { PeerRecord } from '../journal/peer-store.ts'
import type { Peers } from '../trust/peers.ts'
import { DOORWAY_LIMITS, Doorway, type DoorwayLimits } from './doorway.ts'
import { answerRequest, type EnrolDeps } from './enrol-request.ts'
import { HEARTBEAT, type HeartbeatTimes, timesFor, watchHeartbeat } from './heartbeat.ts'
import { peerPort } from './peer-port.ts'
import { type SparingLog, sparingLog } from './sparing-log.ts'

const WIRE = '/agent'

export interface ListenerLimits {
  readonly doorway: DoorwayLimits
  readonly heartbeat: HeartbeatTimes
  /** Codes that one address, and all of them together, may try. */
  readonly tries: { readonly each: Allowance; readonly all: Allowance }
  /** Live connections of one peer. */
  readonly ofOnePeer: number
}

const LIMITS: ListenerLimits = {
  doorway: DOORWAY_LIMITS,
  heartbeat: HEARTBEAT,
  tries: { each: { tries: 10, seconds: 6 }, all: { tries: 100, seconds: 0.2 } },
  ofOnePeer: 16,
}

export interface TlsListenerOptions extends Pick<EnrolDeps, 'codes' | 'about'> {
  readonly listen: { readonly host: string; readonly port: number }
  readonly identity: Identity
  readonly peers: Peers
  /** Answer a peer that was let in. */
  readonly serve: (port: Port, connection: Connection) => void
  readonly clock: Clock
  readonly logger: Logger
  readonly limits?: Partial<ListenerLimits>
}

export interface TlsListener extends AsyncDisposable {
  readonly host: string
  readonly port: number
}

/**
 * Listen for consoles: TLS 1.3, each side known by its key. `/agent` upgrades for a peer that is enrolled, `POST /enrol`
 * takes a code; to anybody else nothing is said. Throws `conflict` (`cannot_listen`).
 */
export async function openTlsListener(options: TlsListenerOptions): Promise<TlsListener> {
  const { identity, clock, logger, codes, about } = options
  const limits = { ...LIMITS, ...options.limits }
  const log = sparingLog(logger, clock)
  const doorway = new Doorway(limits.doorway, clock)
  const enrolling = { codes, about, log, tries: new Tries({ ...limits.tries, clock }) }
  const gate = new Gate(options, { limits, doorway, log })
  const server = createServer(serverOptions(identity, limits.doorway))
  server.on('connection', (socket: Socket) => {
    if (!doorway.enter(socket)) log('stranger.refused', { address: socket.remoteAddress, reason: 'too many at once' })
  })
  server.on('tlsClientError', (error, socket) => {
    log('stranger.failed', { address: socket.remoteAddress, reason: error.message })
    socket.destroy()
  })
  server.on('clientError', (_, socket) => socket.destroy())
  server.on('request', (request, response) => {
    void answerRequest(enrolling, request, response).catch((error: unknown) => {
      logger.error('enrolment.failed', { error })
      response.destroy()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    try {
      if (socket instanceof TLSSocket) gate.upgrade(request, socket, head)
    } catch (error) {
      logger.error('upgrade.failed', { error })
      socket.destroy()
    }
  })
  await listening(server, options.listen)
  return {
    host: options.listen.host,
    port: portOf(server),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      doorway[Symbol.dispose]()
      await gate.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function serverOptions({ key, certificate }: Identity, { patience }: DoorwayLimits): ServerOptions {
  return {
    key,
    cert: certificate,
    requestCert: true,
    // Nobody signs these keys: whose they are is looked up, not believed.
    rejectUnauthorized: false,
    minVersion: 'TLSv1.3',
    // The doorway counts the time of all of it together, and has room for only so many.
    handshakeTimeout: patience,
    headersTimeout: patience,
    requestTimeout: patience,
    connectionsCheckingInterval: 1000,
    maxHeaderSize: 8192,
  }
}

interface GateDeps {
  readonly limits: ListenerLimits
  readonly doorway: Doorway
  readonly log: SparingLog
}

interface Welcomed {
  readonly socket: TLSSocket
  readonly times: HeartbeatTimes
  readonly peer: PeerRecord
}

/** Lets known peers in, and nobody else. */
class Gate {
  readonly #options: TlsListenerOptions
  readonly #with: GateDeps
  readonly #ports = new Map<Port, WebSocket>()
  // A frame is counted in UTF-16 units, which take up to three bytes.
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: 3 * MAX_FRAME,
    perMessageDeflate: false,
    autoPong: false,
  })

  constructor(options: TlsListenerOptions, more: GateDeps) {
    this.#options = options
    this.#with = more
  }

  upgrade(request: IncomingMessage, socket: TLSSocket, head: Buffer): void {
    const { peers } = this.#options
    const { limits, doorway, log } = this.#with
    if (request.url !== WIRE) return refuseUpgrade(socket, 404)
    const pin = peerPin(socket)
    const peer = pin === undefined ? undefined : peers.known(pin)
    if (peer === undefined) {
      log('stranger.refused', { address: socket.remoteAddress, pin, reason: 'not enrolled' })
      return refuseUpgrade(socket, 403)
    }
    if (peers.connections(peer.pin) >= limits.ofOnePeer) {
      log('peer.refused', { pin: peer.pin, name: peer.name, reason: 'too many connections' })
      return refuseUpgrade(socket, 503)
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      doorway.admit(socket)
      const said = request.headers[AWAY_AFTER_HEADER]
      const times = timesFor(typeof said === 'string' ? said : undefined, limits.heartbeat)
      this.#welcome(webSocket, { socket, times, peer })
    })
  }

  /** Say goodbye to every peer; resolves when all are gone. */
  async close(): Promise<void> {
    const leaving = [...this.#ports].map(async ([port, webSocket]) => {
      const closed = once(webSocket, 'close')
      port.close(CLOSING.stopping)
      await closed
    })
    await Promise.all(leaving)
  }

  #welcome(webSocket: WebSocket, { socket, times, peer }: Welcomed): void {
    const { pin, name, role, permissions, workspace } = peer
    const { peers, clock, logger, serve } = this.#options
    const address = socket.remoteAddress ?? 'an unknown address'
    const port = peerPort(webSocket)
    this.#ports.set(port, webSocket)
    const connected = peers.connect(pin, (reason) => port.close(reason))
    const heartbeat = watchHeartbeat(webSocket, socket, { clock, times })
    logger.info('peer.connected', { pin, name, address })
    webSocket.once('close', () => {
      this.#ports.delete(port)
      heartbeat[Symbol.dispose]()
      connected[Symbol.dispose]()
      logger.info('peer.disconnected', { pin, name, address })
    })
    serve(port, {
      peer: name,
      role,
      permissions,
      workspace,
      origin: `a console at ${address} (key ${pin.slice(0, 8)})`,
    })
  }
}

function refuseUpgrade(socket: TLSSocket, status: 403 | 404 | 503): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function listening(server: Server, listen: TlsListenerOptions['listen']): Promise<void> {
  try {
    server.listen(listen)
    await once(server, 'listening')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new Fault(
      'conflict',
      { what: 'cannot_listen', detail: `${listen.host}:${listen.port}: ${reason}` },
      { cause },
    )
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server does not listen on a port')
  return address.port
}
