import { afterEach, expect, test } from 'vitest'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type CanopyServer, canopyServer, problem, recorded } from '../../../test/canopy-server.ts'
import { type ConsoleOverDouble, consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import { boardThat, consoleWithPlane, planeThat, replicaThat } from '../../../test/console-with-plane.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { twoWorkspaces } from '../../../test/two-workspaces.ts'

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

const directory = (): string => open.use(temporaryDirectory()).path

async function world(keychain = keychainInMemory(), path = directory()): Promise<ConsoleOverDouble> {
  return open.use(await consoleOverDouble(new AgentDouble(), path, keychain))
}

async function canopy(generation: 'first' | 'newest' = 'first'): Promise<CanopyServer> {
  return open.use(await canopyServer(recorded(generation)))
}

const at = (url: string, token: string | null = null) => ({ name: 'north', url, token, pin: null })

async function newest({ client }: Pick<ConsoleOverDouble, 'client'>, count: number) {
  const entries = await client.audit.recent({ hostId: null, limit: count })
  return entries.map(({ action, outcome, summary }) => ({ action, outcome, summary }))
}

test('the embedded plane is there and off until somebody switches it on', async () => {
  const { client } = await world()
  const plane = await planeThat(client, () => true)
  expect(plane).toMatchObject({ kind: 'embedded', url: null, hasToken: false, connection: { state: 'off' } })
  const planeId = plane.id
  await expect(client.planes.groups({ planeId })).rejects.toMatchObject({ code: 'unreachable' })
  await expect(client.planes.remove({ planeId })).rejects.toMatchObject({ data: { what: 'plane_embedded' } })
  await expect(
    client.planes.change({ planeId, name: null, url: 'https://elsewhere.example', token: null }),
  ).rejects.toMatchObject({ data: { what: 'plane_embedded' } })
})

test('an embedded plane that cannot start says why, and is tried again', async () => {
  const here = await world()
  await here.client.planes.setEmbedded({ on: true, consumerPort: null })
  const failed = await planeThat(here.client, ({ connection }) => connection.state === 'failed')
  expect(failed.connection).toMatchObject({
    fault: { code: 'unreachable', data: { reason: 'Something unexpected happened: this test has no embedded plane' } },
  })
  expect(await newest(here, 1)).toEqual([
    { action: 'plane.embedded', outcome: 'done', summary: 'Embedded: on, for consumers of this console alone' },
  ])
  const [off] = await here.client.planes.setEmbedded({ on: false, consumerPort: null })
  expect(off?.connection).toEqual({ state: 'off' })
})

test('the embedded plane is on again after a restart, with the same key and all that it knew', async () => {
  const path = directory()
  const keychain = keychainInMemory()
  const first = await consoleWithPlane(path, keychain)
  const group = { planeId: first.plane.id, groupId: null, name: 'nowhere', typeRules: [] }
  const access = { url: '/nowhere/at/all', repo_password: 'a password' }
  await expect(first.client.planes.connectGroup({ ...group, access })).rejects.toMatchObject({ code: 'invalid_input' })
  const [written] = await newest(first, 1)
  expect(written).toMatchObject({ action: 'plane.group', outcome: 'refused' })
  expect(JSON.stringify(written)).not.toContain('a password')
  await first[Symbol.asyncDispose]()
  const again = open.use(await consoleWithPlane(path, keychain))
  expect(again.plane).toMatchObject({ id: first.plane.id, connection: { dialect: 'ours' } })
})

test('what answers at an address is found out before it is added, and then its state is told', async () => {
  const here = await world()
  const server = await canopy()
  const { name: _, ...where } = at(server.url)
  expect(await here.client.planes.probe(where)).toMatchObject({ state: 'connected', dialect: 'first', features: [] })
  await expect(here.client.planes.probe({ ...where, url: 'http://127.0.0.1:9' })).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: 'Nothing listens at 127.0.0.1:9.' },
  })
  const added = await here.client.planes.add(at(server.url))
  const plane = await planeThat(
    here.client,
    ({ id, connection }) => id === added.id && connection.state === 'connected',
  )
  expect(plane).toMatchObject({ kind: 'remote', name: 'north', url: server.url, hasToken: false })
  await expect(here.client.planes.add({ ...at('https://other.example'), name: 'NORTH' })).rejects.toMatchObject({
    data: { what: 'plane_exists' },
  })
  await expect(here.client.planes.add({ ...at(server.url), name: 'other' })).rejects.toMatchObject({
    data: { what: 'plane_exists', detail: 'north' },
  })
  await here.client.planes.remove({ planeId: plane.id })
  await expect(here.client.planes.groups({ planeId: plane.id })).rejects.toMatchObject({ code: 'not_found' })
  expect(await newest(here, 4)).toEqual([
    { action: 'plane.remove', outcome: 'done', summary: 'north' },
    { action: 'plane.add', outcome: 'refused', summary: expect.stringContaining('plane_exists') },
    { action: 'plane.add', outcome: 'refused', summary: expect.stringContaining('plane_exists') },
    { action: 'plane.add', outcome: 'done', summary: `north, at ${server.url}` },
  ])
})

