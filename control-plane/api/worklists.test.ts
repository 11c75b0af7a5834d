import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type WorklistEntry, worklistEntrySchema } from '../../contract/control-plane/worklist.ts'
import { planeWorld, type PlaneWorld } from '../testing/plane-world.ts'

let world: PlaneWorld
let consumer: string
let group: string
let machine: string

beforeEach(async () => {
  world = await planeWorld()
  consumer = world.addDevice()
  group = world.addGroup()
  machine = world.addMachine(group, 'db1')
  await advertise({ type: 'integer', default: 1 })
})

afterEach(() => world[Symbol.asyncDispose]())

const advertise = (size: object) => {
  const intents = [{ intent: 'verify', semantics: ['check', 'once'], params: { size } }]
  return world.consume(consumer, '/restore-capabilities', { intents })
}
const scope = () => ({ consumer_device_id: consumer, group_id: group, type: 'postgres', intent: 'verify' })
const declare = async (name: string) =>
  ((await world.operate('restore_replicas/create', { ...scope(), name })).body as { id: string }).id
const update = (id: string, change: object) =>
  world.operate('restore_replicas/update', { ...scope(), id, name: 'north', enabled: true, ...change })
const verified = (id: string, snapshot: string) =>
  world.consume(consumer, '/restore-verification', {
    replica_id: id,
    group,
    machine_id: machine,
    type: 'postgres',
    intent: 'verify',
    snapshot_id: snapshot,
    outcome: 'success',
    replica_healthy: true,
    observed_at: world.now().toISOString(),
  })

/** What the consumer is sent, which is what an operator is shown of it, made anew. */
async function worklist(): Promise<WorklistEntry[]> {
  const sent = await world.consume(consumer, '/restore-worklist')
  const shown = await world.operate('restore_replicas/worklist', { device_id: consumer })
  expect(sent.body).toEqual(shown.body)
  return z.array(worklistEntrySchema.strict()).parse(sent.body)
}

test('after each change that a worklist depends on the next answer has it', async () => {
  expect(await worklist()).toEqual([])
  const id = await declare('north')
  expect(await worklist()).toMatchObject([{ snapshot_id: null, params: { size: 1 } }])
  await advertise({ type: 'integer', default: 2 })
  expect(await worklist()).toMatchObject([{ params: { size: 2 } }])
  await update(id, { params: { size: 3 } })
  expect(await worklist()).toMatchObject([{ params: { size: 3 } }])
  world.backUp(machine, 'postgres', 's1')
  expect(await worklist()).toMatchObject([{ snapshot_id: 's1' }])
  const second = world.addMachine(group, 'db2')
  expect(await worklist()).toMatchObject([{ machine_id: machine }, { machine_id: second }])
  await verified(id, 's1')
  expect(await worklist()).toMatchObject([{ machine_id: second }])
  world.backUp(machine, 'postgres', 's2')
  expect(await worklist()).toHaveLength(2)
  world.store.groups.put({ ...world.store.groups.get(group)!, storage: 's3', bucket: 'backups' })
  expect((await worklist())[0]).toMatchObject({ storage: 's3', bucket: 'backups' })
  expect((await worklist())[0]).not.toHaveProperty('repository_url')
  world.store.devices.setRole(consumer, 'admin')
  expect(await worklist()).toHaveLength(2)
  await world.operate('restore_replicas/delete', { id })
  expect(await worklist()).toEqual([])
})

test('a declaration that moves to another consumer leaves the one’s worklist and is in the other’s', async () => {
  const id = await declare('north')
  expect(await worklist()).toHaveLength(1)
  const other = world.addDevice()
  const intents = [{ intent: 'verify' }]
  await world.consume(other, '/restore-capabilities', { intents })
  expect((await world.consume(other, '/restore-worklist')).body).toEqual([])
  await update(id, { consumer_device_id: other })
  expect(await worklist()).toEqual([])
  expect((await world.consume(other, '/restore-worklist')).body).toHaveLength(1)
})

test('a masking parameter that was stored while nobody advertised it is null once it is the plane’s', async () => {
  const url = 'https://evil.example/manifest'
  const params = { redaction_manifest_url: url, size: 9 }
  const hostile = { ...scope(), intent: 'analytics', name: 'hostile', params }
  const { body } = await world.operate('restore_replicas/create', hostile)
  expect(body).toMatchObject({ gap: true, params })
  const masking = { redaction_manifest_url: { type: 'text', default: url }, size: { type: 'integer' } }
  const intents = [{ intent: 'analytics', semantics: ['redact'], params: masking }]
  await world.consume(consumer, '/restore-capabilities', { intents })
  expect(await worklist()).toMatchObject([{ params: { redaction_manifest_url: null, size: 9 } }])
  const { id } = body as { id: string }
  const redacting = await world.operate('restore_replicas/update', { ...hostile, id, enabled: true, redacts: true })
  const gap = { server_id: machine, server_name: 'db1', reason: 'product_has_no_manifest', version: null }
  expect(redacting.body).toMatchObject({ redacts: true, can_redact: true, redaction_gaps: [gap] })
  expect(await worklist()).toEqual([])
  const preview = await world.operate('restore_replicas/preview', { ...hostile, id, redacts: true })
  expect(preview.body).toMatchObject({ entries: [], withheld: [{ machine_id: machine, why: 'no-manifest' }] })
})
