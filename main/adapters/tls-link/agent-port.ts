import { setTimeout as pause } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import type { WebSocket } from 'ws'
import { CLOSING } from '../../../contract/agent/closing.ts'
import { type Reason, reasonOf } from '../../../contract/reasons.ts'
import { webSocketPort } from '../../../contract/wire/web-socket-port.ts'
import { type AgentPort, LinkFailure } from '../../services/hosts/index.ts'

/** Milliseconds for the other side to say goodbye. */
const GRACE = 1000

/** A port whose end is final at once, whether or not the other side is still there to agree. */
export function agentPort(webSocket: WebSocket, socket: TLSSocket): AgentPort {
  const inner = webSocketPort(webSocket, pause)
  const closes = new Set<(reason: string) => void>()
  let closedFor: string | undefined
  let failure: LinkFailure | undefined
  const end = (reason: string): void => {
    if (closedFor !== undefined) return
    closedFor = reason
    for (const listener of closes) listener(reason)
  }
  webSocket.once('close', (code, said) => {
    failure = new LinkFailure('unreachable', reasonFor(code, said.toString('utf8')))
    end(failure.message)
  })
  return {
    send: (frame) => {
      if (closedFor === undefined) inner.send(frame)
    },
    onFrame: (listener) =>
      inner.onFrame((frame) => {
        if (closedFor === undefined) listener(frame)
      }),
    onBytes: (listener) => void socket.on('data', listener),
    onClose(listener) {
      if (closedFor !== undefined) listener(closedFor)
      closes.add(listener)
    },
    close(reason) {
      if (closedFor !== undefined) return
      end(reason)
      inner.close(reason)
      const timer = setTimeout(() => webSocket.terminate(), GRACE)
      webSocket.once('close', () => clearTimeout(timer))
    },
    failure: () => failure,
    ready: async () => {
      if (closedFor === undefined) await inner.ready?.()
    },
  }
}

/** 1006: no goodbye came (RFC 6455 §7.1.5). */
function reasonFor(code: number, said: string): Reason {
  if (code === 1006) return reasonOf('connection_broke')
  if (said === CLOSING.stopping) return reasonOf('agent_stopping')
  if (said === CLOSING.revoked) return reasonOf('not_admitted')
  return reasonOf('connection_closed', { said: said === '' ? String(code) : said })
}
