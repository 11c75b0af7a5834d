import { afterEach, expect, test } from 'vitest'
import type { Declaration } from '../../contract/shapes/replica.ts'
import { idOf, patient, servedCanopy } from '../../test/canopy-client.ts'
import { type CanopyServer, problem, recorded } from '../../test/canopy-server.ts'

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

const NEW: Declaration = {
  consumerId: idOf('c1'),
  groupId: idOf('f1'),
  machineId: idOf('e1'),
  type: 'tamanu-postgres',
  intent: 'verify',
  name: 'db-01-verify',
  overdueAfter: '2h 30m',
  params: { ready_timeout: '45m' },
  redacts: false,
  publishesSchemas: false,
  migratesOnRequest: false,
  enabled: true,
}

test('a plane of the first generation is known by its intents, and what it says is read in its words', async () => {
  const { client, hello } = await servedCanopy(open, 'first')
  expect(hello).toEqual({ dialect: 'first', features: [], version: null, consumerUrl: null })
  expect(client.safety()).toEqual({ mode: null, until: null })
  const { replicas, consumers } = await client.board(patient())
  expect(replicas.map(({ declaration, gap, state }) => ({ ...declaration, gap, state }))).toMatchObject([
    { name: 'nightly', overdueAfter: '1d', machineId: null, params: {}, gap: false },
    // Nothing says so, but its consumer does not know the intent.
    { name: 'standby', overdueAfter: null, machineId: idOf('e1'), gap: true, state: 'gap' },
  ])
  expect(consumers).toMatchObject([
    {
      id: idOf('c1'),
      name: 'pgro-1',
      intents: [{ name: 'verify', semantics: [] }, { name: 'analytics' }],
      replicas: 2,
    },
    { id: idOf('c2'), name: null, intents: [], replicas: 0 },
  ])
  expect(await client.worklist(idOf('c1'), patient())).toBeNull()
  expect(await client.preview(NEW, null, patient())).toBeNull()
  expect(await client.revokes(idOf('a1'), patient())).toBeNull()
  expect(await client.issuances(idOf('c1'), null, patient())).toBeNull()
  expect(await client.connections(idOf('c1'), patient())).toBeNull()
})

test('reports that the first generation listed of the whole fleet, in its words, count for their machines', async () => {
  const report = {
    id: 5,
    consumer_device_id: idOf('c1'),
    group_id: idOf('f1'),
    server_id: idOf('e1'),
    type: 'tamanu-postgres',
    intent: 'verify',
    outcome: 'failure',
    replica_healthy: false,
    error: 'no space left',
    observed_at: '2026-11-20T05:00:00Z',
  }
  const { client, server } = await servedCanopy(open, 'first', (canopy) =>
    canopy.answer('/api/restore_replicas/checks', () => ({
      status: 200,
      json: [report, { ...report, group_id: idOf('f2') }],
    })),
  )
  const [nightly] = (await client.board(patient())).replicas
  expect(nightly).toMatchObject({ state: 'failing', standings: [{ lastReport: { error: 'no space left' } }] })
  expect(server.bodies('/api/restore_replicas/checks')).toEqual([{}])
  const nobody = { replicaId: null, machineId: null, groupId: null, consumerId: null }
  const { items } = await client.activity(nobody, { before: null, limit: 9 }, patient())
  expect(items).toMatchObject([{ key: '5', machineId: idOf('e1'), replicaName: 'nightly', at: '2026-11-20T05:00:00Z' }])
})

test('where no consumer says what it can do, the first generation is known by its list of the fleet', async () => {
  const silent = [{ device_id: idOf('c1'), name: 'pgro-1', intents: [] }]
  const say = (server: CanopyServer): void =>
    server.answer('/api/restore_replicas/consumers', () => ({ status: 200, json: silent }))
  expect((await servedCanopy(open, 'first', say)).hello.dialect).toBe('first')
  expect((await servedCanopy(open, 'newest', say)).hello.dialect).toBe('descriptors')
})

