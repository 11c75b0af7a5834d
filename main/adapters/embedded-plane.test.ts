import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { reasonOf } from '../../contract/reasons.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { RunningPlane } from '../services/planes/index.ts'
import { openControlPlane } from './control-plane-client.ts'
import { embeddedPlanes } from './embedded-plane.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')
const worker = new URL('../../control-plane/worker.ts', import.meta.url)

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

const patient = (): AbortSignal => AbortSignal.timeout(20_000)

function place() {
  const { path } = open.use(temporaryDirectory())
  const start = embeddedPlanes({ worker, dataDirectory: join(path, 'planes'), version: '0.0.0' })
  const begin = async (planeId: string, consumerPort: number | null = null): Promise<RunningPlane> =>
    open.use(await start({ planeId, secretsKey: KEY, consumerPort }, patient()))
  return { path, begin }
}

function clientOf({ operatorUrl: url, token }: Pick<RunningPlane, 'operatorUrl' | 'token'>) {
  return open.use(openControlPlane({ name: 'embedded', url, token, pin: null }))
}

test('an embedded plane listens on loopback for who has its token, and says what it is', async () => {
  const plane = await place().begin('one')
  expect(new URL(plane.operatorUrl).hostname).toBe('127.0.0.1')
  const hello = await clientOf(plane).hello(patient())
  expect(hello).toMatchObject({
    dialect: 'ours',
    version: '0.0.0',
    consumerUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
  })
  expect(hello.features).toContain('standings')
  // Without a port it lets the consumer of this computer in, and nobody from elsewhere.
  expect(hello.features).toContain('enrolment')
  await expect(clientOf({ ...plane, token: 'another' }).hello(patient())).rejects.toMatchObject({
    code: 'unauthenticated',
    data: { by: 'plane' },
  })
})

test('each plane has a directory of its own, ends cleanly, and remembers', async () => {
  const { path, begin } = place()
  const plane = await begin('one', 0)
  const client = clientOf(plane)
  const { consumerUrl, features } = await client.hello(patient())
  expect(consumerUrl).toMatch(/^https:/)
  expect(features).toContain('enrolment')
  const seen = { repository_id: null, name: 'north', url: null, snapshots: [] }
  const ids = await client.observe([seen], patient())
  await plane[Symbol.asyncDispose]()
  expect(await plane.ended).toEqual(reasonOf('thread_ended', { exitCode: 0 }))
  expect(existsSync(join(path, 'planes', 'one', 'plane.db'))).toBe(true)

  const again = clientOf(await begin('one'))
  await again.hello(patient())
  expect(await again.groups(patient())).toMatchObject([{ id: ids[0], name: 'north', status: 'provisioning' }])
  const other = clientOf(await begin('two'))
  await other.hello(patient())
  expect(await other.groups(patient())).toEqual([])
})

test('one that cannot start says why', async () => {
  const { path, begin } = place()
  mkdirSync(join(path, 'planes', 'one', 'plane.db'), { recursive: true })
  await expect(begin('one')).rejects.toThrow(/\w+/)
  await begin('two')
  await expect(begin('two')).rejects.toThrow('Another one is using')
  const other = place()
  writeFileSync(join(other.path, 'planes'), '')
  await expect(other.begin('one')).rejects.toThrow()
})
