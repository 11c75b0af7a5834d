import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentClient } from '../contract/agent/index.ts'
import type { RestoreRequest } from '../contract/shapes/restore.ts'
import type { Run, RunEvent } from '../contract/shapes/run.ts'
import { makeRepository, requireTool, restic } from '../test/restic.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { agentWorld } from './testing/agent-world.ts'
import { restoreOf } from './testing/restore-request.ts'
import { settleWorkspace } from './trust/workspace.ts'

const PASSWORD = 'correct horse'
const FILES = {
  'etc/hosts': '127.0.0.1 localhost\n',
  'etc/motd': 'Hello\n',
  'srv/big.bin': new Uint8Array(300_000).fill(7),
}

async function follow(client: AgentClient, run: Run): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of await client.run.follow({ runId: run.id })) events.push(event)
  return events
}

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function worldWithRepository(directory: string) {
  const { repository, snapshotId, treeId, source } = await makeRepository({ directory, files: FILES })
  const world = await agentWorld(directory, { resticCandidates: [restic().path] })
  const { url } = repository.access
  const access = { url, username: '', serverPassword: '', password: PASSWORD }
  const added = await world.client.repository.add({ name: '', access })
  return { ...world, added, access, snapshotId, treeId, source }
}

requireTool('restic')('an agent with a real restic', () => {
  test('hello says who the agent is and what was granted, and refuses another protocol', async () => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    expect(await world.client.host.hello({ protocol: 1 })).toMatchObject({
      protocol: 1,
      restic: { path: restic().path, version: restic().version },
      stagingRoot: join(directory.path, 'staging'),
      agentId: world.agent.id,
      granted: { role: 'admin', permissions: ['read-contents'], workspace: null },
    })
    settleWorkspace(world.agent.trust.journal, 'ops')
    expect(await world.as('viewer', []).host.hello({ protocol: 1 })).toMatchObject({
      granted: { role: 'viewer', permissions: [], workspace: 'ops' },
    })
    expect(await world.client.host.ping()).toEqual({})
    await expect(world.client.host.hello({ protocol: 2 })).rejects.toMatchObject({
      code: 'version_mismatch',
      data: { ours: '1', theirs: '2' },
    })
  })

  test('a host without restic says so, and what needs it is refused', async () => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [join(directory.path, 'restic')] })
    expect(await world.client.host.hello({ protocol: 1 })).toMatchObject({ restic: null, resticFound: null })
    await expect(world.client.repository.createSample({ requestKey: randomUUID() })).rejects.toMatchObject({
      code: 'tool_missing',
      data: { tool: 'restic', wanted: '0.17.1', found: null },
    })
    expect((await world.client.audit.list({ limit: 9 })).entries).toMatchObject([{ outcome: 'refused' }])
  })

  test('restic may be installed, moved and removed while the agent runs', async () => {
    await using directory = temporaryDirectory()
    const place = join(directory.path, 'restic')
    await using world = await agentWorld(directory.path, { resticCandidates: [place] })
    const access = { url: join(directory.path, 'none'), username: '', serverPassword: '', password: PASSWORD }
    const probe = () => world.client.repository.test(access)
    await expect(probe()).rejects.toMatchObject({ code: 'tool_missing' })
    symlinkSync(restic().path, place)
    await expect(probe()).rejects.toMatchObject({ code: 'repository_not_initialised' })
    rmSync(place)
    await expect(probe()).rejects.toMatchObject({ code: 'tool_missing' })
  })

  test('a repository is added, browsed, restored from; the run is followed and audited', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithRepository(directory.path)
    const { client, added, snapshotId, treeId } = world
    expect(added).toMatchObject({ name: 'repository', hasPassword: true, username: null, sample: false })
    expect(JSON.stringify(await client.repository.list())).not.toContain(PASSWORD)

    const repositoryId = added.id
    const snapshots = await client.snapshot.list({ repositoryId })
    expect(snapshots).toMatchObject({ id: [snapshotId], treeId: [treeId], files: [3] })
    const page = await client.tree.list({ repositoryId, treeId, offset: 1, limit: 5 })
    expect(page).toMatchObject({ total: 2, offset: 1, nodes: { name: ['srv'], type: ['dir'] } })

    const request = restoreOf({ repositoryId, snapshotId }, { include: ['/etc', '/srv'], exclude: ['/etc/motd'] })
    const plan = await client.restore.plan({ request })
    expect(plan).toMatchObject({
      files: 2,
      targetPath: join(directory.path, 'staging', '<run-id>'),
      fresh: true,
      lockedBy: null,
      secondsExpected: null,
      totals: { create: { items: 4 }, delete: { items: 0 } },
      follows: null,
    })
    const wanted = { hash: plan.hash, actions: null, text: '', offset: 0, limit: 9 }
    const { items } = await client.restore.planItems(wanted)
    expect(items.path).toEqual(['/etc', '/etc/hosts', '/srv', '/srv/big.bin'])
    expect(readdirSync(directory.path)).not.toContain('staging')

    const requestKey = randomUUID()
    const start = { request, planHash: plan.hash, requestKey }
    const run = await client.restore.start(start)
    const events = await follow(client, run)
    const ended = await client.run.get({ runId: run.id })
    expect(ended).toMatchObject({
      state: 'succeeded',
      startedBy: 'admin@desk',
      fault: null,
      counts: { restored: 4, failed: 0 },
      progress: { filesTotal: 2 },
    })
    expect(events.at(-1)).toMatchObject({ type: 'state', run: { state: 'succeeded' } })
    expect(ended.subject).toMatchObject({ planHash: plan.hash })
    const target = join(directory.path, 'staging', run.id)
    expect(readFileSync(join(target, 'etc/hosts'), 'utf8')).toBe(FILES['etc/hosts'])
    expect(readFileSync(join(target, 'srv/big.bin')).equals(FILES['srv/big.bin'])).toBe(true)
    expect(readdirSync(join(target, 'etc'))).toEqual(['hosts'])

    const ledger = await client.run.ledger({ runId: run.id, action: null, text: '', offset: 0, limit: 10 })
    expect(ledger).toMatchObject({ total: 4, items: { path: items.path, type: ['dir', 'file', 'dir', 'file'] } })
    expect(new Set(ledger.items.action)).toEqual(new Set(['restored']))

    expect(await client.restore.start(start)).toEqual(ended)
    const { entries, chainIntact } = await client.audit.list({ limit: 10 })
    expect(chainIntact).toBe(true)
    expect(entries).toMatchObject([
      {
        action: 'host.restore',
        actor: 'admin@desk',
        origin: 'a test',
        outcome: 'succeeded',
        files: 2,
        runId: run.id,
        requestKey,
        snapshotId,
        targetPath: target,
        planHash: plan.hash,
        proof: { counts: ended.counts, restic: restic().version, agent: '0.0.0-test', safetySnapshot: null },
        summary: '/etc, /srv, without /etc/motd, to a staging folder',
      },
      { action: 'repository.add', outcome: 'done' },
    ])
    const left = filesBelow(join(directory.path, 'data')).filter((file) => readFileSync(file).includes(PASSWORD))
    expect(left).toEqual([])
  })

  test('what cannot be restored is refused before a run begins, and the refusal is audited', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithRepository(directory.path)
    const { client, added, snapshotId, source } = world
    const from = { repositoryId: added.id, snapshotId }
    const start = (request: RestoreRequest, planHash: string | null = null) =>
      client.restore.start({ request, planHash, requestKey: randomUUID() })
    await expect(start(restoreOf({ ...from, repositoryId: 'none' }))).rejects.toMatchObject({ code: 'not_found' })
    await expect(start(restoreOf({ ...from, snapshotId: '0'.repeat(64) }))).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'snapshot' },
    })
    await expect(start(restoreOf(from, { include: ['/etc/nowhere'] }))).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'path' },
    })
    await expect(start(restoreOf(from, { target: { kind: 'path', path: source } }))).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'plan_needed' },
    })
    await expect(start({ kind: 'resume', runId: 'none' })).rejects.toMatchObject({
      code: 'not_found',
      data: { what: 'run' },
    })
    await expect(start(restoreOf(from), 'f00d')).rejects.toMatchObject({
      code: 'plan_drifted',
      data: { added: null, changed: null, removed: null },
    })
    expect(await client.run.list({ limit: 9 })).toEqual([])
    const { entries } = await client.audit.list({ limit: 9 })
    expect(entries.map(({ outcome }) => outcome)).toEqual([...Array<string>(6).fill('refused'), 'done'])
    expect(entries[0]).toMatchObject({ planHash: 'f00d', summary: expect.stringContaining('(refused: plan_drifted)') })
  })

  test('the same repository is not added twice, and one that is removed is forgotten with its secrets', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithRepository(directory.path)
    const { client, added, access } = world
    await expect(
      client.repository.add({ name: 'again', access: { ...access, url: `${access.url}/` } }),
    ).rejects.toMatchObject({ code: 'conflict', data: { what: 'repository_exists', detail: 'repository' } })
    await client.repository.remove({ repositoryId: added.id })
    expect(await client.repository.list()).toEqual([])
    await expect(client.snapshot.list({ repositoryId: added.id })).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.repository.remove({ repositoryId: added.id })).rejects.toMatchObject({ code: 'not_found' })
    expect((await client.repository.add({ name: 'again', access })).name).toBe('again')
  })

  // @security Secrets: Credentials in a pasted repository address are taken out of it and shown to nobody.
  test('credentials in a pasted URL are taken out of it and shown to nobody', async () => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const access = {
      url: `rest:http://ada:hunter2@127.0.0.1:${await closedPort()}/ada/`,
      username: '',
      serverPassword: '',
      password: PASSWORD,
    }
    const added = await world.client.repository.add({ name: '', access })
    expect(added).toMatchObject({ name: 'ada', username: 'ada', url: expect.not.stringContaining('hunter2') })
    await expect(world.client.repository.test(access)).rejects.toMatchObject({ code: 'unreachable' })
    const seen = JSON.stringify([
      await world.client.repository.list(),
      await world.client.audit.list({ limit: 9 }),
      world.log,
    ])
    expect(seen).not.toMatch(/hunter2|correct horse/)
  })

  test('a relative path is no repository', async () => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const access = { url: 'backups/one', username: '', serverPassword: '', password: PASSWORD }
    await expect(world.client.repository.add({ name: '', access })).rejects.toMatchObject({
      code: 'invalid_input',
      data: { issues: [{ path: ['access', 'url'] }] },
    })
  })

  test('a repository that is not there yet is created by a run; one that is there is not', async () => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { client } = world
    const access = { url: join(directory.path, 'fresh'), username: '', serverPassword: '', password: PASSWORD }
    const { id: repositoryId } = await client.repository.add({ name: '', access })
    const run = await client.repository.initialise({ repositoryId, requestKey: randomUUID(), again: null })
    await follow(client, run)
    expect(await client.run.get({ runId: run.id })).toMatchObject({ state: 'succeeded', subject: { kind: 'init' } })
    expect(await client.repository.test(access)).toMatchObject({ snapshots: 0 })
    await expect(
      client.repository.initialise({ repositoryId, requestKey: randomUUID(), again: null }),
    ).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'repository_exists' },
    })
  })

  test('a sample that is cancelled leaves nothing, and can be made afterwards', async () => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { client } = world
    const run = await client.repository.createSample({ requestKey: randomUUID() })
    for await (const event of await client.run.follow({ runId: run.id })) if (event.type === 'log') break
    expect(await client.run.cancel({ runId: run.id, when: 'now' })).toMatchObject({
      state: 'cancelled',
      remark: 'It was cancelled. Nothing of the sample is left.',
    })
    expect(await client.repository.list()).toEqual([])
    expect(readdirSync(join(directory.path, 'data'))).not.toContain('sample')
    expect((await client.repository.createSample({ requestKey: randomUUID() })).state).toBe('queued')
  })

  test('the sample is made once, is browsed like any other, and its password is nowhere in the open', async () => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { client } = world
    const run = await client.repository.createSample({ requestKey: randomUUID() })
    // Whoever asks for it while it is being made is given that one.
    expect(await client.repository.createSample({ requestKey: randomUUID() })).toMatchObject({ id: run.id })
    const events = await follow(client, run)
    expect(await client.run.get({ runId: run.id })).toMatchObject({ state: 'succeeded', subject: { sample: true } })
    expect(events.filter(({ type }) => type === 'log').length).toBeGreaterThan(2)

    const resumed: number[] = []
    for await (const event of await client.run.follow({ runId: run.id }, { lastEventId: '3' }))
      resumed.push(event.sequence)
    expect(resumed).toEqual(events.slice(3).map(({ sequence }) => sequence))

    const [sample] = await client.repository.list()
    expect(sample).toMatchObject({ id: run.repositoryId, sample: true, hasPassword: true })
    const snapshots = await client.snapshot.list({ repositoryId: run.repositoryId })
    expect(snapshots.id.length).toBeGreaterThan(3)
    await expect(client.repository.createSample({ requestKey: randomUUID() })).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'repository_exists' },
    })
    expect(readdirSync(join(directory.path, 'data', 'sample'))).toEqual(['repository'])
  })
})
