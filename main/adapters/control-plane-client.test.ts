import { createHash, X509Certificate } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { Declaration } from '../../contract/shapes/replica.ts'
import { type CanopyServer, canopyServer, problem, recorded } from '../../test/canopy-server.ts'
import { AnswerLost } from '../services/audit/index.ts'
import type { PlaneAddress, PlaneClient } from '../services/planes/index.ts'
import { makeIdentity } from './console-identity.ts'
import { openControlPlane } from './control-plane-client.ts'

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

const NOW = new Date('2026-11-20T06:00:00Z')
const patient = (): AbortSignal => AbortSignal.timeout(10_000)
const id = (end: string): string => `0190f1c2-0000-7000-8000-0000000000${end}`

async function served(generation: 'first' | 'newest', change: (server: CanopyServer) => void = () => undefined) {
  const server = open.use(await canopyServer(recorded(generation)))
  if (generation === 'newest') onlyTheFirstGroup(server)
  change(server)
  const client = clientOf({ url: server.url })
  return { server, client, hello: await client.hello(patient()) }
}

/** The recorded declarations are the first group's. */
function onlyTheFirstGroup(server: CanopyServer): void {
  for (const path of ['/api/restore_replicas/for_group', '/api/restore_replicas/checks']) {
    server.answer(path, ({ body }) => ({
      status: 200,
      json: JSON.stringify(body).includes(id('f1')) ? recorded('newest')[path] : [],
    }))
  }
}

function clientOf(address: Partial<PlaneAddress>, patience?: number): PlaneClient {
  const whole = { name: 'north', url: '', token: null, pin: null, ...address }
  const options = { now: () => NOW, ...(patience === undefined ? {} : { patience }) }
  return open.use(openControlPlane(whole, options))
}

const NEW: Declaration = {
  consumerId: id('c1'),
  groupId: id('f1'),
  machineId: id('e1'),
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
  const { client, hello } = await served('first')
  expect(hello).toEqual({ dialect: 'first', features: [], version: null, consumerUrl: null })
  expect(client.safety()).toEqual({ mode: null, until: null })
  const { replicas, consumers } = await client.board(patient())
  expect(replicas.map(({ declaration, gap, state }) => ({ ...declaration, gap, state }))).toMatchObject([
    { name: 'nightly', overdueAfter: '1d', machineId: null, params: {}, gap: false },
    // Nothing says so, but its consumer does not know the intent.
    { name: 'standby', overdueAfter: null, machineId: id('e1'), gap: true, state: 'gap' },
  ])
  expect(consumers).toMatchObject([
    { id: id('c1'), name: 'pgro-1', intents: [{ name: 'verify', semantics: [] }, { name: 'analytics' }], replicas: 2 },
    { id: id('c2'), name: null, intents: [], replicas: 0 },
  ])
  expect(await client.worklist(id('c1'), patient())).toBeNull()
  expect(await client.preview(NEW, null, patient())).toBeNull()
  expect(await client.revokes(id('a1'), patient())).toBeNull()
  expect(await client.issuances(id('c1'), null, patient())).toBeNull()
  expect(await client.connections(id('c1'), patient())).toBeNull()
})

test('where no consumer says what it can do, the first generation is known by its list of the fleet', async () => {
  const silent = [{ device_id: id('c1'), name: 'pgro-1', intents: [] }]
  const say = (server: CanopyServer): void =>
    server.answer('/api/restore_replicas/consumers', () => ({ status: 200, json: silent }))
  expect((await served('first', say)).hello.dialect).toBe('first')
  expect((await served('newest', say)).hello.dialect).toBe('descriptors')
})

