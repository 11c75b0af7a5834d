import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planeWorld, type PlaneWorld } from '../testing/plane-world.ts'

let world: PlaneWorld
let consumer: string
let group: string
let machine: string

beforeEach(async () => {
  world = await planeWorld()
  consumer = world.addDevice()
  group = world.addGroup({ name: 'north' })
  machine = world.addMachine(group, 'db1')
})

afterEach(() => world[Symbol.asyncDispose]())

const verify = { intent: 'verify', semantics: ['check', 'once'], params: { grace: { type: 'duration', default: 60 } } }
const register = (...intents: unknown[]) => world.consume(consumer, '/restore-capabilities', { intents })
const worklist = async (of = consumer) => (await world.consume(of, '/restore-worklist')).body
const declare = async (change: object = {}) => {
  const usual = {
    consumer_device_id: consumer,
    group_id: group,
    type: 'postgres',
    intent: 'verify',
    name: 'north-verify',
  }
  const reply = await world.operate('restore_replicas/create', { ...usual, ...change })
  expect(reply.status).toBe(200)
  return (reply.body as { id: string }).id
}

test('a consumer that said nothing has an empty worklist, and one entry for each machine once it has', async () => {
  const id = await declare({ overdue_after: '1h' })
  const second = world.addMachine(group, 'db2')
  world.backUp(machine, 'postgres', 's1')
  expect(await worklist()).toEqual([])
  expect(await register(verify)).toEqual({ status: 204, type: null, body: '' })
  const shared = { replica_id: id, group_id: group, type: 'postgres', intent: 'verify', name: 'north-verify' }
  const place = { storage: 'rest', bucket: '', prefix: '', region: '' }
  const rest = {
    ...shared,
    ...place,
    overdue_after_seconds: 3600,
    params: { grace: 60 },
    repository_url: `rest:https://plane.example/repositories/${group}/`,
  }
  expect(await worklist()).toEqual([
    { ...rest, machine_id: machine, server_id: machine, snapshot_id: 's1', snapshot_at: world.now().toISOString() },
    { ...rest, machine_id: second, server_id: second, snapshot_id: null, snapshot_at: null },
  ])
})

test('registering replaces the whole set, and the worklist follows at once', async () => {
  await declare()
  await register(verify)
  expect(await worklist()).toHaveLength(1)
  await register({ intent: 'analytics' })
  expect(await worklist()).toEqual([])
  await register(verify)
  expect(await worklist()).toHaveLength(1)
  await register()
  expect(await worklist()).toEqual([])
})

test('a worklist has what is backed up, ready and there now', async () => {
  await declare()
  await register(verify)
  world.backUp(machine, 'postgres', 's1')
  expect(await worklist()).toMatchObject([{ snapshot_id: 's1' }])
  world.backUp(machine, 'postgres', 's2')
  expect(await worklist()).toMatchObject([{ snapshot_id: 's2' }])
  const was = world.store.groups.get(group)!
  world.store.groups.put({ ...was, status: 'provisioning' })
  expect(await worklist()).toEqual([])
  world.store.groups.put(was)
  expect(await worklist()).toHaveLength(1)
  world.store.machines.put({ ...world.store.machines.get(machine)!, archivedAt: world.now().toISOString() })
  expect(await worklist()).toEqual([])
})

test('a healthy report settles an entry that is wanted once, and a newer snapshot brings it back', async () => {
  const id = await declare()
  await register(verify)
  world.backUp(machine, 'postgres', 's1')
  const report = (outcome: string, snapshot: string) =>
    world.consume(consumer, '/restore-verification', {
      replica_id: id,
      group,
      machine_id: machine,
      type: 'postgres',
      intent: 'verify',
      snapshot_id: snapshot,
      outcome,
      replica_healthy: outcome === 'success',
      observed_at: world.now().toISOString(),
    })
  expect((await report('failure', 's1')).status).toBe(204)
  expect(await worklist()).toHaveLength(1)
  await report('success', 's1')
  expect(await worklist()).toEqual([])
  world.backUp(machine, 'postgres', 's2')
  expect(await worklist()).toMatchObject([{ snapshot_id: 's2' }])
})

test('a consumer sees its own declarations alone', async () => {
  await declare()
  await register(verify)
  const other = world.addDevice()
  await world.consume(other, '/restore-capabilities', { intents: [verify] })
  expect(await worklist(other)).toEqual([])
})

