import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ReplicaView } from '../../contract/control-plane/replica.ts'
import { planeWorld, type PlaneWorld } from '../testing/plane-world.ts'

let world: PlaneWorld
let consumer: string
let group: string
let machine: string

beforeEach(async () => {
  world = await planeWorld()
  consumer = world.addDevice('backup-restore', 'verifier')
  group = world.addGroup({ name: 'north' })
  machine = world.addMachine(group, 'db1')
})

afterEach(() => world[Symbol.asyncDispose]())

const usual = () => ({
  consumer_device_id: consumer,
  group_id: group,
  type: 'postgres',
  intent: 'verify',
  name: 'north-verify',
})
const create = (change: object = {}) => world.operate('restore_replicas/create', { ...usual(), ...change })
const update = (change: object, login = 'ada') =>
  world.operate('restore_replicas/update', { ...usual(), enabled: true, ...change }, { login })
const made = async (change: object = {}) => (await create(change)).body as ReplicaView
const list = async () => (await world.operate('restore_replicas/list', {})).body as ReplicaView[]
const problem = (status: number, slug: string, title?: RegExp) => ({
  status,
  type: 'application/problem+json',
  body: { type: `/errors/${slug}`, status, ...(title === undefined ? {} : { title: expect.stringMatching(title) }) },
})
const advertise = (...intents: object[]) => world.consume(consumer, '/restore-capabilities', { intents })
const verify = { intent: 'verify', semantics: ['check'], params: { grace: { type: 'duration', default: 9000 } } }

test('consumers are all with the role, with what they can do, defaults with units, and when they were heard of', async () => {
  const silent = world.addDevice('backup-restore', 'silent')
  world.addDevice('server')
  await advertise(verify, { intent: 'url', semantics: ['url'], description: 'Keeps it running' })
  const at = world.now().toISOString()
  const note = {
    deviceId: consumer,
    at,
    ip: '::1',
    userAgent: 'consumer/1',
    asked: 'GET /restore-worklist',
    status: 200,
  }
  world.store.connections.note(note)
  expect((await world.operate('restore_replicas/consumers', {})).body).toEqual([
    {
      device_id: consumer,
      name: 'verifier',
      key_pin: `pin-of-${consumer}`,
      registered_at: at,
      reregistered_at: at,
      last_seen_at: at,
      last_worklist_at: at,
      intents: [
        { intent: 'url', description: 'Keeps it running', semantics: ['url'], params: {} },
        { ...verify, description: null, params: { grace: { type: 'duration', default: '2h 30m' } } },
      ],
    },
    {
      device_id: silent,
      name: 'silent',
      key_pin: `pin-of-${silent}`,
      intents: [],
      registered_at: null,
      reregistered_at: null,
      last_seen_at: null,
      last_worklist_at: null,
    },
  ])
  expect((await world.operate('devices/connection_history', { device_id: consumer })).body).toEqual([
    { device_id: consumer, at, ip: '::1', user_agent: 'consumer/1', asked: 'GET /restore-worklist', status: 200 },
  ])
})

test('registering again keeps when it first was', async () => {
  await advertise(verify)
  const at = world.now().toISOString()
  world.pass(60_000)
  await advertise(verify)
  expect((await world.operate('restore_replicas/consumers', {})).body).toMatchObject([
    { registered_at: at, reregistered_at: world.now().toISOString() },
  ])
})