test.each([
  ['http://canopy.example', 'https'],
  ['https://somebody:secret@canopy.example', 'user or password'],
])('an address that gives secrets away is refused: %s', async (url, why) => {
  const { client } = await world()
  await expect(client.planes.add(at(url))).rejects.toMatchObject({
    code: 'invalid_input',
    data: { issues: [{ path: ['url'], message: expect.stringContaining(why) }] },
  })
})

// @security Secrets: The token of a control plane is kept in the keychain alone and goes to no other server than it was given for.
test('a token is kept in the keychain alone, outlives a restart, and goes to no other server than it was given for', async () => {
  const path = directory()
  const keychain = keychainInMemory()
  const server = await canopy()
  const first = await consoleOverDouble(new AgentDouble(), path, keychain)
  await expect(first.client.planes.add(at(server.url, 'two words'))).rejects.toMatchObject({
    data: { issues: [{ path: ['token'] }] },
  })
  // As it comes from a clipboard.
  const { id: planeId } = await first.client.planes.add(at(server.url, 'a-secret-token\n'))
  await planeThat(first.client, ({ connection }) => connection.state === 'connected')
  await first[Symbol.asyncDispose]()
  const before = server.asked.length

  const here = await world(keychain, path)
  const plane = await planeThat(here.client, ({ connection }) => connection.state === 'connected')
  expect(plane).toMatchObject({ id: planeId, hasToken: true })
  expect(new Set(server.asked.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer a-secret-token']))
  expect(server.asked.length).toBeGreaterThan(before)

  const elsewhere = await canopy()
  const moved = await here.client.planes.change({ planeId, name: 'moved', url: elsewhere.url, token: null })
  expect(moved).toMatchObject({ name: 'moved', url: elsewhere.url, hasToken: false })
  await planeThat(here.client, ({ connection }) => connection.state === 'connected')
  expect(elsewhere.asked.map(({ headers }) => headers.authorization)).not.toContain('Bearer a-secret-token')
  expect(JSON.stringify(await here.client.audit.recent({ hostId: null, limit: 100 }))).not.toContain('a-secret-token')
})

test('of a plane that is away what was known is kept, and it is looked at again when it is back', async () => {
  const here = await world()
  const server = await canopy()
  const { id: planeId } = await here.client.planes.add(at(server.url))
  await replicaThat(here.client, 'nightly')
  const busy = problem(503, 'auth-tailnet-directory-unavailable', 'Not now.')
  for (const path of ['/api/plane/describe', '/api/restore_replicas/list']) server.answer(path, busy)
  await here.client.replicas.refresh(undefined)
  const away = await boardThat(here.client, ({ silent }) => silent.length > 0)
  expect(away.silent).toMatchObject([{ planeId }])
  expect(away.replicas.map(({ declaration }) => declaration.name)).toEqual(['nightly', 'standby'])
  const failed = await planeThat(here.client, ({ connection }) => connection.state === 'failed')
  expect(failed.connection).toMatchObject({ fault: { data: { reason: 'It says: Not now.' } } })

  server.answer('/api/plane/describe', null)
  const [view] = recorded('first')['/api/restore_replicas/list'] as readonly object[]
  server.answer('/api/restore_replicas/list', () => ({ status: 200, json: [view] }))
  await here.client.replicas.refresh(undefined)
  const back = await boardThat(here.client, ({ silent, replicas }) => silent.length === 0 && replicas.length === 1)
  expect(back.replicas.map(({ declaration }) => declaration.name)).toEqual(['nightly'])
})

test('one question that failed does not make a plane away', async () => {
  const here = await world()
  const server = await canopy()
  const { id: planeId } = await here.client.planes.add(at(server.url))
  const { id: replicaId, declaration } = await replicaThat(here.client, 'nightly')
  const states: string[] = []
  const stop = new AbortController()
  const told = (async () => {
    for await (const planes of await here.client.planes.watch(undefined, { signal: stop.signal })) {
      states.push(planes.find(({ id }) => id === planeId)?.connection.state ?? '')
    }
  })().catch(() => undefined)
  server.answer('/api/restore_replicas/delete', problem(500, 'database', 'a deadlock'))
  await expect(here.client.replicas.remove({ planeId, replicaId, typed: declaration.name })).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: 'It says: a deadlock', why: { code: 'it_says', values: { said: 'a deadlock' } } },
  })
  // It was asked once more what it is.
  await expect.poll(() => server.bodies('/api/plane/describe').length).toBe(2)
  await expect.poll(() => states.length).toBeGreaterThan(1)
  stop.abort()
  await told
  expect(new Set(states)).toEqual(new Set(['connected']))
  expect(await newest(here, 1)).toMatchObject([{ action: 'replica.remove', outcome: 'refused' }])
})