const calls = ['/restore-capabilities', '/restore-credentials', '/restore-verification'] as const

test.each(['untrusted', 'server', 'releaser'] as const)(
  'a device with the role %s is refused everything',
  async (role) => {
    const device = world.addDevice(role)
    for (const path of calls) {
      expect(await world.consume(device, path, {})).toMatchObject({
        status: 403,
        type: 'application/problem+json',
        body: { type: '/errors/auth-insufficient-permissions', status: 403 },
      })
    }
    expect((await world.consume(device, '/restore-worklist')).status).toBe(403)
  },
)

test('an administrator’s device may do what a consumer may', async () => {
  expect(await world.consume(world.addDevice('admin'), '/restore-worklist')).toMatchObject({ status: 200, body: [] })
})

test('without a certificate, or with one that nobody knows, it is 401', async () => {
  const missing = await world.consume(null, '/restore-worklist')
  expect(missing).toMatchObject({ status: 401, body: { type: '/errors/auth-missing-certificate' } })
  const unknown = await world.consume('a pin of nobody', '/restore-worklist')
  expect(unknown).toMatchObject({ status: 401, body: { type: '/errors/auth-certificate-not-found' } })
  expect(await world.consume(null, '/enrol', { code: 'x' })).toMatchObject({ status: 401 })
})

test.each([
  ['no JSON', '{"intents": ['],
  ['another shape', { intents: 'verify' }],
  ['strings, as the first generation sent them', { intents: ['verify'] }],
  ['a type of parameter that there is not', { intents: [{ intent: 'x', params: { a: { type: 'color' } } }] }],
  ['a list', []],
  ['null', 'null'],
  ['nothing', ''],
])('a body that is %s is refused with a problem, and nothing changes', async (_, body) => {
  await register(verify)
  const reply = await world.consume(consumer, '/restore-capabilities', body)
  expect(reply).toMatchObject({ status: 400, type: 'application/problem+json', body: { type: '/errors/bad-request' } })
  expect(world.store.capabilities.of(consumer)).toHaveLength(1)
  expect(world.logged).toEqual([])
})

test('a body may come packed, and one in an unknown packing is refused', async () => {
  const send = (encoding: string, body: Uint8Array) =>
    fetch(`${world.url}/restore-capabilities`, {
      method: 'POST',
      headers: { 'x-pin': world.store.devices.get(consumer)!.keyPin, 'content-encoding': encoding },
      body: Buffer.from(body),
    })
  const packed = gzipSync(JSON.stringify({ intents: [verify] }))
  expect((await send('gzip', packed)).status).toBe(204)
  expect(world.store.capabilities.of(consumer)).toHaveLength(1)
  expect((await send('gzip', Buffer.from('no gzip'))).status).toBe(400)
  expect((await send('zip', packed)).status).toBe(400)
})

test('a body that is too long is refused, also where it only becomes it when it is unpacked', async () => {
  const long = JSON.stringify({ intents: [], filling: ' '.repeat(17 * 1024 * 1024) })
  const headers = { 'x-pin': world.store.devices.get(consumer)!.keyPin }
  const plain = await fetch(`${world.url}/restore-capabilities`, { method: 'POST', headers, body: long })
  expect(plain.status).toBe(400)
  expect(await plain.json()).toMatchObject({ type: '/errors/bad-request', title: expect.stringMatching(/more than/) })
  const packed = { method: 'POST', headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(long) }
  expect((await fetch(`${world.url}/restore-capabilities`, packed)).status).toBe(400)
  expect((await register(verify)).status).toBe(204)
})

test('what is no call of the plane is left to whoever listens', async () => {
  expect((await world.consume(consumer, '/backup-credentials', {})).status).toBe(404)
  expect((await world.consume(consumer, '/restore-capabilities')).status).toBe(404)
})

test('what goes wrong in the plane is 500, with nothing of it but in the log', async () => {
  world.store.capabilities.replace = () => {
    throw new TypeError('a secret of the inside')
  }
  const reply = await register(verify)
  expect(reply).toMatchObject({ status: 500, type: 'application/problem+json', body: { type: '/errors/other' } })
  expect(JSON.stringify(reply.body)).not.toContain('secret')
  expect(world.logged).toEqual([new TypeError('a secret of the inside')])
})