test('a plane of the newest generation is asked group by group, and its standings follow from what it lists', async () => {
  const { client, hello } = await served('newest')
  expect(hello).toMatchObject({ dialect: 'descriptors', features: [] })
  expect(client.safety()).toEqual({ mode: 'read-only', until: null })
  const { replicas, consumers } = await client.board(patient())
  expect(replicas).toMatchObject([
    {
      id: id('a1'),
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
    { id: id('a2'), machineName: 'db-02', gap: true, state: 'gap', standings: [{ withheld: 'gap', overdue: false }] },
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
  const { client } = await served('newest')
  const nobody = { replicaId: null, machineId: null, groupId: null, consumerId: null }
  const page = { before: null, limit: 10 }
  const { items, next } = await client.activity({ ...nobody, replicaId: id('a1') }, page, patient())
  expect(next).toBeNull()
  expect(items.map(({ key, status }) => [key, status])).toEqual([
    ['check-12', 'failed'],
    ['check-11', 'healthy'],
    ['check-10', 'healthy'],
  ])
  expect(items[0]).toMatchObject({
    replicaId: id('a1'),
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
  const one = await client.activity({ ...nobody, machineId: id('e2') }, page, patient())
  expect(one.items.map(({ key }) => key)).toEqual(['check-10'])
})

test('a declaration is sent in the words of the plane’s generation', async () => {
  const made = recorded('first')['/api/restore_replicas/list'] as readonly object[]
  const first = await served('first', (server) =>
    server.answer('/api/restore_replicas/create', () => ({ status: 200, json: made[0] })),
  )
  expect(await first.client.declare({ ...NEW, params: {} })).toBe(id('a1'))
  expect(first.server.bodies('/api/restore_replicas/create')).toEqual([
    {
      consumer_device_id: id('c1'),
      group_id: id('f1'),
      server_id: id('e1'),
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
  const newest = await served('newest', (server) =>
    server.answer('/api/restore_replicas/create', () => ({ status: 200, json: views[0] })),
  )
  await newest.client.declare(NEW)
  expect(newest.server.bodies('/api/restore_replicas/create')).toEqual([
    {
      consumer_device_id: id('c1'),
      group_id: id('f1'),
      machine_id: id('e1'),
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
  const { client, server } = await served('newest')
  server.answer('/api/restore_replicas/update', () => ({ status: 200, json: {} }))
  const { replicas } = await client.board(patient())
  const [replica] = replicas
  if (replica === undefined) throw new Error('no replica')
  const { declaration, updatedAt } = replica
  await client.change(replica.id, { ...declaration, enabled: false }, updatedAt)
  expect(server.bodies('/api/restore_replicas/update')).toEqual([
    {
      id: id('a1'),
      consumer_device_id: id('c1'),
      group_id: id('f1'),
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
    data: { what: 'replica_changed', detail: updatedAt },
  })
  await expect(client.change(id('a9'), declaration, updatedAt)).rejects.toMatchObject({ code: 'not_found' })
  expect(server.bodies('/api/restore_replicas/update')).toHaveLength(1)
})

test('the first generation changes name, bound and whether it is enabled, and says so of all else', async () => {
  const { client, server } = await served('first')
  server.answer('/api/restore_replicas/update', () => ({ status: 200, json: {} }))
  const [replica] = (await client.board(patient())).replicas
  if (replica === undefined) throw new Error('no replica')
  await client.change(replica.id, { ...replica.declaration, overdueAfter: '2d' }, replica.updatedAt)
  expect(server.bodies('/api/restore_replicas/update')).toEqual([
    { id: id('a1'), name: 'nightly', freshness_seconds: 172_800, enabled: true },
  ])
  const moved = { ...replica.declaration, intent: 'analytics' }
  await expect(client.change(replica.id, moved, replica.updatedAt)).rejects.toMatchObject({
    data: { issues: [{ path: ['declaration', 'intent'] }] },
  })
})

test('a name that is taken leads to the one that has it', async () => {
  const { client, server } = await served('newest')
  server.answer('/api/restore_replicas/create', problem(409, 'conflict', 'pgro-1 already has north-analytics'))
  await expect(client.declare({ ...NEW, name: 'north-analytics' })).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'replica_exists', detail: id('a1') },
  })
})

test('a safety session is raised, sent with each call, ends by itself, and is lowered by a refusal', async () => {
  const { client, server } = await served('newest')
  const session = { id: '3f6f8a3e-8a53-4a5a-9a35-6a2c2f5b0001', mode: 'write' }
  const until = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000).toISOString()
  const raiseFor = (minutes: number): void =>
    server.answer('/api/safety/raise', () => ({ status: 200, json: { ...session, raise_expires_at: until(minutes) } }))
  raiseFor(10)
  expect(await client.raise('write')).toEqual({ mode: 'write', until: until(10) })
  expect(server.bodies('/api/safety/raise')).toEqual([{ mode: 'write' }])
  await client.board(patient())
  expect(server.asked.at(-1)?.headers['x-canopy-session']).toBe(session.id)

  server.answer('/api/restore_replicas/delete', problem(403, 'safety-mode-too-low', 'This takes danger mode.'))
  await expect(client.remove(id('a1'))).rejects.toMatchObject({
    code: 'forbidden',
    data: { needs: 'safety-mode: danger' },
  })
  expect(client.safety()).toEqual({ mode: 'read-only', until: null })
  raiseFor(-1)
  expect(await client.raise('write')).toEqual({ mode: 'read-only', until: null })

  server.answer('/api/safety/lower', () => ({ status: 200, json: { ...session, mode: 'read-only' } }))
  raiseFor(10)
  await client.raise('write')
  expect(await client.lower()).toEqual({ mode: 'read-only', until: null })
})

test.each([
  ['401', problem(401, 'auth-missing-header', 'Who are you?'), { code: 'unauthenticated', data: { by: 'plane' } }],
  [
    '403',
    problem(403, 'tagged-device-not-allowed', 'Tagged devices may not.'),
    { code: 'forbidden', data: { needs: 'Tagged devices may not.' } },
  ],
  [
    '404',
    problem(404, 'resource-not-found', 'No such'),
    { code: 'not_found', data: { what: 'replica', id: id('a1') } },
  ],
  [
    '400',
    problem(400, 'bad-request', 'name is blank'),
    { code: 'invalid_input', data: { issues: [{ message: 'name is blank' }] } },
  ],
  [
    '422 in plain text',
    () => ({ status: 422, text: 'Failed to deserialize the JSON body: missing field `id`\nat line 1' }),
    { data: { issues: [{ message: 'Failed to deserialize the JSON body: missing field `id`' }] } },
  ],
  ['500', problem(500, 'database', 'a lock'), { code: 'unreachable', data: { host: 'north', reason: 'a lock' } }],
  [
    '502 of a proxy',
    () => ({ status: 502, text: '<html><body>Bad Gateway</body></html>', headers: { 'content-type': 'text/html' } }),
    { code: 'unreachable', data: { reason: 'It answered with status 502.' } },
  ],
  ['503 with nothing', () => ({ status: 503, text: '' }), { data: { reason: 'It answered with status 503.' } }],
  [
    '500 with half a problem',
    () => ({ status: 500, text: '{"type":"/errors/database","ti' }),
    { data: { reason: 'It answered with status 500.' } },
  ],
  [
    'a success that is no JSON',
    () => ({ status: 200, text: '[{"id": "half' }),
    { code: 'unreachable', data: { reason: expect.stringContaining('no JSON') } },
  ],
  [
    'somewhere else to go',
    () => ({ status: 307, text: '', headers: { location: 'https://elsewhere.example/secret-path?token=1' } }),
    { code: 'unreachable', data: { reason: 'It sends us elsewhere: https://elsewhere.example.' } },
  ],
] as const)('a refusal becomes a fault that says what the plane said: %s', async (_name, answerer, fault) => {
  const { client, server } = await served('newest')
  server.answer('/api/restore_replicas/delete', answerer)
  await expect(client.remove(id('a1'))).rejects.toMatchObject(fault)
})

test('what answers everything with a page is no control plane', async () => {
  const page: Record<string, unknown> = {}
  const server = open.use(await canopyServer(page))
  const html = () => ({ status: 200, text: '<!doctype html><title>Canopy</title>' })
  for (const path of ['/api/plane/describe', '/api/restore_replicas/consumers']) server.answer(path, html)
  await expect(clientOf({ url: server.url }).hello(patient())).rejects.toMatchObject({ code: 'version_mismatch' })
  server.answer('/api/restore_replicas/consumers', null)
  await expect(clientOf({ url: server.url }).hello(patient())).rejects.toMatchObject({ code: 'version_mismatch' })
})

test('a path before the calls is kept, and the token goes with each of them', async () => {
  const under = Object.fromEntries(Object.entries(recorded('first')).map(([path, json]) => [`/below${path}`, json]))
  const server = open.use(await canopyServer(under))
  const client = clientOf({ url: `${server.url}/below/`, token: 'a token' })
  expect((await client.hello(patient())).dialect).toBe('first')
  expect(new Set(server.asked.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer a token']))
})

test('silence ends after a while, and of a change it is said that it may have been done', async () => {
  const server = open.use(await canopyServer(recorded('newest')))
  onlyTheFirstGroup(server)
  const client = clientOf({ url: server.url }, 300)
  await client.hello(patient())
  server.answer('/api/restore_replicas/delete', () => new Promise(() => undefined))
  const lost = await client.remove(id('a1')).catch((error: unknown) => error)
  expect(lost).toMatchObject({ code: 'unreachable', data: { reason: expect.stringContaining('in time') } })
  expect((lost as Error).cause).toBeInstanceOf(AnswerLost)

  await server[Symbol.asyncDispose]()
  open = new AsyncDisposableStack()
  const refused = await client.remove(id('a1')).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'unreachable', data: { reason: expect.stringContaining('Nothing listens') } })
  expect((refused as Error).cause).not.toBeInstanceOf(AnswerLost)
})

test('whoever leaves is not waited for', async () => {
  const { client, server } = await served('newest')
  server.answer('/api/restore_replicas/consumers', () => new Promise(() => undefined))
  const stop = new AbortController()
  const asked = client.board(stop.signal)
  stop.abort()
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
})

test('a certificate that nobody signed is taken by its pin, and nothing is sent to one with another', async () => {
  const identity = await makeIdentity()
  const server = open.use(
    await canopyServer(recorded('first'), { tls: { key: identity.key, cert: identity.certificate } }),
  )
  const spki = new X509Certificate(identity.certificate).publicKey.export({ type: 'spki', format: 'der' })
  const pin = createHash('sha256').update(spki).digest('base64url')
  const client = clientOf({ url: server.url, pin, token: 'a token' })
  expect((await client.hello(patient())).dialect).toBe('first')
  const before = server.asked.length

  const other = clientOf({ url: server.url, pin: pin.replace(/^./, pin.startsWith('A') ? 'B' : 'A'), token: 'a token' })
  await expect(other.hello(patient())).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: expect.stringContaining('another key') },
  })
  await expect(clientOf({ url: server.url, token: 'a token' }).hello(patient())).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: expect.stringContaining('not one that this computer trusts') },
  })
  expect(server.asked).toHaveLength(before)
})
