import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { ALL_RUNS } from '../../../contract/shapes/run-page.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import { newRestore } from '../../../test/restore-request.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { LinkFailure } from './index.ts'

const DESTINATION = 'root@db-01'

let open: AsyncDisposableStack
let directory: string
let keychain: ReturnType<typeof keychainInMemory>
/** What answers through ssh. */
let far: AgentDouble
let sshFails: LinkFailure | null

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  keychain = keychainInMemory()
  far = new AgentDouble()
  sshFails = null
})
afterEach(() => open.disposeAsync())

/** A console whose other hosts are reached by an ssh that is a double's. */
async function begin(): Promise<ConsoleOverDouble> {
  const dialSsh = async () => {
    if (sshFails !== null) throw sshFails
    return far.dial()
  }
  return open.use(await consoleOverDouble(new AgentDouble(), directory, keychain, { dialSsh }))
}

async function added(client: ConsoleClient): Promise<string> {
  const { id } = await client.hosts.addThroughSsh({ destination: DESTINATION, name: 'db-01' })
  return id
}

const recent = (client: ConsoleClient) => client.audit.recent({ hostId: null, limit: 10 })

test('a host is added through ssh, is connected, and stands in the audit', async () => {
  const { client } = await begin()
  const host = await client.hosts.addThroughSsh({ destination: DESTINATION, name: '' })
  expect(host).toMatchObject({
    name: 'here',
    local: false,
    door: { kind: 'ssh', destination: DESTINATION },
    link: { state: 'connected' },
    agent: { agentId: far.agentId },
  })
  expect(await recent(client)).toMatchObject([
    { action: 'host.enrol', hostId: host.id, outcome: 'done', summary: `${DESTINATION} through ssh` },
  ])
})

test('what is in the way of ssh is said, and nothing is kept', async () => {
  const { client } = await begin()
  const add = () => client.hosts.addThroughSsh({ destination: DESTINATION, name: '' })
  sshFails = new LinkFailure('no_ssh', { reason: 'none' })
  await expect(add()).rejects.toMatchObject({ code: 'tool_missing', data: { tool: 'ssh' } })
  sshFails = new LinkFailure('not_admitted', { reason: 'Permission denied (publickey).' })
  await expect(add()).rejects.toMatchObject({
    code: 'unreachable',
    data: { host: DESTINATION, reason: 'Permission denied (publickey).' },
  })
  sshFails = null
  far.refusals.set('host.hello', new Fault('version_mismatch', { ours: '1', theirs: '2' }))
  await expect(add()).rejects.toMatchObject({ code: 'version_mismatch' })
  expect(await client.hosts.list(undefined)).toHaveLength(1)
  expect((await recent(client)).map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused'])
})

test.each(['-oProxyCommand=id', 'a b', 'host;id', ''])('%j is no destination', async (destination) => {
  const { client } = await begin()
  await expect(client.hosts.addThroughSsh({ destination, name: '' })).rejects.toMatchObject({ code: 'invalid_input' })
})

test('the same host is not added twice, by whatever name', async () => {
  const { client } = await begin()
  await added(client)
  for (const destination of [DESTINATION, 'root@10.0.0.7']) {
    await expect(client.hosts.addThroughSsh({ destination, name: '' })).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'host_exists', detail: 'db-01' },
    })
  }
})

test('hosts, and what was said of them, outlive a restart', async () => {
  const first = await begin()
  const id = await added(first.client)
  far.addRepository('data')
  far.news = {
    lastSnapshots: [
      {
        repositoryId: 'r',
        snapshotId: 'a'.repeat(64),
        time: '2026-11-20T23:30:00-05:00',
        at: '2026-11-21T05:00:00.000Z',
      },
      { repositoryId: 's', snapshotId: 'b'.repeat(64), time: '2026-11-21T02:00:00Z', at: '2026-11-21T05:00:00.000Z' },
    ],
  }
  far.tell()
  await expect
    .poll(async () => (await first.client.hosts.get({ hostId: id })).lastSnapshotAt)
    .toMatch(/^2026-11-20T23:30/)
  await first.client.hosts.change({ hostId: id, name: 'db-01 (prod)', labels: ['prod', 'prod', 'eu'], pinned: true })
  await first[Symbol.asyncDispose]()

  sshFails = new LinkFailure('unreachable', { reason: 'No route to host' })
  const second = await begin()
  await expect.poll(async () => (await second.client.hosts.get({ hostId: id })).link.state).toBe('unreachable')
  await expect.poll(async () => (await second.client.hosts.get({ hostId: id })).agent).not.toBeNull()
  expect(await second.client.hosts.get({ hostId: id })).toMatchObject({
    name: 'db-01 (prod)',
    labels: ['prod', 'eu'],
    pinned: true,
    lastSnapshotAt: '2026-11-20T23:30:00-05:00',
    link: { reason: 'No route to host', lastSeenAt: expect.any(String) },
  })
  await expect(second.client.runs.get({ hostId: id, runId: 'x' })).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: expect.stringMatching(/^No route to host\. Last seen \d{4}-/) },
  })
  sshFails = null
  await second.client.hosts.reach({ hostId: id })
  await expect.poll(async () => (await second.client.hosts.get({ hostId: id })).link.state).toBe('connected')
})

