import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ConsoleClient, consoleContract } from '../../../contract/console/index.ts'
import { ALL_RUNS } from '../../../contract/shapes/run-page.ts'
import { connect } from '../../../contract/wire/client.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { type TwoWorkspaces, twoWorkspaces } from '../../../test/two-workspaces.ts'

let open: AsyncDisposableStack
let world: TwoWorkspaces

beforeEach(async () => {
  open = new AsyncDisposableStack()
  world = open.use(await twoWorkspaces(open.use(temporaryDirectory()).path))
})
afterEach(() => open.disposeAsync())

const newcomer = (): ConsoleClient => connect(consoleContract, world.world.serveAs('admin'))
const conflict = (what: string, detail: string) => ({ code: 'conflict', data: { what, detail } })

// @security Roles and workspaces: Lists hold what is of the caller’s workspace and nothing else.
test('lists have what is of the caller’s workspace and nothing else', async () => {
  for (const [one, other] of [
    [world.own, world.foreign],
    [world.foreign, world.own],
  ] as const) {
    const { client } = one
    expect((await client.hosts.list(undefined)).map(({ id }) => id)).toEqual([one.hostId])
    const { total, runs } = await client.runs.page({ ...ALL_RUNS, offset: 0, limit: 10 })
    expect(total).toBe(1)
    expect(runs).toMatchObject([{ hostId: one.hostId, run: { id: one.run.id } }])
    const entries = await client.audit.recent({ hostId: null, limit: 100 })
    expect(entries.length).toBeGreaterThan(1)
    expect(JSON.stringify(entries)).not.toContain(other.hostId)
    expect((await client.system.info(undefined)).workspace.id).toBe(one.workspaceId)
  }
  expect(await world.own.client.workspaces.list(undefined)).toMatchObject([
    { name: 'Other tenant', color: 'plum', hosts: 1 },
    { name: 'This computer', color: 'teal', hosts: 1 },
  ])
})

test('a search everywhere looks through the caller’s workspace alone', async () => {
  const { own, foreign } = world
  const pattern = { kind: 'text', text: 'a', ignoreCase: true } as const
  const query = { pattern, types: null, limit: 10, scope: { kind: 'everywhere' } } as const
  const any = { size: { least: null, most: null }, modified: { from: null, until: null } }
  const asked = new Set<string>()
  for await (const { hostId } of await own.client.search.find({ ...query, ...any })) asked.add(hostId)
  expect([...asked]).toEqual([own.hostId])
  expect(foreign.double.calls).not.toContain('search.find')
})

test('who watches hosts is told of those of the workspace, not of another one’s', async () => {
  const { own, foreign } = world
  const stop = new AbortController()
  const told: string[] = []
  const watching = (async () => {
    for await (const { hosts, gone } of await own.client.hosts.watch(undefined, { signal: stop.signal })) {
      told.push(...hosts.map(({ id, name }) => `${id} ${name}`), ...gone)
    }
  })().catch(() => undefined)
  await expect.poll(() => told).toHaveLength(1)
  const rename = { labels: null, pinned: null }
  await foreign.client.hosts.change({ hostId: foreign.hostId, name: 'elsewhere', ...rename })
  await foreign.client.hosts.remove({ hostId: foreign.hostId, typed: 'elsewhere' })
  await own.client.hosts.change({ hostId: own.hostId, name: 'renamed', ...rename })
  await expect.poll(() => told.at(-1)).toBe(`${own.hostId} renamed`)
  expect(new Set(told.map((line) => line.split(' ')[0]))).toEqual(new Set([own.hostId]))
  stop.abort()
  await watching
})

test('who watches the audit is told what was done in the workspace, not in another one', async () => {
  const { own, foreign } = world
  const stop = new AbortController()
  const stream = await own.client.audit.watch({ hostId: null, limit: 100 }, { signal: stop.signal })
  await foreign.client.repositories.createSample({ hostId: foreign.hostId, requestKey: randomUUID() })
  await own.client.repositories.createSample({ hostId: own.hostId, requestKey: randomUUID() })
  for await (const entries of stream) {
    expect(JSON.stringify(entries)).not.toContain(foreign.hostId)
    if (entries.filter(({ action }) => action === 'host.sample').length === 2) break
  }
  stop.abort()
})

test('this computer’s folders are opened from the workspace that it is in alone', async () => {
  const { own, foreign } = world
  world.world.shell.openFolder = async () => true
  const forbidden = { code: 'forbidden', data: { needs: 'workspace' } }
  await expect(foreign.client.system.openRunFolder({ runId: 'nowhere' })).rejects.toMatchObject(forbidden)
  await expect(own.client.system.openRunFolder({ runId: 'nowhere' })).rejects.toMatchObject({ code: 'not_found' })
})

