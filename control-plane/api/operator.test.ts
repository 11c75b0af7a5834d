import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type ReplicaView, replicaViewSchema } from '../../contract/control-plane/replica.ts'
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
const list = async () =>
  z.array(replicaViewSchema.strict()).parse((await world.operate('restore_replicas/list', {})).body)
const problem = (status: number, slug: string, title?: RegExp) => ({
  status,
  type: 'application/problem+json',
  body: { type: `/errors/${slug}`, status, ...(title === undefined ? {} : { title: expect.stringMatching(title) }) },
})
const advertise = (...intents: object[]) => world.consume(consumer, '/restore-capabilities', { intents })
const verify = { intent: 'verify', semantics: ['check'], params: { grace: { type: 'duration', default: 9000 } } }

test('what is declared starts enabled, with who declared it, and is listed newest first', async () => {
  await advertise(verify)
  const first = await made({ name: ' north-verify ', overdue_after: '36h', params: { grace: '90m' } })
  expect(first).toEqual({
    ...usual(),
    id: first.id,
    consumer_name: 'verifier',
    machine_id: null,
    overdue_after: '1d 12h',
    params: { grace: '1h 30m' },
    redacts: false,
    publishes_schemas: false,
    migrates_on_request: false,
    can_redact: false,
    can_publish_schemas: false,
    can_migrate_on_request: false,
    redaction_gaps: [],
    enabled: true,
    gap: false,
    created_by: 'ada',
    created_at: world.now().toISOString(),
    updated_by: 'ada',
    updated_at: world.now().toISOString(),
  })
  const second = await made({ name: 'another', machine_id: machine })
  expect(await list()).toEqual([second, first])
  const elsewhere = await made({ group_id: world.addGroup(), name: 'elsewhere' })
  expect((await world.operate('restore_replicas/for_group', { server_group_id: group })).body).toEqual([second, first])
  expect(await list()).toEqual([elsewhere, second, first])
})

test('a name is one for each consumer, and blank for none; a scope may repeat', async () => {
  const { id } = await made()
  expect(await create({ name: 'north-verify ' })).toMatchObject(problem(409, 'conflict', /named north-verify already/))
  expect((await create({ name: 'north-verify' })).body).toMatchObject({ conflict: 'name-taken', existing_id: id })
  expect((await create({ name: 'the same scope' })).status).toBe(200)
  expect((await create({ consumer_device_id: world.addDevice() })).status).toBe(200)
  expect(await create({ name: ' \t' })).toMatchObject(problem(400, 'bad-request', /needs a name/))
  const other = await made({ name: 'other' })
  expect(await update({ id: other.id, name: 'north-verify' })).toMatchObject(problem(409, 'conflict'))
  expect((await update({ id: other.id, name: 'other' })).status).toBe(200)
})

test.each([
  [{ consumer_device_id: randomUUID() }, /no device/],
  [{ group_id: randomUUID() }, /no group/],
  [{ machine_id: randomUUID() }, /no machine/],
  [{ overdue_after: '90' }, /not a duration/],
  [{ overdue_after: '1 month' }, /not a duration/],
  [{ params: { other: 1 } }, /no parameter other/],
  [{ params: { grace: 'soon' } }, /grace takes a duration/],
  [{ redacts: true }, /does not redact/],
  [{ publishes_schemas: true }, /publishes no schemas/],
  [{ name: 7 }, /name/],
  [{ type: '' }, /type/],
])('%j is refused with the reason, and nothing is declared', async (change, title) => {
  await advertise(verify)
  expect(await create(change)).toMatchObject(problem(400, 'bad-request', title))
  expect(await list()).toEqual([])
})

test('schemas are published for a whole group and unredacted, by an intent that can', async () => {
  await advertise({ intent: 'build', semantics: ['reporting-schema', 'redact'] })
  const build = { intent: 'build', publishes_schemas: true }
  expect(await create({ ...build, redacts: true })).toMatchObject(problem(400, 'bad-request', /redacted/))
  expect(await create({ ...build, machine_id: machine })).toMatchObject(problem(400, 'bad-request', /whole group/))
  expect(await made(build)).toMatchObject({ publishes_schemas: true, can_publish_schemas: true, can_redact: true })
})

