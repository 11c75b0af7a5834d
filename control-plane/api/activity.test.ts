import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planeWorld, type PlaneWorld } from '../testing/plane-world.ts'

const MINUTE = 60_000
const [R1, R2, R3] = [1, 2, 3].map((at) => `00000000-0000-4000-8000-00000000000${at}`) as [string, string, string]

let world: PlaneWorld
let consumer: string
let group: string
let machine: string
let replica: string

beforeEach(async () => {
  world = await planeWorld()
  consumer = world.addDevice('backup-restore', 'verifier')
  group = world.addGroup()
  machine = world.addMachine(group, 'db1')
  replica = await declare('north')
})

afterEach(() => world[Symbol.asyncDispose]())

async function declare(name: string, change: object = {}): Promise<string> {
  const body = { consumer_device_id: consumer, group_id: group, type: 'postgres', intent: 'verify', name, ...change }
  return ((await world.operate('restore_replicas/create', body)).body as { id: string }).id
}

const issue = (run: string | null = null, device = consumer) =>
  world.consume(device, '/restore-credentials', { group, type: 'postgres', run_id: run })
const report = (change: object = {}) =>
  world.consume(consumer, '/restore-verification', {
    replica_id: replica,
    group,
    machine_id: machine,
    type: 'postgres',
    intent: 'verify',
    outcome: 'success',
    replica_healthy: true,
    observed_at: world.now().toISOString(),
    ...change,
  })
interface Row {
  readonly key: string
  readonly status: string
}
const checks = async () => (await world.operate('restore_replicas/checks', { server_group_id: group })).body as Row[]
const page = async (query: object) =>
  (await world.operate('restore_replicas/activity', query)).body as { items: Row[]; next: string | null }

test('a report is a row with all that it said, who said it, and how long after its first credentials it came', async () => {
  const started = world.now().toISOString()
  await issue(R1)
  world.pass(58 * MINUTE)
  await issue(R1)
  world.pass(32 * MINUTE)
  const observed = '2026-06-01T13:29:00.000Z'
  await report({
    run_id: R1,
    snapshot_id: 's1',
    postgres_version: '16.2',
    observed_at: observed,
    s3_received_raw_bytes: 9,
  })
  const reported = world.now().toISOString()
  expect(await checks()).toMatchObject([
    {
      key: 'check-1',
      status: 'reported',
      type: 'postgres',
      at: reported,
      machine_id: machine,
      machine_name: 'db1',
      intent: 'verify',
      outcome: 'success',
      replica_healthy: true,
      error: null,
      postgres_version: '16.2',
      snapshot_id: 's1',
      observed_at: observed,
      started_at: started,
      reported_at: reported,
      duration_seconds: 5400,
      s3_received_raw_bytes: 9,
      s3_sent_raw_bytes: null,
      redaction_outcome: null,
      run_id: R1,
      replica_id: replica,
      replica_name: 'north',
      group_id: group,
      device_id: consumer,
      device_name: 'verifier',
    },
  ])
})

test('credentials without a report are a restore in progress while they are valid, and then of unknown end', async () => {
  await issue(R1)
  const started = world.now().toISOString()
  world.pass(60 * MINUTE)
  expect(await checks()).toMatchObject([
    { key: 'issuance-1', status: 'in_progress', at: started, machine_id: null, intent: null, snapshot_id: null },
  ])
  world.pass(1)
  expect(await checks()).toMatchObject([{ key: 'issuance-1', status: 'unknown', started_at: started, run_id: R1 }])
  await report({ run_id: R1 })
  expect(await checks()).toMatchObject([{ key: 'check-1', status: 'reported', started_at: started }])
})

test('credentials that name no run belong to the report in whose time they fall, with a quarter of an hour of grace', async () => {
  await issue()
  world.pass(58 * MINUTE)
  await issue()
  world.pass(75 * MINUTE)
  await report()
  expect(await checks()).toMatchObject([{ key: 'check-1', duration_seconds: 133 * 60 }])
  world.pass(1)
  await issue()
  world.pass(75 * MINUTE + 1)
  await report()
  expect(await checks()).toMatchObject([
    { key: 'check-2', duration_seconds: null },
    { key: 'issuance-3', status: 'unknown' },
    { key: 'check-1' },
  ])
})