test('a change is in the audit before it is sent, and unknown where its answer was lost', async () => {
  const here = await world()
  const server = await canopy()
  const { id: planeId } = await here.client.planes.add(at(server.url))
  const replica = await replicaThat(here.client, 'nightly')
  const seen: unknown[] = []
  server.answer('/api/restore_replicas/update', async () => {
    seen.push(...(await newest(here, 1)))
    return { status: 200, json: {} }
  })
  const place = { planeId, replicaId: replica.id, updatedAt: replica.updatedAt }
  await here.client.replicas.setEnabled({ ...place, enabled: false })
  expect(seen).toEqual([{ action: 'replica.disable', outcome: 'pending', summary: 'nightly, on north' }])
  expect(await newest(here, 1)).toMatchObject([{ outcome: 'done' }])

  server.answer('/api/restore_replicas/update', () => ({ status: 200, text: '{"id":"019' }))
  await expect(here.client.replicas.setEnabled({ ...place, enabled: false })).rejects.toMatchObject({
    code: 'unreachable',
  })
  expect(await newest(here, 1)).toMatchObject([{ action: 'replica.disable', outcome: 'unknown' }])

  await here.client.replicas.refresh(undefined)
  expect(await newest(here, 1)).toMatchObject([{ outcome: 'unknown' }])
  const list = recorded('first')['/api/restore_replicas/list'] as readonly Record<string, unknown>[]
  server.answer('/api/restore_replicas/list', () => ({
    status: 200,
    json: list.map((one) => (one['id'] === replica.id ? { ...one, enabled: false } : one)),
  }))
  await here.client.replicas.refresh(undefined)
  const settled = { outcome: 'done', summary: 'nightly, on north (seen later: it was done)' }
  await expect.poll(() => newest(here, 1)).toMatchObject([settled])
  expect(await here.client.audit.verifyOwn({ anchor: null })).toMatchObject({ broken: null })
})

