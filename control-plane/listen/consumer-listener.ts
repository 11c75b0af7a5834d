import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { ListenAddress } from '../../engine/identity/listen-address.ts'
import { peerPin } from '../../engine/identity/peer-pin.ts'
import { sourceOf } from '../../engine/identity/source.ts'
import { type Allowance, Tries } from '../../engine/identity/tries.ts'
import type { PlaneHandler } from '../api/deps.ts'
import type { RepositoryGateway } from '../gateway/repository-gateway.ts'
import type { Device, PlaneStore } from '../store/index.ts'
import { answerNotFound, answerProblem } from './answer-problem.ts'
import { headerOf, ipOf, LIMITS, type Listening, listenWith, pathOf } from './http-server.ts'

export interface ConsumerListenerOptions {
  readonly listen: ListenAddress
  readonly tls: { readonly key: string; readonly certificate: string }
  readonly store: PlaneStore
  readonly consumer: PlaneHandler
  readonly gateway: Pick<RepositoryGateway, 'answer'>
  readonly now: () => Date
  readonly log: (message: string, error: unknown) => void
  /** Codes that one address, and all of them together, may try. */
  readonly tries?: { readonly each: Allowance; readonly all: Allowance }
}

const TRIES = { each: { tries: 10, seconds: 6 }, all: { tries: 100, seconds: 0.2 } } as const
const ENROL = '/enrol'
/** Characters that are kept of what a client says of itself, and of what it asked for. */
const KEPT = 200

/**
 * Listen for consumers: TLS 1.2 or newer. A client certificate is asked for and whoever signed it is believed: a device is known by its key.
 * Without one the gateway alone answers, to who has credentials of it. Throws `conflict` (`cannot_listen`).
 */
export function openConsumerListener(options: ConsumerListenerOptions): Promise<Listening> {
  const { tls, store, gateway, log } = options
  const tries = new Tries({ ...(options.tries ?? TRIES), clock: { elapsed: () => performance.now() } })
  const server = createServer({
    ...LIMITS,
    key: tls.key,
    cert: tls.certificate,
    requestCert: true,
    // Nobody signs these keys: whose they are is looked up, not believed.
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    handshakeTimeout: 10_000,
  })
  server.on('tlsClientError', (_, socket) => socket.destroy())
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await gateway.answer(request, response)) return
    const pin = peerPin(request.socket) ?? null
    const device = (pin === null ? undefined : store.devices.byPin(pin)) ?? null
    noteWhenAnswered(options, { request, response, pin, device })
    if (pathOf(request) === ENROL && !tries.take(sourceOf(request.socket.remoteAddress))) {
      return answerProblem(response, 'rate-limited', 'Too many codes were tried. Wait a minute.')
    }
    const context = { device, pin, operator: null, session: null, ip: ipOf(request) }
    if (!(await options.consumer(request, response, context))) answerNotFound(response)
  }
  return listenWith(server, { listen: options.listen, answer, log })
}

interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly pin: string | null
  readonly device: Device | null
}

/** Of who is a device by then: whoever enrols is one. Strangers leave no trace, or they could fill the store. */
function noteWhenAnswered(
  { store, now, log }: ConsumerListenerOptions,
  { request, response, pin, device }: Asked,
): void {
  if (pin === null) return
  response.once('finish', () => {
    try {
      const deviceId = device?.id ?? store.devices.byPin(pin)?.id
      if (deviceId === undefined) return
      store.connections.note({
        deviceId,
        at: now().toISOString(),
        ip: ipOf(request),
        userAgent: headerOf(request, 'user-agent')?.slice(0, KEPT) ?? null,
        asked: `${request.method ?? ''} ${pathOf(request).slice(0, KEPT)}`,
        status: response.statusCode,
      })
    } catch (error) {
      // Nobody waits for it any more: thrown here, it would end the plane.
      log('connection.unnoted', error)
    }
  })
}
