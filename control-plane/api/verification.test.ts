import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planeWorld, type PlaneWorld } from '../testing/plane-world.ts'

let world: PlaneWorld
let consumer: string
let group: string
let machine: string
let replica: string

beforeEach(async () => {
  world = await planeWorld()
  consumer = world.addDevice()
  group = world.addGroup()
  machine = world.addMachine(group, 'db1')
  replica = await declare(consumer)
})

afterEach(() => world[Symbol.asyncDispose]())

async function declare(of: string, change: object = {}): Promise<string> {
  const usual = { consumer_device_id: of, group_id: group, type: 'postgres', intent: 'verify', name: randomUUID() }
  const { body } = await world.operate('restore_replicas/create', { ...usual, ...change })
  return (body as { id: string }).id
}

const reports = () => world.store.reports.page({}, { before: Number.MAX_SAFE_INTEGER, limit: 100 })
const report = (change: object = {}) => {
  const scope = { replica_id: replica, group, machine_id: machine, type: 'postgres', intent: 'verify' }
  const result = { outcome: 'success', replica_healthy: true, observed_at: '2026-06-01T14:00:00+02:00' }
  return world.consume(consumer, '/restore-verification', { ...scope, ...result, ...change })
}

test('a report is kept as it was said, with the consumer’s clock and ours', async () => {
  const details = { restore_duration_sec: 7, sizes: { app: 1 }, url: 'https://replica.example', odd: [null, 'ü'] }
  world.pass(5000)
  const reply = await report({
    outcome: 'failure',
    replica_healthy: false,
    error: 'pg_restore: out of space',
    snapshot_id: 's1',
    run_id: 'r1',
    postgres_version: '16.2',
    s3_received_raw_bytes: 12,
    s3_sent_raw_bytes: null,
    health_details: details,
    redaction: { outcome: 'partial', columns_masked: 3, of_the_future: 1 },
    unknown_field: true,
  })
  expect(reply).toEqual({ status: 204, type: null, body: '' })
  expect(reports()).toMatchObject([
    {
      deviceId: consumer,
      replicaId: replica,
      machineId: machine,
      outcome: 'failure',
      replicaHealthy: false,
      observedAt: '2026-06-01T12:00:00.000Z',
      reportedAt: '2026-06-01T12:00:05.000Z',
      runId: 'r1',
      snapshotId: 's1',
      error: 'pg_restore: out of space',
      body: {
        postgresVersion: '16.2',
        s3ReceivedRawBytes: 12,
        s3SentRawBytes: null,
        healthDetails: details,
        redaction: { outcome: 'partial', columns_masked: 3, of_the_future: 1 },
      },
    },
  ])
})

test('the old name of the machine is accepted', async () => {
  expect((await report({ machine_id: undefined, server_id: machine })).status).toBe(204)
  expect((await report({ machine_id: null, server_id: machine })).status).toBe(204)
  expect(reports()).toMatchObject([{ machineId: machine }, { machineId: machine }])
})

test('a report that is sent again is a second row', async () => {
  await report()
  await report()
  expect(reports()).toHaveLength(2)
})

const problem = (status: number, slug: string) => ({ status, body: { type: `/errors/${slug}`, status } })
const migration = { total_elapsed_seconds: 1, data_bytes_before: 1, data_bytes_after: 1, timings: [] }

test('the refusals come in Canopy’s order, and store nothing', async () => {
  const both = { server_id: machine, type: 'of nobody', replica_id: randomUUID() }
  const noAccess = { ...both, server_id: undefined }
  const retired = { ...noAccess, type: 'postgres', migration }
  const foreign = { replica_id: await declare(world.addDevice()), migration }
  expect(await report(both)).toMatchObject(problem(400, 'bad-request'))
  expect(await report(noAccess)).toMatchObject(problem(403, 'auth-insufficient-permissions'))
  expect(await report(retired)).toMatchObject(problem(404, 'resource-not-found'))
  expect(await report(foreign)).toMatchObject(problem(403, 'auth-insufficient-permissions'))
  expect(await report({ migration, reporting_schema: { built: true } })).toMatchObject(problem(400, 'bad-request'))
  expect(reports()).toEqual([])
})

test('a report names its machine by neither or both: refused', async () => {
  expect(await report({ machine_id: null })).toMatchObject(problem(400, 'bad-request'))
  expect(await report({ server_id: machine })).toMatchObject(problem(400, 'bad-request'))
  expect(reports()).toEqual([])
})

test('a migration names a version that can be read', async () => {
  const wrong = { migration: { ...migration, target_version: 'newest' } }
  expect(await report(wrong)).toMatchObject(problem(400, 'version-parse'))
  expect(reports()).toEqual([])
  expect((await report({ migration: { ...migration, target_version: '2.3.0-rc.1+5' } })).status).toBe(204)
  const error = 'e'.repeat(3000)
  const byId = { ...migration, target_version_id: randomUUID(), error, failed_migration: '0042' }
  expect((await report({ migration: byId })).status).toBe(204)
  expect(reports()[0]?.body.migration).toEqual({ ...byId, error: 'e'.repeat(2000) })
})

test('a build is reported by a consumer that publishes schemas', async () => {
  const reporting_schema = { built: true, target_version: '2.3.0' }
  expect(await report({ reporting_schema })).toMatchObject(problem(403, 'auth-insufficient-permissions'))
  await declare(consumer, { intent: 'reporting-schema', publishes_schemas: true })
  expect((await report({ reporting_schema })).status).toBe(204)
  expect(reports()[0]?.body.reportingSchema).toEqual(reporting_schema)
})

test('a disabled declaration is no leave to report, and what another covers may be reported of it', async () => {
  const named = { consumer_device_id: consumer, group_id: group, type: 'postgres', intent: 'verify', name: 'x' }
  await world.operate('restore_replicas/update', { ...named, id: replica, enabled: false })
  expect(await report()).toMatchObject(problem(403, 'auth-insufficient-permissions'))
  await declare(consumer)
  expect((await report()).status).toBe(204)
})

test('that group, machine, type and intent agree with the declaration is not asked', async () => {
  expect((await report({ machine_id: randomUUID(), intent: 'other' })).status).toBe(204)
})

test('deleting the declaration leaves its reports, with its name', async () => {
  await report()
  const [{ replicaName } = { replicaName: '' }] = reports()
  await world.operate('restore_replicas/delete', { id: replica })
  expect(reports()).toMatchObject([{ replicaId: null, replicaName }])
  expect(replicaName).not.toBe('')
})

test.each([
  { outcome: 'fine' },
  { observed_at: 'yesterday' },
  { replica_id: 'x' },
  { replica_healthy: 1 },
  { s3_sent_raw_bytes: -1 },
  { s3_sent_raw_bytes: 1.5 },
  { redaction: { outcome: 'somewhat' } },
])('a report with %j has the wrong shape', async (change) => {
  expect(await report(change)).toMatchObject(problem(400, 'bad-request'))
  expect(reports()).toEqual([])
})