test('a preview says what would be dispatched and withheld, which access it gives, and who has the name', async () => {
  await advertise(verify)
  world.backUp(machine, 'postgres', 's1')
  const gone = world.addMachine(group, 'db0')
  world.store.machines.put({ ...world.store.machines.get(gone)!, archivedAt: world.now().toISOString() })
  const preview = async (change: object) =>
    (await world.operate('restore_replicas/preview', { ...usual(), ...change })).body
  const access = { group_id: group, group_name: 'north', type: 'postgres' }
  expect(await preview({})).toMatchObject({
    entries: [{ machine_id: machine, machine_name: 'db1', snapshot_id: 's1', params: { grace: 9000 } }],
    withheld: [],
    grants: [access],
    name_taken_by: null,
  })
  expect(await list()).toEqual([])
  expect(await preview({ intent: 'other' })).toMatchObject({
    entries: [],
    withheld: [{ machine_id: machine, machine_name: 'db1', why: 'gap' }],
    grants: [access],
  })
  expect(await preview({ machine_id: gone })).toMatchObject({
    withheld: [{ machine_name: 'db0', why: 'machine-gone' }],
  })
  const { id } = await made()
  expect(await preview({})).toMatchObject({ grants: [], name_taken_by: id })
  expect(await preview({ id })).toMatchObject({ grants: [], name_taken_by: null })
  expect(await preview({ id, type: 'files' })).toMatchObject({ grants: [{ type: 'files' }] })
  expect(await preview({ id, enabled: false })).toMatchObject({
    entries: [],
    withheld: [{ why: 'disabled' }],
    grants: [],
  })
  expect(await world.operate('restore_replicas/preview', { ...usual(), name: '' })).toMatchObject({ status: 400 })
})

test('what would be revoked is what nothing else covers, and disabling revokes it', async () => {
  const { id } = await made()
  const revokes = async (of: string) => (await world.operate('restore_replicas/revokes', { id: of })).body
  expect(await revokes(id)).toEqual([{ group_id: group, group_name: 'north', type: 'postgres' }])
  const second = await made({ name: 'second' })
  expect(await revokes(id)).toEqual([])
  const ask = () => world.consume(consumer, '/restore-credentials', { group, type: 'postgres', run_id: randomUUID() })
  expect((await ask()).status).toBe(200)
  const issued = async () => (await world.operate('restore_replicas/issuances', { device_id: consumer })).body
  await world.operate('restore_replicas/delete', { id })
  expect(await issued()).toMatchObject({ items: [{ device_name: 'verifier', type: 'postgres', revoked_at: null }] })
  await update({ id: second.id, name: 'second', enabled: false })
  expect(await issued()).toMatchObject({ items: [{ revoked_at: world.now().toISOString() }], next: null })
  expect((await ask()).status).toBe(403)
})

test('a worklist is shown as its consumer would be sent it now', async () => {
  await advertise(verify)
  await made()
  const shown = await world.operate('restore_replicas/worklist', { device_id: consumer })
  expect(shown.body).toEqual((await world.consume(consumer, '/restore-worklist')).body)
  expect(shown.body).toHaveLength(1)
  const unknown = { device_id: randomUUID() }
  expect(await world.operate('restore_replicas/worklist', unknown)).toMatchObject(problem(404, 'resource-not-found'))
})

test('groups are shown with their machines and the latest backups of them', async () => {
  world.backUp(machine, 'postgres', 's1')
  const at = world.now().toISOString()
  const backups = [{ type: 'postgres', snapshot_id: 's1', snapshot_at: at, taken_at: at }]
  const expected = {
    id: group,
    name: 'north',
    status: 'ready',
    machines: [{ id: machine, name: 'db1', archived: false, backups }],
  }
  expect((await world.operate('fleet/groups/list', {})).body).toMatchObject([{ ...expected, types: ['postgres'] }])
  const one = await world.operate('fleet/groups/get', { server_group_id: group })
  expect(one.body).toMatchObject({ group: expected, machines: expected.machines })
  const none = { server_group_id: randomUUID() }
  expect(await world.operate('fleet/groups/get', none)).toMatchObject(problem(404, 'resource-not-found'))
})

test('nobody who does not say who they are is answered', async () => {
  const reply = await fetch(`${world.url}/api/restore_replicas/list`, { method: 'POST', body: '{}' })
  expect(reply.status).toBe(401)
  expect(await reply.json()).toMatchObject({ type: '/errors/auth-failed' })
})

test('a plane says what it is', async () => {
  expect((await world.operate('plane/describe', {})).body).toEqual({
    product: 'restore-console',
    version: '1.0.0',
    safety_modes: false,
    consumer_url: null,
    plane_pin: null,
  })
})
