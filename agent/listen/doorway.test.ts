import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Doorway, type DoorwayLimits } from './doorway.ts'

const LIMITS: DoorwayLimits = { strangers: 3, strangersFromOne: 2, patience: 120_000, certain: 10_000 }

let open: AsyncDisposableStack
beforeEach(() => {
  open = new AsyncDisposableStack()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await open.disposeAsync()
})

/** A doorway of a server on loopback, where every address from 127.0.0.1 to 127.255.255.254 is one's own. */
async function world() {
  let now = 0
  const doorway = open.use(new Doorway(LIMITS, { elapsed: () => now }))
  const server = createServer().listen(0, '0.0.0.0')
  open.defer(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  /** What came of a connection from an address, and the server's end of it. */
  const enter = async (localAddress: string): Promise<{ readonly isIn: boolean; readonly socket: Socket }> => {
    const came = once(server, 'connection')
    const client = connect({ port, host: '127.0.0.1', localAddress })
    client.on('error', () => undefined)
    open.defer(() => void client.destroy())
    const [socket] = (await came) as [Socket]
    return { isIn: doorway.enter(socket), socket }
  }
  return {
    doorway,
    enter,
    pass: (milliseconds: number) => {
      now += milliseconds
      vi.advanceTimersByTime(milliseconds)
    },
  }
}

test('one on a slow line is waited for while there is room, and not for ever', async () => {
  const { enter, pass } = await world()
  const { isIn, socket } = await enter('127.0.0.1')
  expect(isIn).toBe(true)
  pass(119_999)
  expect(socket.destroyed).toBe(false)
  pass(1)
  expect(socket.destroyed).toBe(true)
})

test('where there is no room, whoever has had its time makes it, the oldest first', async () => {
  const { enter, pass } = await world()
  const first = await enter('127.0.0.1')
  pass(1)
  const second = await enter('127.0.0.2')
  const third = await enter('127.0.0.3')
  pass(9998)
  const early = await enter('127.0.0.4')
  expect([early.isIn, early.socket.destroyed, first.socket.destroyed]).toEqual([false, true, false])
  pass(1)
  expect((await enter('127.0.0.4')).isIn).toBe(true)
  expect([first, second, third].map(({ socket }) => socket.destroyed)).toEqual([true, false, false])
})

test('of one address only so many wait, and make room for each other alone', async () => {
  const { enter, pass } = await world()
  const other = await enter('127.0.0.2')
  const first = await enter('127.0.0.1')
  const second = await enter('127.0.0.1')
  expect((await enter('127.0.0.1')).isIn).toBe(false)
  pass(10_000)
  expect((await enter('127.0.0.1')).isIn).toBe(true)
  expect([other, first, second].map(({ socket }) => socket.destroyed)).toEqual([false, true, false])
  // The new one has its time now, and the second is the next to go.
  expect((await enter('127.0.0.1')).isIn).toBe(true)
  expect((await enter('127.0.0.1')).isIn).toBe(false)
  expect(second.socket.destroyed).toBe(true)
})

test('whoever was let in is counted and hung up on no more', async () => {
  const { doorway, enter, pass } = await world()
  const { socket } = await enter('127.0.0.1')
  doorway.admit(socket)
  for (const address of ['127.0.0.1', '127.0.0.1', '127.0.0.2']) expect((await enter(address)).isIn).toBe(true)
  pass(1_000_000)
  expect(socket.destroyed).toBe(false)
})
