import { Agent as PlainAgent, type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { type ConnectionOptions, connect } from 'node:tls'
import { Fault } from '../../../contract/errors.ts'
import { ReasonedError, reasonOf } from '../../../contract/reasons.ts'
import { AnswerLost } from '../../services/audit/index.ts'
import { pinOf } from '../../services/key-pin.ts'
import type { PlaneAddress } from '../../services/planes/index.ts'
import { reasonFor } from './plane-network-reason.ts'

export interface Answer {
  readonly status: number
  readonly text: string
  /** Where it would have us go instead; null where it does not. */
  readonly location: string | null
}

export interface Exchange extends Disposable {
  /** Throws `unreachable`; its cause is `AnswerLost` where all was sent. A redirection is an answer, and is not followed. */
  post(path: string, body: unknown, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer>
}

/** Milliseconds for one question. */
const PATIENCE = 20_000
/** Bytes of an answer. */
const LARGEST = 64 << 20

/** One plane's HTTP, over connections that are kept. `patience`: milliseconds for one question. */
export function openExchange({ name, url, token, pin }: PlaneAddress, patience = PATIENCE): Exchange {
  const base = new URL(url)
  const secure = base.protocol === 'https:'
  const kept = { keepAlive: true, maxSockets: 8 }
  const agent = secure ? (pin === null ? new SecureAgent(kept) : new PinnedAgent(pin, kept)) : new PlainAgent(kept)
  const send = secure ? secureRequest : plainRequest
  return {
    async post(path, body, headers, signal) {
      const text = JSON.stringify(body)
      const either = AbortSignal.any([signal, AbortSignal.timeout(patience)])
      let sent = false
      try {
        const request = send({
          agent,
          method: 'POST',
          hostname: base.hostname.replace(/^\[|\]$/g, ''),
          port: base.port,
          path: `${base.pathname.replace(/\/$/, '')}${path}`,
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
            ...headers,
          },
          signal: either,
        })
        request.once('finish', () => {
          sent = true
        })
        request.end(text)
        return await answerOf(request, path)
      } catch (error) {
        if (signal.aborted) throw new Fault('cancelled', {}, sent ? { cause: new AnswerLost('cancelled') } : {})
        const said = reasonFor(error, base.host)
        throw new Fault('unreachable', { host: name, ...said }, { cause: sent ? new AnswerLost(said.reason) : error })
      }
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

async function answerOf(request: ClientRequest, path: string): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    // It goes on listening: a connection may also break while the answer is read.
    request.on('error', reject)
  })
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of response as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > LARGEST) throw new ReasonedError(reasonOf('answer_too_large', { limit: LARGEST, path }))
    pieces.push(piece)
  }
  return {
    status: response.statusCode ?? 0,
    text: Buffer.concat(pieces).toString('utf8'),
    location: response.headers.location ?? null,
  }
}

type Connect = SecureAgent['createConnection']

/** Connections to the server that has one key, whoever signed its certificate. Nothing is sent to one with another. */
class PinnedAgent extends SecureAgent {
  readonly #pin: string

  constructor(pin: string, options: ConstructorParameters<typeof SecureAgent>[0]) {
    super(options)
    this.#pin = pin
  }

  override createConnection(...[options, connected]: Parameters<Connect>): ReturnType<Connect> {
    const socket = connect({ ...options, rejectUnauthorized: false, minVersion: 'TLSv1.2' } as ConnectionOptions)
    const refuse = (error: Error): void => connected?.(error, socket)
    socket.once('error', refuse)
    socket.once('secureConnect', () => {
      socket.off('error', refuse)
      const shown = socket.getPeerX509Certificate()
      if (shown !== undefined && pinOf(shown) === this.#pin) {
        connected?.(null, socket)
        return
      }
      socket.on('error', () => undefined)
      socket.destroy()
      const place = `${options.host ?? ''}:${options.port ?? ''}`
      connected?.(new ReasonedError(reasonOf('other_key', { place })), socket)
    })
    // The socket is handed over once its key has been compared.
    return undefined
  }
}