test('a safety mode is raised and lowered here, and what a lower one refuses says which it takes', async () => {
  const here = await world()
  const server = await canopy('newest')
  const { id: planeId } = await here.client.planes.add(at(server.url))
  const added = await planeThat(here.client, ({ id, connection }) => id === planeId && connection.state === 'connected')
  expect(added.connection).toMatchObject({ dialect: 'descriptors', safety: { mode: 'read-only' } })
  const until = new Date(Date.now() + 600_000).toISOString()
  const raised = { id: '3f6f8a3e-8a53-4a5a-9a35-6a2c2f5b0001', mode: 'write', raise_expires_at: until }
  server.answer('/api/safety/raise', () => ({ status: 200, json: raised }))
  expect(await here.client.planes.raise({ planeId, mode: 'write' })).toEqual({ mode: 'write', until })
  await planeThat(here.client, ({ connection }) => 'safety' in connection && connection.safety.mode === 'write')
  server.answer('/api/devices/update_role', problem(403, 'safety-mode-too-low', 'Takes danger.'))
  const consumerId = '0190f1c2-0000-7000-8000-0000000000c1'
  await expect(here.client.consumers.dismiss({ planeId, consumerId })).rejects.toMatchObject({
    data: { needs: 'safety-mode: danger' },
  })
  await planeThat(here.client, ({ connection }) => 'safety' in connection && connection.safety.mode === 'read-only')
  expect(await newest(here, 2)).toMatchObject([
    { action: 'consumer.dismiss', outcome: 'refused' },
    { action: 'plane.mode', outcome: 'done', summary: 'Raised to write, on north' },
  ])
})

test('what only a plane of ours can say is null of another, and what it cannot do is refused', async () => {
  const here = await world()
  const server = await canopy()
  const { id: planeId } = await here.client.planes.add(at(server.url))
  const { id: replicaId, declaration } = await replicaThat(here.client, 'nightly')
  const { consumerId } = declaration
  expect(await here.client.replicas.preview({ planeId, replicaId: null, declaration })).toBeNull()
  expect(await here.client.replicas.revokes({ planeId, replicaId })).toBeNull()
  expect(await here.client.consumers.worklist({ planeId, consumerId })).toBeNull()
  expect(await here.client.consumers.issuances({ planeId, consumerId, before: null })).toBeNull()
  expect(await here.client.consumers.connections({ planeId, consumerId })).toBeNull()
  await expect(here.client.consumers.code({ planeId, name: 'new' })).rejects.toMatchObject({
    data: { what: 'plane_without_enrolment' },
  })
  expect(await newest(here, 1)).toEqual([
    { action: 'consumer.invite', outcome: 'refused', summary: 'new, on north (plane_without_enrolment)' },
  ])
})

test('planes and replicas of one workspace are not shown in another, and go with it', async () => {
  const { own, foreign, world: here } = open.use(await twoWorkspaces(directory()))
  const server = await canopy()
  const added = await foreign.client.planes.add({ ...at(server.url), name: 'theirs' })
  await replicaThat(foreign.client, 'nightly')
  const names = async (client: typeof own.client) => {
    for await (const planes of await client.planes.watch(undefined)) return planes.map(({ name }) => name)
    return []
  }
  expect(await names(own.client)).toEqual(['Embedded', 'nobody'])
  expect(await names(foreign.client)).toEqual(['Embedded', 'nobody', 'theirs'])
  const board = await boardThat(own.client, () => true)
  expect(board.replicas).toEqual([])
  await foreign.client.hosts.remove({ hostId: foreign.hostId, typed: 'far' })
  await here.client.workspaces.remove({ workspaceId: foreign.workspaceId, typed: 'Other tenant' })
  await expect(here.client.planes.groups({ planeId: added.id })).rejects.toMatchObject({ code: 'not_found' })
})
