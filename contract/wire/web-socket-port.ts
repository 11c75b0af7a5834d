import type { Port } from './port.ts'

/** What the browser's WebSocket and that of `ws` have in common. */
export interface WebSocketLike {
  readonly readyState: number
  readonly bufferedAmount: number
  send(data: string): void
  close(code: number, reason: string): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void
  addEventListener(type: 'error', listener: () => void): void
}

const OPEN = 1
const HIGH_WATER = 1 << 20

/** A port over a WebSocket. The socket of `ws` must be listened to for `error`, or an oversize frame ends the process. */
export function webSocketPort(socket: WebSocketLike, pause: (milliseconds: number) => Promise<void>): Port {
  socket.addEventListener('error', () => undefined)
  return {
    send(frame) {
      if (socket.readyState === OPEN) socket.send(frame)
    },
    onFrame(listener) {
      socket.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') listener(data)
        else socket.close(4003, 'text only')
      })
    },
    onClose(listener) {
      if (socket.readyState > OPEN) listener('closed')
      else socket.addEventListener('close', ({ code, reason }) => listener(`closed ${code} ${reason}`))
    },
    close(reason) {
      // A close reason may hold 123 bytes.
      socket.close(4000, reason.slice(0, 40))
    },
    async ready() {
      while (socket.bufferedAmount > HIGH_WATER && socket.readyState === OPEN) await pause(5)
    },
  }
}