test('a connection that enters none works in the one that was entered last, and stays there', async () => {
  const { own, foreign, clientIn } = world
  const idOf = async (client: ConsoleClient) => (await client.system.info(undefined)).workspace.id
  const first = newcomer()
  expect(await idOf(first)).toBe(foreign.workspaceId)
  await clientIn(own.workspaceId, 'viewer')
  expect(await idOf(newcomer())).toBe(own.workspaceId)
  expect(await idOf(first)).toBe(foreign.workspaceId)
})

test('a connection works in one workspace for as long as it lives', async () => {
  const { own, foreign } = world
  const client = newcomer()
  expect(await client.workspaces.enter({ workspaceId: own.workspaceId })).toMatchObject({ name: 'This computer' })
  expect(await client.workspaces.enter({ workspaceId: own.workspaceId })).toMatchObject({ name: 'This computer' })
  const other = client.workspaces.enter({ workspaceId: foreign.workspaceId })
  await expect(other).rejects.toMatchObject(conflict('workspace_entered', 'This computer'))
  await expect(newcomer().workspaces.enter({ workspaceId: 'nowhere' })).rejects.toMatchObject({ code: 'not_found' })
})

test('a workspace is made, renamed and painted, and its name is its own', async () => {
  const { client, workspaceId } = world.own
  const watched = await client.workspaces.watch(undefined)
  const made = await client.workspaces.create({ name: ' Clinics ', color: 'blue' })
  expect(made).toMatchObject({ name: 'Clinics', color: 'blue' })
  const same = client.workspaces.create({ name: 'CLINICS', color: 'red' })
  await expect(same).rejects.toMatchObject(conflict('workspace_exists', 'Clinics'))
  const taken = client.workspaces.change({ workspaceId: made.id, name: 'other tenant', color: null })
  await expect(taken).rejects.toMatchObject(conflict('workspace_exists', 'Other tenant'))
  await client.workspaces.change({ workspaceId, name: 'Ours', color: null })
  await client.workspaces.change({ workspaceId, name: 'ours', color: 'olive' })
  expect((await client.system.info(undefined)).workspace).toMatchObject({ name: 'ours', color: 'olive' })
  for await (const list of watched) if (list.some(({ name }) => name === 'ours')) break
  const entries = await client.audit.recent({ hostId: null, limit: 5 })
  expect(entries.map(({ action, outcome, summary }) => `${action} ${outcome}: ${summary}`)).toEqual([
    'workspace.change done: Ours: now ours, in olive',
    'workspace.change done: This computer: now Ours',
    'workspace.change refused: Clinics: now other tenant (workspace_exists)',
    'workspace.change refused: CLINICS made (workspace_exists)',
    'workspace.change done: Clinics made',
  ])
})

test('only an empty workspace is removed, by its name, and not under anybody’s feet', async () => {
  const { own, foreign } = world
  const { client } = own
  const remove = (workspaceId: string, typed: string) => client.workspaces.remove({ workspaceId, typed })
  await expect(remove(own.workspaceId, 'This computer')).rejects.toMatchObject(
    conflict('workspace_entered', 'This computer'),
  )
  await expect(remove(foreign.workspaceId, 'other')).rejects.toMatchObject(
    conflict('wrong_workspace_name', 'Other tenant'),
  )
  await expect(remove(foreign.workspaceId, 'Other tenant')).rejects.toMatchObject(
    conflict('workspace_not_empty', 'Other tenant'),
  )
  await foreign.client.hosts.remove({ hostId: foreign.hostId, typed: 'far' })
  await remove(foreign.workspaceId, 'Other tenant')
  expect(await client.workspaces.list(undefined)).toHaveLength(1)
  await expect(remove(foreign.workspaceId, 'Other tenant')).rejects.toMatchObject({ code: 'not_found' })
  // Nobody begins there, and whoever is there sees that nothing is left.
  expect((await newcomer().system.info(undefined)).workspace.id).toBe(own.workspaceId)
  expect(await foreign.client.hosts.list(undefined)).toEqual([])
})

test('what another workspace has is in nobody’s reach by adding it once more', async () => {
  const { own, foreign } = world
  const again = own.client.hosts.addThroughSsh({ destination: 'far', name: '' })
  await expect(again).rejects.toMatchObject({ code: 'forbidden', data: { needs: 'workspace' } })
  // By another way to the same agent.
  const around = own.client.hosts.addThroughSsh({ destination: 'around', name: '' })
  await expect(around).rejects.toMatchObject({ code: 'forbidden', data: { needs: 'workspace' } })
  const entries = await own.client.audit.recent({ hostId: null, limit: 100 })
  expect(entries.filter(({ hostId }) => hostId === foreign.hostId).map(({ summary }) => summary)).toEqual([
    'hosts.enrol (workspace)',
    'hosts.addThroughSsh (workspace)',
  ])
})