test('a machine of another group is none of this one, and one that left since may stay declared', async () => {
  const elsewhere = world.addMachine(world.addGroup(), 'db9')
  expect(await create({ machine_id: elsewhere })).toMatchObject(problem(400, 'bad-request', /no machine/))
  const { id } = await made({ machine_id: machine })
  world.store.machines.put({ ...world.store.machines.get(machine)!, groupId: world.addGroup() })
  expect((await update({ id, machine_id: machine, enabled: false })).body).toMatchObject({ enabled: false })
})

test('an intent that nobody advertises may be declared: a gap, with its parameters as they were given', async () => {
  const { id, ...declared } = await made({ params: { grace: '2h', size: 5 } })
  expect(declared).toMatchObject({ gap: true, params: { grace: '2h', size: 5 } })
  await advertise(verify)
  expect(await list()).toMatchObject([{ id, gap: false }])
})

test('a gap opens when the capability goes and closes when it returns, and keeps the parameters raw meanwhile', async () => {
  await advertise(verify)
  const { id } = await made({ params: { grace: '2h 30m' } })
  await advertise({ intent: 'other' })
  expect(await list()).toMatchObject([{ gap: true, params: { grace: 9000 } }])
  expect((await update({ id, intent: 'of nobody', params: { grace: 9000 } })).body).toMatchObject({ gap: true })
  await update({ id, params: { grace: 9000 } })
  await advertise(verify)
  expect(await list()).toMatchObject([{ gap: false, params: { grace: '2h 30m' } }])
})

test('a device that loses the role is a gap, and is no consumer any more', async () => {
  await advertise(verify)
  await made()
  const names = async () => (await world.operate('restore_replicas/consumers', {})).body
  expect(await names()).toMatchObject([{ device_id: consumer }])
  const demoted = await world.operate('devices/update_role', { device_id: consumer, role: 'untrusted' })
  expect(demoted.body).toMatchObject({ id: consumer, role: 'untrusted' })
  expect(await list()).toMatchObject([{ gap: true }])
  expect(await names()).toEqual([])
  expect((await world.operate('devices/list_trusted', {})).body).toEqual({ items: [], total: 0 })
})

test('an update is the whole of it: what is not sent is reset', async () => {
  await advertise(verify)
  const { id } = await made({
    overdue_after: '1h',
    params: { grace: '1h' },
    machine_id: machine,
    migrates_on_request: true,
  })
  const reply = await update({ id, enabled: false })
  expect(reply.body).toMatchObject({
    enabled: false,
    overdue_after: null,
    params: {},
    machine_id: null,
    migrates_on_request: false,
  })
  expect(await world.operate('restore_replicas/update', { ...usual(), id })).toMatchObject(problem(400, 'bad-request'))
  expect(await update({ id: randomUUID() })).toMatchObject(problem(404, 'resource-not-found'))
})

test('of two who change at once the second is told, and nothing of the first is lost', async () => {
  const { id, updated_at } = await made()
  const first = await update({ id, overdue_after: '1h', if_updated_at: updated_at }, 'ben')
  expect(first).toMatchObject({ status: 200, body: { updated_by: 'ben' } })
  const second = await update({ id, overdue_after: '2h', if_updated_at: updated_at })
  expect(second).toMatchObject(problem(409, 'conflict', /changed by ben/))
  expect(second.body).toMatchObject({ conflict: 'changed', existing_id: id })
  expect(await list()).toMatchObject([{ overdue_after: '1h' }])
  const again = (first.body as ReplicaView).updated_at
  expect((await update({ id, overdue_after: '2h', if_updated_at: again })).status).toBe(200)
})

test('deleting is for good, and what is not there is 404', async () => {
  const { id } = await made()
  expect(await world.operate('restore_replicas/delete', { id })).toMatchObject({ status: 200, body: null })
  expect(await list()).toEqual([])
  expect(await world.operate('restore_replicas/delete', { id })).toMatchObject(problem(404, 'resource-not-found'))
  expect(await world.operate('restore_replicas/revokes', { id })).toMatchObject(problem(404, 'resource-not-found'))
})

test('every change is in the audit of the plane, with what was before and after', async () => {
  const { id } = await made()
  await update({ id, enabled: false }, 'ben')
  await world.operate('restore_replicas/delete', { id })
  expect(world.store.audit.newest(10)).toMatchObject([
    { login: 'ada', action: 'restore_replicas/delete', subject: id, before: { enabled: false }, after: null },
    { login: 'ben', action: 'restore_replicas/update', before: { enabled: true }, after: { enabled: false } },
    { login: 'ada', action: 'restore_replicas/create', before: null, after: { name: 'north-verify' } },
  ])
})