test('this computer keeps the name that it was given', async () => {
  const first = await begin()
  await first.client.hosts.change({ hostId: first.hostId, name: 'my desk', labels: null, pinned: null })
  await first[Symbol.asyncDispose]()
  const { client, hostId } = await begin()
  expect(await client.hosts.get({ hostId })).toMatchObject({ name: 'my desk', local: true, door: { kind: 'local' } })
})

test('another agent behind the same name is not taken for the host', async () => {
  const { client } = await begin()
  const hostId = await added(client)
  const impostor = new AgentDouble()
  const real = far
  far = impostor
  real.cut('the connection broke')
  await expect.poll(async () => (await client.hosts.get({ hostId })).link.state).toBe('refused')
  expect((await client.hosts.get({ hostId })).link.reason).toMatch(/^Another agent answers/)
  expect(impostor.calls).not.toContain('run.list')
})

test('a host is forgotten when its name was typed, with all that was kept of it', async () => {
  const { client } = await begin()
  const hostId = await added(client)
  const stream = await client.hosts.watch(undefined)
  await stream.next()
  const run = await client.restores.start({
    hostId,
    requestKey: randomUUID(),
    request: newRestore('b'.repeat(64)),
    planHash: null,
  })
  const following = (async () => {
    for await (const _ of await client.runs.follow({ hostId, runId: run.id }))
      sshFails = new LinkFailure('unreachable', { reason: 'gone' })
  })()
  await expect.poll(() => sshFails).not.toBeNull()
  await expect(client.hosts.remove({ hostId, typed: 'db-1' })).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'wrong_host_name', detail: 'db-01' },
  })
  await client.hosts.remove({ hostId, typed: 'db-01' })
  await expect(following).rejects.toMatchObject({ code: 'not_found' })
  await expect(client.hosts.get({ hostId })).rejects.toMatchObject({ code: 'not_found' })
  for await (const { gone } of stream) if (gone.includes(hostId)) break
  expect((await client.runs.page({ ...ALL_RUNS, offset: 0, limit: 10 })).total).toBe(0)
  expect((await recent(client))[0]).toMatchObject({ action: 'host.remove', hostId, outcome: 'done', summary: 'db-01' })
})

test('this computer cannot be forgotten', async () => {
  const { client, hostId } = await begin()
  const { name } = await client.hosts.get({ hostId })
  await expect(client.hosts.remove({ hostId, typed: name })).rejects.toMatchObject({ code: 'forbidden' })
})

test('a watcher that is slower than the changes sees the last of them', async () => {
  const { client } = await begin()
  const hostId = await added(client)
  const stream = await client.hosts.watch(undefined)
  await stream.next()
  for (const label of ['a', 'b', 'c']) await client.hosts.change({ hostId, name: null, labels: [label], pinned: null })
  const told: string[][] = []
  for await (const { hosts } of stream) {
    told.push(...hosts.filter(({ id }) => id === hostId).map(({ labels }) => labels))
    if (told.at(-1)?.[0] === 'c') break
  }
  expect(told.at(-1)).toEqual(['c'])
})

test('what could not be written down when it was told is caught up with, and what comes after it is heard', async () => {
  const { client } = await begin()
  const hostId = await added(client)
  const { id: repositoryId } = far.addRepository('main')
  const start = { hostId, request: newRestore('a'.repeat(64), { repositoryId }), planHash: null }
  const { id: runId } = await client.restores.start({ ...start, requestKey: randomUUID() })
  const states = async () => {
    const { runs } = await client.runs.page({ ...ALL_RUNS, offset: 0, limit: 10 })
    return runs.map(({ run }) => run.state)
  }
  await expect.poll(states).toEqual(['running'])
  const other = open.adopt(new SqliteDatabase(join(directory, 'console.db')), (database) => void database.close())
  other.exec('BEGIN IMMEDIATE')
  far.change(runId, { state: 'succeeded', endedAt: '2026-11-21T02:01:00.000Z' })
  // As long as the console waits for another to let it write.
  await pause(6000)
  other.exec('ROLLBACK')
  await expect.poll(states, { timeout: 10_000 }).toEqual(['succeeded'])
  far.runs.delete(runId)
  await client.restores.start({ ...start, requestKey: randomUUID() })
  await expect.poll(states, { timeout: 10_000 }).toEqual(['running', 'succeeded'])
})
