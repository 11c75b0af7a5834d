import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

let open: AsyncDisposableStack
let double: AgentDouble
let world: ConsoleOverDouble
let repositoryId: string

beforeEach(async () => {
  open = new AsyncDisposableStack()
  double = new AgentDouble()
  repositoryId = double.addRepository('data').id
  world = open.use(await consoleOverDouble(double, open.use(temporaryDirectory()).path))
  // Whoever asks while the first connection is made waits for it.
  await world.client.runs.get({ hostId: world.hostId, runId: 'none' }).catch(() => undefined)
})
afterEach(() => open.disposeAsync())

const last = async () => (await world.client.audit.recent({ hostId: world.hostId, limit: 1 }))[0]
const shown = async () => (await world.client.hosts.get({ hostId: world.hostId })).repositories[0]

test('other credentials are passed on, kept nowhere, and told of without what they are', async () => {
  const { client, hostId } = world
  const change = {
    repositoryId,
    name: 'archive',
    username: null,
    serverPassword: 'tr0mbone',
    password: 'correct horse',
  }
  expect(await client.repositories.change({ hostId, ...change })).toMatchObject({ name: 'archive' })
  expect(await shown()).toMatchObject({ name: 'archive' })
  expect(await last()).toMatchObject({
    action: 'repository.change',
    repositoryId,
    outcome: 'done',
    summary: 'data: the name, now archive, the server’s password, the password',
  })
})

test('a backup is started once it is said what it takes, under one request key', async () => {
  const { client, hostId } = world
  const requestKey = randomUUID()
  const start = () => client.repositories.backUp({ hostId, repositoryId, requestKey })
  await expect(start()).rejects.toMatchObject({ code: 'conflict', data: { what: 'nothing_to_back_up' } })
  const backup = { paths: ['/etc'], exclude: ['*.tmp'] }
  await client.repositories.setBackup({ hostId, repositoryId, backup })
  expect(await shown()).toMatchObject({ backup })
  const run = await start()
  expect(run.subject).toEqual({ kind: 'backup', ...backup, snapshotId: null })
  expect((await start()).id).toBe(run.id)
  expect(await last()).toMatchObject({ action: 'host.backup', outcome: 'pending', runId: run.id, summary: 'data' })
  double.change(run.id, { state: 'succeeded', endedAt: '2026-11-21T03:00:00.000Z' })
  await expect.poll(async () => (await last())?.outcome).toBe('succeeded')
})

test('to create a repository anew, the host’s own name is typed, and why stands in the audit', async () => {
  const { client, hostId } = world
  const order = { hostId, repositoryId, requestKey: randomUUID() }
  const again = (hostname: string) => ({ hostname, reason: 'The disk was replaced.' })
  await expect(client.repositories.initialise({ ...order, again: again('there') })).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'wrong_host_name', detail: 'here' },
  })
  expect(double.calls).not.toContain('repository.initialise')
  const run = await client.repositories.initialise({ ...order, again: again('here') })
  expect(await last()).toMatchObject({ runId: run.id, summary: 'data, anew: The disk was replaced.' })
})
