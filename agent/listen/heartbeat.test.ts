import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type DaemonWorld, daemonWorld } from '../testing/daemon-world.ts'
import { dialWebSocket } from '../testing/pinned-console.ts'
import { HEARTBEAT, timesFor } from './heartbeat.ts'

const TIMES = { every: 40, dead: 120, deadBehindBacklog: 480 }

let open: AsyncDisposableStack
let world: DaemonWorld

beforeEach(async () => {
  open = new AsyncDisposableStack()
  const directory = open.use(temporaryDirectory()).path
  world = open.use(await daemonWorld(directory, { limits: { heartbeat: TIMES } }))
})
afterEach(() => open.disposeAsync())

async function pings(socket: WebSocket, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await once(socket, 'ping')
}

test('a peer that answers is kept, whether or not it says anything else', async () => {
  const socket = await dialWebSocket((await world.enrolled()).to)
  await pings(socket, 12)
  expect(socket.readyState).toBe(socket.OPEN)
  expect(await world.administration.peers.list()).toMatchObject([{ connections: 1 }])
})

test('a peer from which nothing comes any more is let go of', async () => {
  const socket = await dialWebSocket((await world.enrolled()).to)
  socket.pause()
  await expect.poll(async () => (await world.administration.peers.list())[0]?.connections, { timeout: 20_000 }).toBe(0)
  socket.terminate()
})

test.each([
  ['120', 120_000, 120_000],
  ['45', 45_000, 60_000],
  ['300', 300_000, 300_000],
  ['999', 300_000, 300_000],
  ['2', 15_000, 60_000],
  ['1e3', 15_000, 60_000],
  ['', 15_000, 60_000],
  [undefined, 15_000, 60_000],
])(
  'a console that asks to be waited for %s seconds is never waited for less than usual, nor for ever',
  (said, dead, deadBehindBacklog) => {
    expect(timesFor(said, HEARTBEAT)).toEqual({ every: HEARTBEAT.every, dead, deadBehindBacklog })
  },
)