test('a plane of the newest generation is asked group by group, and its standings follow from what it lists', async () => {
  const { client, hello } = await servedCanopy(open, 'newest')
  expect(hello).toMatchObject({ dialect: 'descriptors', features: [] })
  expect(client.safety()).toEqual({ mode: 'read-only', until: null })
  const { replicas, consumers } = await client.board(patient())
  expect(replicas).toMatchObject([
    {
      id: idOf('a1'),
      groupName: 'north',
      machineName: null,
      createdBy: 'olivia@example.org',
      updatedAt: '2026-11-02T01:00:00.123456789Z',
      declaration: { overdueAfter: '1d 12h', params: { size: '20Gi', note: null }, redacts: true },
      state: 'failing',
      standings: [
        {
          machineName: 'db-01',
          state: 'failing',
          overdue: false,
          overdueAt: '2026-11-20T16:00:00.000Z',
          lastReport: { healthy: false, error: 'pg_ctl: could not start server', snapshotId: 'k1234567890abcdef' },
          lastHealthy: { observedAt: '2026-11-19T04:00:00Z', reportedAt: '2026-11-19T04:00:05Z' },
          latestSnapshotId: null,
        },
        { machineName: 'db-02', state: 'overdue', overdue: true, overdueSince: '2026-11-19T16:00:00.000Z' },
      ],
    },
    { id: idOf('a2'), machineName: 'db-02', gap: true, state: 'gap', standings: [{ withheld: 'gap', overdue: false }] },
  ])
  expect(consumers[0]?.intents).toEqual([
    {
      name: 'verify',
      description: 'Restores, boots, and throws away.',
      semantics: ['check', 'once'],
      // A type of parameter that is not known yet is shown as a text.
      params: {
        ready_timeout: { type: 'duration', default: '30m' },
        keep: { type: 'boolean' },
        shape: { type: 'text' },
      },
    },
    { name: 'analytics', description: null, semantics: ['check', 'url', 'a-tag-of-next-year'], params: {} },
  ])
  expect(await client.groups(patient())).toMatchObject([
    { name: 'north', status: null, machines: [{ name: 'db-01' }, { name: 'db-02' }], types: ['tamanu-postgres'] },
    { name: 'south' },
  ])
})

test('the history of a replica is what its group lists and can be its, with redaction, traffic and health data', async () => {
  const { client } = await servedCanopy(open, 'newest')
  const nobody = { replicaId: null, machineId: null, groupId: null, consumerId: null }
  const page = { before: null, limit: 10 }
  const { items, next } = await client.activity({ ...nobody, replicaId: idOf('a1') }, page, patient())
  expect(next).toBeNull()
  expect(items.map(({ key, status }) => [key, status])).toEqual([
    ['check-12', 'failed'],
    ['check-11', 'healthy'],
    ['check-10', 'healthy'],
  ])
  expect(items[0]).toMatchObject({
    replicaId: idOf('a1'),
    replicaName: 'north-analytics',
    groupName: 'north',
    consumerName: 'pgro-1',
    machineName: 'db-01',
    error: 'pg_ctl: could not start server',
    seconds: 605,
    receivedBytes: 7340032,
    redaction: { outcome: 'partial', columns_skipped: 2 },
  })
  expect(items[1]).toMatchObject({ health: { url: 'https://replica.example/db-01' }, seconds: null })
  const all = await client.activity(nobody, page, patient())
  expect(all.items.map(({ key, replicaId }) => [key, replicaId])).toContainEqual(['issuance-7', null])
  const one = await client.activity({ ...nobody, machineId: idOf('e2') }, page, patient())
  expect(one.items.map(({ key }) => key)).toEqual(['check-10'])
})

