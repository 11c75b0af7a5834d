import type { TLSSocket } from 'node:tls'
import { WebSocket } from 'ws'
import { reasonOf } from '../../../contract/reasons.ts'
import { AWAY_AFTER_HEADER } from '../../../contract/shapes/link-times.ts'
import { MAX_FRAME } from '../../../contract/wire/port.ts'
import { LinkFailure } from '../../services/hosts/index.ts'
import { type AwaitedAgent, failureOf } from './pinned-socket.ts'

/** Ask an agent whose key was compared to be spoken with. Throws `LinkFailure`. */
export function upgrade(socket: TLSSocket, agent: AwaitedAgent, signal: AbortSignal): Promise<WebSocket> {
  const { address, awayAfter } = agent
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket>()
  const webSocket = new WebSocket(`wss://${address}/agent`, {
    createConnection: () => socket,
    headers: { [AWAY_AFTER_HEADER]: String(awayAfter) },
    // A frame is counted in UTF-16 units, which take up to three bytes.
    maxPayload: 3 * MAX_FRAME,
    perMessageDeflate: false,
  })
  const giveUp = (failure: LinkFailure): void => {
    reject(failure)
    webSocket.terminate()
    socket.destroy()
  }
  const leave = (): void => giveUp(failureOf(signal.reason, agent))
  signal.addEventListener('abort', leave, { once: true })
  webSocket.once('open', () => {
    signal.removeEventListener('abort', leave)
    resolve(webSocket)
  })
  webSocket.once('unexpected-response', (_, { statusCode = 0 }) => giveUp(refusalOf(statusCode, address)))
  webSocket.on('error', (error) => giveUp(failureOf(error, agent)))
  return promise
}

function refusalOf(status: number, address: string): LinkFailure {
  if (status === 403) return new LinkFailure('not_admitted', reasonOf('not_admitted'))
  if (status === 503) return new LinkFailure('unreachable', reasonOf('no_room', { place: address }))
  return new LinkFailure('no_agent', reasonOf('not_understood', { place: address, said: `HTTP ${status}` }))
}
