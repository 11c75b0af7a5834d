import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Fault } from '../../contract/errors.ts'
import { pipePort } from '../../contract/wire/pipe-port.ts'
import type { Port } from '../../contract/wire/port.ts'
import { type SocketHello, socketPath } from './socket-hello.ts'

/**
 * Call the agent that runs on this data, and say hello. Throws `unreachable` when none does, `forbidden` (`owner`) for
 * whoever may not call it.
 */
export async function dialSocket(dataDirectory: string, hello: SocketHello): Promise<Socket> {
  const path = socketPath(dataDirectory)
  const socket = connect(path)
  try {
    await once(socket, 'connect')
  } catch (cause) {
    socket.destroy()
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    if (reason === 'EACCES' || reason === 'EPERM') throw new Fault('forbidden', { needs: 'owner' }, { cause })
    throw new Fault('unreachable', { host: path, reason }, { cause })
  }
  socket.on('error', () => socket.destroy())
  socket.write(`${JSON.stringify(hello)}\n`)
  return socket
}

/** The same as a port. */
export async function dialAgent(dataDirectory: string, hello: SocketHello): Promise<Port> {
  const socket = await dialSocket(dataDirectory, hello)
  return pipePort(socket, socket)
}
