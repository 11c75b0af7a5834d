import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Identity, makeIdentity } from '../../engine/identity/identity.ts'
import { ask } from '../../test/control-plane.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { openStore, type PlaneStore } from '../store/index.ts'
import { type ConsumerListenerOptions, openConsumerListener } from './consumer-listener.ts'
import type { Listening } from './http-server.ts'

let open: AsyncDisposableStack
let store: PlaneStore
let plane: Identity
let logged: string[]

beforeEach(async () => {
  open = new AsyncDisposableStack()
  store = open.use(openStore(join(open.use(temporaryDirectory()).path, 'plane.db')))
  plane = await makeIdentity('127.0.0.1')
  logged = []
})
afterEach(() => open.disposeAsync())

function listen(consumer: ConsumerListenerOptions['consumer']): Promise<Listening> {
  return openConsumerListener({
    listen: { host: '127.0.0.1', port: 0 },
    tls: plane,
    store,
    consumer,
    gateway: { answer: () => Promise.resolve(false) },
    now: () => new Date(),
    log: (message, error) => logged.push(`${message}: ${String(error)}`),
  })
}

test('an answer that is finished after the store was closed ends nothing but itself', async () => {
  const { key, certificate } = await makeIdentity('maria')
  const listening = open.use(
    await listen((_, response) => {
      store[Symbol.dispose]()
      response.writeHead(200).end('{}')
      return Promise.resolve(true)
    }),
  )
  const url = new URL(`https://127.0.0.1:${listening.address.port}/restore-worklist`)
  const tls = { key, cert: certificate, rejectUnauthorized: false }
  expect(await ask(url, tls, {})).toMatchObject({ status: 200 })
  expect(logged).toEqual([expect.stringMatching(/^connection\.unnoted: .*not open/)])
  // What asks after that is told that something is wrong.
  expect(await ask(url, tls, {})).toMatchObject({ status: 500 })
})
