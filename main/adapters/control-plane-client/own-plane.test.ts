import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { composePlane } from '../../../control-plane/compose.ts'
import type { Declaration } from '../../../contract/shapes/replica.ts'
import { planeConsumer } from '../../../test/plane-consumer.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import type { PlaneAddress, PlaneClient } from '../../services/planes/index.ts'
import { openControlPlane } from '../control-plane-client.ts'

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

const MINUTE = 60_000
const patient = (): AbortSignal => AbortSignal.timeout(10_000)

/** A stand-alone plane of ours with safety modes, as others reach it: over TLS, known by its pin. */
async function standAlone() {
  const { path } = open.use(temporaryDirectory())
  let time = Date.now()
  const now = (): Date => new Date(time)
  const plane = open.use(
    await composePlane({
      dataDirectory: join(path, 'plane'),
      secretsKey: Buffer.alloc(32, 7),
      consumerListen: { host: '127.0.0.1', port: 0 },
      advertise: null,
      operatorListen: { host: '0.0.0.0', port: 0 },
      token: 'the-token',
      version: '1.2.3',
      safetyModes: true,
      log: () => undefined,
      now,
    }),
  )
  const url = `https://127.0.0.1:${new URL(plane.operatorUrl).port}`
  const clientOf = (change: Partial<PlaneAddress> = {}, operator = 'olivia@desk'): PlaneClient =>
    open.use(openControlPlane({ name: 'ours', url, token: 'the-token', pin: plane.pin, ...change }, { now, operator }))
  const client = clientOf()
  const hello = await client.hello(patient())
  const pass = (milliseconds: number): void => {
    time += milliseconds
  }
  return { client, clientOf, hello, pass }
}

async function furnished(client: PlaneClient): Promise<Declaration> {
  const seen = { id: 'a'.repeat(64), time: '2026-11-20T01:00:00+02:00', hostname: 'db-01', tags: [], paths: ['/srv'] }
  const [groupId = ''] = await client.observe(
    [{ repository_id: null, name: 'north', url: null, snapshots: [seen] }],
    patient(),
  )
  await client.raise('danger')
  const consumer = await planeConsumer()
  const consumerId = await consumer.enrol(await client.code('verifier'))
  await client.lower()
  const machines = { groupId, machineId: null, type: 'files' }
  const unsaid = { params: {}, redacts: false, publishesSchemas: false, migratesOnRequest: false, enabled: true }
  return { consumerId, ...machines, intent: 'verify', name: 'north', overdueAfter: '90m', ...unsaid }
}

test('a plane of ours is met over TLS by its pin, and says all that it has', async () => {
  const { hello, clientOf } = await standAlone()
  expect(hello).toMatchObject({ dialect: 'ours', version: '1.2.3', consumerUrl: expect.stringMatching(/^https:/) })
  expect(hello.features).toEqual(expect.arrayContaining(['standings', 'history', 'unless-changed', 'enrolment']))
  await expect(clientOf({ token: 'another' }).hello(patient())).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(clientOf({ pin: 'A'.repeat(43) }).hello(patient())).rejects.toMatchObject({ code: 'unreachable' })
})

test('its safety modes are raised for ten minutes, and each call says which one it takes', async () => {
  const { client, pass } = await standAlone()
  expect(client.safety()).toEqual({ mode: 'read-only', until: null })
  const declaration = await furnished(client)
  expect(client.safety()).toEqual({ mode: 'read-only', until: null })
  await expect(client.declare(declaration)).rejects.toMatchObject({ data: { needs: 'safety-mode: write' } })
  const { mode, until } = await client.raise('write')
  expect(mode).toBe('write')
  expect(until).not.toBeNull()
  const replicaId = await client.declare(declaration)
  await expect(client.remove(replicaId)).rejects.toMatchObject({ data: { needs: 'safety-mode: danger' } })
  expect(client.safety().mode).toBe('read-only')
  await client.raise('danger')
  pass(9 * MINUTE)
  expect(client.safety().mode).toBe('danger')
  // The plane honours a minute more than it says; we do not count on that.
  pass(1 * MINUTE)
  expect(client.safety().mode).toBe('read-only')
  pass(2 * MINUTE)
  await expect(client.remove(replicaId)).rejects.toMatchObject({ code: 'forbidden' })
  await client.raise('danger')
  await client.remove(replicaId)
  await expect(client.remove(replicaId)).rejects.toMatchObject({ code: 'not_found', data: { id: replicaId } })
})

test('of two operators each is named, and the second is told', async () => {
  const { client, clientOf } = await standAlone()
  const declaration = await furnished(client)
  await client.raise('write')
  const id = await client.declare(declaration)
  const [made] = (await client.board(patient())).replicas
  expect(made).toMatchObject({
    id,
    createdBy: 'olivia@desk',
    groupName: 'north',
    declaration: { overdueAfter: '1h 30m' },
  })
  const other = clientOf({}, 'emma@field')
  await other.hello(patient())
  await other.raise('write')
  await other.change(id, { ...declaration, name: 'renamed' }, made?.updatedAt ?? '')
  const second = client.change(id, { ...declaration, enabled: false }, made?.updatedAt ?? '')
  await expect(second).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'replica_changed', detail: 'emma@field' },
  })
  const [now] = (await client.board(patient())).replicas
  expect(now).toMatchObject({ updatedBy: 'emma@field', declaration: { name: 'renamed', enabled: true } })
  const third = client.declare({ ...declaration, name: 'renamed' })
  await expect(third).rejects.toMatchObject({ data: { what: 'replica_exists', detail: id } })
  await expect(
    client.change(id, { ...declaration, params: { never: 1 } }, now?.updatedAt ?? ''),
  ).resolves.toBeUndefined()
})
