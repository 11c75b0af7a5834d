import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { Fault } from '../../contract/errors.ts'
import { permissionSchema } from '../../contract/procedure.ts'
import { pipePort } from '../../contract/wire/pipe-port.ts'
import type { Port } from '../../contract/wire/port.ts'
import type { Connection } from '../connection.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import { LONGEST_HELLO, readHello, type SocketContract, socketPath } from './socket-hello.ts'

/** Connections at once; whoever opens more than these by mistake is told by being hung up on. */
const MOST = 64
/** Milliseconds for the first line. */
const PATIENCE = 5000
/** Bytes in the address of a socket (`sun_path`, unix(7)), without the zero at its end. */
const LONGEST_PATH = process.platform === 'darwin' ? 103 : 107

export interface AgentSocketOptions {
  readonly dataDirectory: string
  /** Answer one who was let in. */
  readonly serve: (contract: SocketContract, port: Port, connection: Connection) => void
  readonly logger: Logger
}

export interface AgentSocket extends AsyncDisposable {
  /** Connections now. */
  readonly connections: () => number
}

/**
 * The agent's own socket. Whoever can open it may do anything on this host already: it lies in a folder that only the
 * agent's user can enter, and has rights for that user alone. So everybody who comes this way is admin. Call it only
 * while holding the journal: what lies in its place is the leftover of an agent that is gone. Throws `conflict`
 * (`path_too_long`).
 */
export async function openAgentSocket({ dataDirectory, serve, logger }: AgentSocketOptions): Promise<AgentSocket> {
  const path = socketPath(dataDirectory)
  if (Buffer.byteLength(path) > LONGEST_PATH) throw new Fault('conflict', { what: 'path_too_long', detail: path })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    if (sockets.size >= MOST) return socket.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    greet(socket, ({ wants, ...caller }, port) => {
      logger.info('socket.connected', { ...caller, wants })
      serve(wants, port, { ...caller, role: 'admin', permissions: permissionSchema.options, workspace: null })
    })
  })
  rmSync(path, { force: true })
  server.listen(path)
  await once(server, 'listening')
  await chmod(path, 0o600)
  return {
    connections: () => sockets.size,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** Read the first line, which says who it is and what it wants; the frames after it are the port's. */
function greet(socket: Socket, welcome: (hello: NonNullable<ReturnType<typeof readHello>>, port: Port) => void): void {
  const port = pipePort(socket, socket)
  let receive: ((frame: string) => void) | undefined
  const timer = setTimeout(() => port.close('nothing was said'), PATIENCE)
  port.onClose(() => clearTimeout(timer))
  port.onFrame((frame) => {
    if (receive !== undefined) return receive(frame)
    clearTimeout(timer)
    const hello = frame.length > LONGEST_HELLO ? undefined : readHello(frame)
    if (hello === undefined) return port.close('the first line was not understood')
    welcome(hello, {
      ...port,
      onFrame: (listener) => {
        receive = listener
      },
    })
  })
}