test('a declaration is sent in the words of the plane’s generation', async () => {
  const made = recorded('first')['/api/restore_replicas/list'] as readonly object[]
  const first = await servedCanopy(open, 'first', (server) =>
    server.answer('/api/restore_replicas/create', () => ({ status: 200, json: made[0] })),
  )
  expect(await first.client.declare({ ...NEW, params: {} })).toBe(idOf('a1'))
  expect(first.server.bodies('/api/restore_replicas/create')).toEqual([
    {
      consumer_device_id: idOf('c1'),
      group_id: idOf('f1'),
      server_id: idOf('e1'),
      type: 'tamanu-postgres',
      intent: 'verify',
      name: 'db-01-verify',
      freshness_seconds: 9000,
    },
  ])
  await expect(first.client.declare({ ...NEW, overdueAfter: '90' })).rejects.toMatchObject({
    code: 'invalid_input',
    data: { issues: [{ path: ['declaration', 'overdueAfter'] }] },
  })
  const views = recorded('newest')['/api/restore_replicas/for_group'] as readonly object[]
  const newest = await servedCanopy(open, 'newest', (server) =>
    server.answer('/api/restore_replicas/create', () => ({ status: 200, json: views[0] })),
  )
  await newest.client.declare(NEW)
  expect(newest.server.bodies('/api/restore_replicas/create')).toEqual([
    {
      consumer_device_id: idOf('c1'),
      group_id: idOf('f1'),
      machine_id: idOf('e1'),
      type: 'tamanu-postgres',
      intent: 'verify',
      name: 'db-01-verify',
      overdue_after: '2h 30m',
      params: { ready_timeout: '45m' },
      redacts: false,
      publishes_schemas: false,
      migrates_on_request: false,
    },
  ])
})

test('a change sends all of it again, and nothing where somebody else has changed it', async () => {
  const { client, server } = await servedCanopy(open, 'newest')
  server.answer('/api/restore_replicas/update', () => ({ status: 200, json: {} }))
  const { replicas } = await client.board(patient())
  const [replica] = replicas
  if (replica === undefined) throw new Error('no replica')
  const { declaration, updatedAt } = replica
  await client.change(replica.id, { ...declaration, enabled: false }, updatedAt)
  expect(server.bodies('/api/restore_replicas/update')).toEqual([
    {
      id: idOf('a1'),
      consumer_device_id: idOf('c1'),
      group_id: idOf('f1'),
      machine_id: null,
      type: 'tamanu-postgres',
      intent: 'analytics',
      name: 'north-analytics',
      overdue_after: '1d 12h',
      params: { size: '20Gi', note: null },
      redacts: true,
      publishes_schemas: false,
      migrates_on_request: false,
      enabled: false,
    },
  ])
  await expect(client.change(replica.id, declaration, '2026-11-01T00:00:00Z')).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'replica_changed', detail: '' },
  })
  await expect(client.change(idOf('a9'), declaration, updatedAt)).rejects.toMatchObject({ code: 'not_found' })
  expect(server.bodies('/api/restore_replicas/update')).toHaveLength(1)
})

test('the first generation changes name, bound and whether it is enabled, and says so of all else', async () => {
  const { client, server } = await servedCanopy(open, 'first')
  server.answer('/api/restore_replicas/update', () => ({ status: 200, json: {} }))
  const [replica] = (await client.board(patient())).replicas
  if (replica === undefined) throw new Error('no replica')
  await client.change(replica.id, { ...replica.declaration, overdueAfter: '2d' }, replica.updatedAt)
  expect(server.bodies('/api/restore_replicas/update')).toEqual([
    { id: idOf('a1'), name: 'nightly', freshness_seconds: 172_800, enabled: true },
  ])
  const moved = { ...replica.declaration, intent: 'analytics' }
  await expect(client.change(replica.id, moved, replica.updatedAt)).rejects.toMatchObject({
    data: { issues: [{ path: ['declaration', 'intent'] }] },
  })
})

test('a name that is taken leads to the one that has it', async () => {
  const { client, server } = await servedCanopy(open, 'newest')
  server.answer('/api/restore_replicas/create', problem(409, 'conflict', 'pgro-1 already has north-analytics'))
  await expect(client.declare({ ...NEW, name: 'north-analytics' })).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'replica_exists', detail: idOf('a1') },
  })
})