test('credentials that are renewed after the report of their run are no restore of their own', async () => {
  await issue(R1)
  await report({ run_id: R1 })
  await issue(R1)
  expect(await checks()).toMatchObject([{ key: 'check-1' }])
})

test('what is reported later of the same run is a row of its own, which does not say how long the restore took', async () => {
  await issue(R1)
  world.pass(30 * MINUTE)
  await report({ run_id: R1 })
  world.pass(26 * 60 * MINUTE)
  const died = {
    run_id: R1,
    replica_healthy: false,
    error: 'The server was ended.',
    observed_at: world.now().toISOString(),
  }
  await report(died)
  world.pass(MINUTE)
  await report({ run_id: R1 })
  expect(await checks()).toMatchObject([
    { key: 'check-3', run_id: R1, replica_healthy: true, started_at: null, duration_seconds: null },
    { key: 'check-2', run_id: R1, replica_healthy: false, error: died.error, started_at: null, duration_seconds: null },
    { key: 'check-1', run_id: R1, duration_seconds: 1800 },
  ])
})

test('a report that is sent again because its answer was lost says how long the restore took as it did before', async () => {
  await issue(R1)
  world.pass(30 * MINUTE)
  const same = { run_id: R1, observed_at: world.now().toISOString() }
  await report(same)
  world.pass(10 * MINUTE)
  await report(same)
  expect(await checks()).toMatchObject([{ duration_seconds: 2400 }, { duration_seconds: 1800 }])
})

test('what the group’s own machines restore is none of a consumer', async () => {
  const itself = world.addDevice('admin')
  await declare('own', { consumer_device_id: itself })
  await issue(null, itself)
  expect(await checks()).toHaveLength(1)
  world.store.machines.put({ ...world.store.machines.get(machine)!, deviceId: itself })
  expect(await checks()).toEqual([])
})

test('of a group the last fifty are shown, and of the whole fleet all, page by page and none twice', async () => {
  for (let at = 0; at < 60; at += 1) {
    world.pass(1000)
    await (at % 10 === 0 ? issue(randomUUID()) : report())
  }
  expect(await checks()).toHaveLength(50)
  const seen: string[] = []
  let before: string | null = null
  do {
    const { items, next }: { items: Row[]; next: string | null } = await page({ before, limit: 7 })
    seen.push(...items.map(({ key }) => key))
    before = next
  } while (before !== null)
  expect(new Set(seen).size).toBe(60)
  expect(seen).toHaveLength(60)
  expect(seen.slice(0, 50)).toEqual((await checks()).map(({ key }) => key))
  expect(await world.operate('restore_replicas/activity', { before: 'x' })).toMatchObject({ status: 400 })
})

test('activity is found by replica, machine, group and consumer', async () => {
  const second = await declare('south')
  const other = world.addMachine(group, 'db2')
  await report()
  await report({ replica_id: second, machine_id: other })
  world.pass(1)
  await issue(R1)
  const keys = async (query: object) => (await page(query)).items.map(({ key }) => key)
  expect(await keys({ replica_id: second })).toEqual(['check-2'])
  expect(await keys({ machine_id: machine })).toEqual(['check-1'])
  expect(await keys({ group_id: group })).toEqual(['issuance-1', 'check-2', 'check-1'])
  expect(await keys({ device_id: consumer })).toEqual(['issuance-1', 'check-2', 'check-1'])
  expect(await keys({ group_id: world.addGroup() })).toEqual([])
  expect(await keys({ device_id: world.addDevice() })).toEqual([])
})

test('a deleted replica keeps its history, under its name', async () => {
  await report()
  await world.operate('restore_replicas/delete', { id: replica })
  expect(await checks()).toMatchObject([{ replica_id: null, replica_name: 'north' }])
})

test('issuances are listed newest first, page by page, and never with a secret', async () => {
  for (const run of [R1, R2, R3]) await issue(run)
  const first = await world.operate('restore_replicas/issuances', { limit: 2, group_id: group })
  const { items, next } = first.body as { items: object[]; next: string }
  expect(items).toMatchObject([{ run_id: R3, device_name: 'verifier', storage: 'rest' }, { run_id: R2 }])
  expect(JSON.stringify(items)).not.toContain('secret')
  const second = await world.operate('restore_replicas/issuances', { limit: 2, before: next })
  expect(second.body).toMatchObject({ items: [{ run_id: R1 }], next: null })
})
