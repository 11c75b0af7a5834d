import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface DelayingProxy extends AsyncDisposable {
  readonly port: number
}

/** A long line in front of a local server: whatever is said to it is heard so many milliseconds later. */
export async function startDelayingProxy(targetPort: number, milliseconds: number): Promise<DelayingProxy> {
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    for (const socket of [client, target]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => open.delete(socket))
    }
    const later = (act: () => void): void => void setTimeout(act, milliseconds)
    client.on('data', (chunk) => later(() => target.write(chunk)))
    client.on('end', () => later(() => target.end()))
    target.on('data', (chunk) => client.write(chunk))
    target.on('end', () => client.end())
    client.on('close', () => target.destroy())
    target.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
