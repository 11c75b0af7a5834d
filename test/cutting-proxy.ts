import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface CuttingProxy extends AsyncDisposable {
  readonly port: number
  /** From now on connections lead there; those that are open stay as they are. */
  lead(targetPort: number): void
  /** Let so many more bytes of answers through, then end every connection, in the middle of whatever it is. */
  cutAfter(bytes: number): Promise<void>
  /** Bytes are taken from both sides and passed on to neither: both are there and hear nothing of each other. */
  swallow(isSwallowing: boolean): void
  /** What either side says is kept on the line, and arrives when it is let go on: late, and whole. */
  hold(isHolding: boolean): void
}

/** A line to a local server that breaks when a test says so. */
export async function startCuttingProxy(targetPort: number): Promise<CuttingProxy> {
  let target = targetPort
  let isSwallowing = false
  const held: (() => void)[] = []
  let isHolding = false
  const arrive = (act: () => void): void => {
    if (isHolding) held.push(act)
    else act()
  }
  let cut: { left: number; readonly done: () => void } | undefined
  const open = new Set<Socket>()
  const endAll = (): void => {
    for (const socket of open) socket.destroy()
  }
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    const ends = [client, upstream] as const
    for (const socket of ends) {
      open.add(socket)
      // Either side may go away at any moment, and that is no news to anyone.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        for (const end of ends) end.destroy()
      })
    }
    client.on('data', (bytes: Buffer) => {
      if (!isSwallowing) arrive(() => upstream.write(bytes))
    })
    upstream.on('data', (bytes: Buffer) => {
      if (isSwallowing) return
      if (cut === undefined || cut.left > bytes.length) {
        if (cut !== undefined) cut.left -= bytes.length
        return arrive(() => client.write(bytes))
      }
      const { left, done } = cut
      cut = undefined
      // What comes before the cut arrives.
      client.write(bytes.subarray(0, left), () => {
        endAll()
        done()
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return {
    port: address.port,
    lead: (next) => {
      target = next
    },
    cutAfter: (bytes) =>
      new Promise((resolve) => {
        cut = { left: bytes, done: resolve }
      }),
    swallow: (next) => {
      isSwallowing = next
    },
    hold: (next) => {
      isHolding = next
      if (!next) for (const act of held.splice(0)) act()
    },
    async [Symbol.asyncDispose]() {
      endAll()
      server.close()
      await once(server, 'close')
    },
  }
}
