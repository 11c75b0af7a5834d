import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { standingsSchema } from '../../contract/control-plane/standing.ts'
import { planeWorld, type PlaneWorld } from '../testing/plane-world.ts'
import { fleetReader } from './fleet-reader.ts'
import { sweepOnce } from './sweeper.ts'

const MINUTE = 60_000

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
  await advertise('check')
  const scope = { consumer_device_id: consumer, group_id: group, type: 'postgres', intent: 'verify', name: 'north' }
  const reply = await world.operate('restore_replicas/create', { ...scope, overdue_after: '1h' })
  replica = (reply.body as { id: string }).id
})

afterEach(() => world[Symbol.asyncDispose]())

const advertise = (...semantics: string[]) =>
  world.consume(consumer, '/restore-capabilities', { intents: [{ intent: 'verify', semantics }] })
const report = (change: object = {}) =>
  world.consume(consumer, '/restore-verification', {
    replica_id: replica,
    group,
    machine_id: machine,
    type: 'postgres',
    intent: 'verify',
    snapshot_id: 's1',
    outcome: 'success',
    replica_healthy: true,
    observed_at: world.now().toISOString(),
    ...change,
  })
const answer = async () => standingsSchema.parse((await world.operate('restore_replicas/standings', {})).body)
const state = async () => (await answer()).standings.map((standing) => standing.state)
const sweep = () => {
  sweepOnce(world, fleetReader({ store: world.store, repositoryUrl: () => null }))
}

test('a replica goes from waiting to never reported, in progress, unknown, failing, healthy and overdue', async () => {
  expect(await state()).toEqual(['waiting-for-backup'])
  world.backUp(machine, 'postgres', 's1')
  expect(await state()).toEqual(['never-reported'])
  await world.consume(consumer, '/restore-credentials', { group, type: 'postgres', run_id: null })
  expect(await state()).toEqual(['in-progress'])
  world.pass(61 * MINUTE)
  expect(await state()).toEqual(['unknown'])
  await report({ outcome: 'failure', replica_healthy: false, error: 'no space' })
  expect(await state()).toEqual(['failing'])
  await report()
  expect(await state()).toEqual(['healthy'])
  world.pass(60 * MINUTE)
  expect(await state()).toEqual(['healthy'])
  world.pass(1)
  expect(await state()).toEqual(['overdue'])
})

test('what was seen last decides, also of a restore that was reported before: how it stands, the finding, and what is overdue', async () => {
  world.backUp(machine, 'postgres', 's1')
  const run_id = randomUUID()
  await world.consume(consumer, '/restore-credentials', { group, type: 'postgres', run_id })
  await report({ run_id })
  sweep()
  expect(world.store.findings.list()).toEqual([])
  world.pass(20 * MINUTE)
  const error = 'The server of this replica was ended by SIGKILL.'
  await report({ run_id, replica_healthy: false, error })
  sweep()
  expect((await answer()).standings).toMatchObject([
    { state: 'failing', last_report: { healthy: false, outcome: 'success', error }, last_healthy: { healthy: true } },
  ])
  expect(world.store.findings.list()).toMatchObject([{ failed: true, why: error }])
  world.pass(20 * MINUTE)
  await report({ run_id })
  sweep()
  expect(await state()).toEqual(['healthy'])
  expect(world.store.findings.list()).toMatchObject([{ failed: false }])
  world.pass(60 * MINUTE)
  expect(await state()).toEqual(['healthy'])
  world.pass(1)
  expect(await state()).toEqual(['overdue'])
})

test('nobody who does not say who they are is told', async () => {
  for (const path of ['standings', 'list']) {
    const reply = await fetch(`${world.url}/api/restore_replicas/${path}`, { method: 'POST', body: '{}' })
    expect(reply.status).toBe(401)
  }
})

test('of a plane that knows nothing the lists are empty', async () => {
  await using empty = await planeWorld()
  expect((await empty.operate('restore_replicas/list', {})).body).toEqual([])
  const { body } = await empty.operate('restore_replicas/standings', {})
  expect(standingsSchema.parse(body)).toEqual({ judged_at: empty.now().toISOString(), standings: [] })
})

test('both clocks are shown, and it is the consumer’s that bounds are counted from', async () => {
  world.backUp(machine, 'postgres', 's1')
  const observed = new Date(world.now().getTime() - 30 * MINUTE).toISOString()
  await report({ observed_at: observed })
  expect((await answer()).standings).toMatchObject([
    {
      replica_id: replica,
      machine_id: machine,
      machine_name: 'db1',
      bound_seconds: 3600,
      latest_snapshot_id: 's1',
      last_healthy: { observed_at: observed, reported_at: world.now().toISOString() },
      overdue_at: new Date(world.now().getTime() + 30 * MINUTE).toISOString(),
    },
  ])
})

test('disabling, a gap, a group that is not ready and a machine that is gone are each a state of their own', async () => {
  const scope = { consumer_device_id: consumer, group_id: group, type: 'postgres', intent: 'verify', name: 'north' }
  const update = (change: object) =>
    world.operate('restore_replicas/update', { ...scope, id: replica, enabled: true, machine_id: machine, ...change })
  await update({ enabled: false })
  expect(await state()).toEqual(['disabled'])
  await update({ intent: 'of nobody' })
  expect(await state()).toEqual(['gap'])
  await update({})
  const was = world.store.groups.get(group)!
  world.store.groups.put({ ...was, status: 'provisioning' })
  expect(await state()).toEqual(['group-not-ready'])
  world.store.groups.put(was)
  world.store.machines.put({ ...world.store.machines.get(machine)!, archivedAt: world.now().toISOString() })
  expect(await state()).toEqual(['machine-gone'])
})

test('a settled replica is healthy and withheld, until there is a newer snapshot', async () => {
  await advertise('check', 'once')
  world.backUp(machine, 'postgres', 's1')
  await report()
  world.pass(100 * 24 * 60 * MINUTE)
  expect((await answer()).standings).toMatchObject([{ state: 'healthy', withheld: 'settled', overdue: false }])
  world.backUp(machine, 'postgres', 's2')
  expect((await answer()).standings).toMatchObject([{ state: 'healthy', withheld: null, overdue: false }])
  world.pass(60 * MINUTE + 1)
  expect(await state()).toEqual(['overdue'])
})

test('the sweep keeps what it found, since when, and lets it recover', async () => {
  world.backUp(machine, 'postgres', 's1')
  await report({ outcome: 'failure', replica_healthy: false, error: 'no space' })
  sweep()
  const since = world.now().toISOString()
  const key = { machineId: machine, type: 'postgres', intent: 'verify', name: 'north' }
  expect(world.store.findings.list()).toMatchObject([{ key, failed: true, since, why: 'no space' }])
  world.pass(MINUTE)
  sweep()
  expect((await answer()).judged_at).toBe(world.now().toISOString())
  expect(world.store.findings.list()).toMatchObject([{ failed: true, since, judgedAt: since }])
  await report()
  sweep()
  expect(world.store.findings.list()).toMatchObject([{ failed: false, since: world.now().toISOString() }])
  world.pass(61 * MINUTE)
  await advertise()
  sweep()
  expect(world.store.findings.list()).toMatchObject([{ failed: false }])
  await advertise('check')
  sweep()
  expect(world.store.findings.list()).toMatchObject([{ failed: true, overdue: true }])
  await world.operate('restore_replicas/delete', { id: replica })
  sweep()
  expect(world.store.findings.list()).toMatchObject([{ failed: false }])
})
