import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { OPERATOR_HEADER, SAFETY_HEADER } from '../../contract/control-plane/fleet.ts'
import { Fault } from '../../contract/errors.ts'
import { type ListenAddress, writeAddress } from '../../engine/identity/listen-address.ts'
import type { PlaneHandler } from '../api/deps.ts'
import { answerNotFound, answerProblem } from './answer-problem.ts'
import { headerOf, ipOf, LIMITS, type Listening, listenWith } from './http-server.ts'

export interface OperatorListenerOptions {
  readonly listen: ListenAddress
  /** Null for plain HTTP, which is for loopback alone. */
  readonly tls: { readonly key: string; readonly certificate: string } | null
  /** Whoever has it is an operator. */
  readonly token: string
  readonly operator: PlaneHandler
  readonly log: (message: string, error: unknown) => void
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/i
const NOBODY = 'operator'
const LONGEST_LOGIN = 200

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}

/**
 * Listen for operators, each with the token. Throws `conflict`: `cannot_listen`, and `needs_tls` for an address beyond loopback without
 * TLS, where the token could be read on the way.
 */
export async function openOperatorListener(options: OperatorListenerOptions): Promise<Listening> {
  const { listen, tls, token, log } = options
  if (tls === null && !isLoopback(listen.host))
    throw new Fault('conflict', { what: 'needs_tls', detail: writeAddress(listen) })
  const wanted = hashOf(token)
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = headerOf(request, 'authorization')
    if (given === null)
      return answerProblem(response, 'auth-missing-header', 'The token of this control plane is needed.')
    const [, theirs] = /^Bearer +(\S+)$/i.exec(given) ?? []
    if (theirs === undefined || !timingSafeEqual(hashOf(theirs), wanted)) {
      return answerProblem(response, 'auth-failed', 'This is not the token of this control plane.')
    }
    const context = {
      device: null,
      pin: null,
      operator: { login: loginOf(request) },
      session: headerOf(request, SAFETY_HEADER),
      ip: ipOf(request),
    }
    if (!(await options.operator(request, response, context))) answerNotFound(response)
  }
  const server =
    tls === null
      ? createServer(LIMITS)
      : createTlsServer({
          ...LIMITS,
          key: tls.key,
          cert: tls.certificate,
          minVersion: 'TLSv1.2',
          handshakeTimeout: 10_000,
        })
  return await listenWith(server, { listen, answer, log })
}

/** Who the console says it is for: it has the token, and nobody else could say. */
function loginOf(request: IncomingMessage): string {
  const said = headerOf(request, OPERATOR_HEADER) ?? ''
  try {
    return decodeURIComponent(said).trim().slice(0, LONGEST_LOGIN) || NOBODY
  } catch {
    return NOBODY
  }
}

/** Of the same length, whatever was given. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
