import { setTimeout as pause } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import type { Port } from '../../contract/wire/port.ts'
import { webSocketPort } from '../../contract/wire/web-socket-port.ts'

/** Milliseconds for the other side to say goodbye. */
const GRACE = 1000
/** Bytes of answers that may wait before a question about our being there is one too many. */
const BACKLOG = 1 << 20

/**
 * A port to a peer that may turn out not to be a friend. Closing it is final at once: no further frame is heard, and
 * the socket goes whether or not the other side agrees. Its pings are answered only while it reads.
 */
export function peerPort(webSocket: WebSocket): Port {
  const inner = webSocketPort(webSocket, pause)
  const closes = new Set<(reason: string) => void>()
  let closedFor: string | undefined
  const end = (reason: string): void => {
    if (closedFor !== undefined) return
    closedFor = reason
    for (const listener of closes) listener(reason)
  }
  inner.onClose(end)
  webSocket.on('ping', (data) => {
    if (webSocket.bufferedAmount > BACKLOG) webSocket.terminate()
    else if (closedFor === undefined) webSocket.pong(data)
  })
  return {
    send: (frame) => {
      if (closedFor === undefined) inner.send(frame)
    },
    onFrame: (listener) => {
      inner.onFrame((frame) => {
        if (closedFor === undefined) listener(frame)
      })
    },
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
    ready: async () => {
      if (closedFor === undefined) await inner.ready?.()
    },
  }
}
