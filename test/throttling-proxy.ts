import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'

export interface ThrottlingProxy extends AsyncDisposable {
  readonly port: number
  /** Bytes per second that a connection's answers may take from now on. */
  setRate(bytesPerSecond: number): void
}

/**
 * A slow line in front of a local server: what it answers comes at no more than so many bytes per second and
 * connection, what it is sent passes as it is. The honest way to a restore that takes time. `port`: where one was before.
 */
export async function startThrottlingProxy(
  targetPort: number,
  bytesPerSecond: number,
  port = 0,
): Promise<ThrottlingProxy> {
  let rate = bytesPerSecond
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    for (const socket of [client, target]) {
      open.add(socket)
      // Either side may go away at any moment, and that is no news to anyone.
      socket.on('error', () => undefined)
      socket.on('close', () => open.delete(socket))
    }
    client.on('close', () => target.destroy())
    client.pipe(target)
    // What is still on the slow line arrives after its sender has gone.
    pipeline(
      slowly(target, () => rate),
      client,
    ).catch(() => undefined)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    setRate: (next) => {
      rate = next
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const SLICE = 16 * 1024

/** A pipe that lets so many bytes per second through. */
async function* slowly(chunks: AsyncIterable<Buffer>, rate: () => number): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += SLICE) {
      const slice = chunk.subarray(at, at + SLICE)
      await setTimeout((slice.length / rate()) * 1000)
      yield slice
    }
  }
}
