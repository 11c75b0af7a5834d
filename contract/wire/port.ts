/** Anything that carries text frames between two peers, in order: a WebSocket, a message port, a pipe, memory. */
export interface Port {
  send(frame: string): void
  onFrame(listener: (frame: string) => void): void
  /** Called once, whichever side closed; also when it had closed before. */
  onClose(listener: (reason: string) => void): void
  close(reason: string): void
  /** Resolves when the transport has room; absent where it cannot tell. */
  ready?(): Promise<void>
}

/** The port closed under a call or a stream. Not a fault of the other side: the client may ask again. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** Events a stream may have in flight before its reader has to take some. */
export const WINDOW = 64
/** Characters in one frame. */
export const MAX_FRAME = 8 << 20
/** Calls and streams one peer may have open. */
export const MAX_OPEN = 256
