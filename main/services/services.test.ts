import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type ConsoleClient, consoleContract } from '../../contract/console/index.ts'
import { Fault } from '../../contract/errors.ts'
import type { HostView } from '../../contract/shapes/host.ts'
import type { RunEvent } from '../../contract/shapes/run.ts'
import { ALL_RUNS } from '../../contract/shapes/run-page.ts'
import { connect } from '../../contract/wire/client.ts'
import { ConnectionLost } from '../../contract/wire/port.ts'
import { AgentDouble } from '../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../../test/console-over-double.ts'
import { newRestore } from '../../test/restore-request.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

const stack = new AsyncDisposableStack()
let open = stack
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

async function world(double = new AgentDouble(), directory = open.use(temporaryDirectory()).path) {
  const world = open.use(await consoleOverDouble(double, directory))
  await connected(world)
  return world
}

async function connected({ client, hostId }: ConsoleOverDouble): Promise<HostView> {
  await expect.poll(async () => (await client.hosts.get({ hostId })).link.state).toBe('connected')
  return client.hosts.get({ hostId })
}

function restoreOn(hostId: string, requestKey: string = randomUUID()) {
  const include = ['/etc/a', '/etc/b', '/etc/c', '/etc/caf\udce9']
  return { hostId, requestKey, request: newRestore('b'.repeat(64), { include }), planHash: null }
}

const recent = (client: ConsoleClient) => client.audit.recent({ hostId: null, limit: 100 })

test('this computer is a host like the others, with what its agent says', async () => {
  const { client, hostId } = await world()
  const [host, ...others] = await client.hosts.list(undefined)
  expect(others).toEqual([])
  expect(host).toMatchObject({ id: hostId, local: true, agent: { restic: { version: '0.18.0' } }, activeRun: null })
})

// @security Audit: A restore is in the console’s audit before its host has it.
test('the audit has a restore before the host has it', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const seen: unknown[] = []
  double.beforeStart = async () => {
    seen.push(...(await recent(client)))
  }
  const run = await client.restores.start(restoreOn(hostId))
  expect(seen).toMatchObject([{ action: 'host.restore', outcome: 'pending', runId: null }])
  expect(await recent(client)).toMatchObject([
    { runId: run.id, outcome: 'pending', summary: '/etc/a, /etc/b, /etc/c and 1 more', origin: 'a test' },
  ])
})

test('the entry is completed with the outcome when the run ends', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const run = await client.restores.start(restoreOn(hostId))
  double.change(run.id, { state: 'partial', endedAt: '2026-11-21T03:00:00.000Z' })
  await expect.poll(async () => (await recent(client))[0]?.outcome).toBe('partial')
  const host = await client.hosts.get({ hostId })
  expect(host.activeRun).toBeNull()
  expect(host.lastRestore).toMatchObject({ outcome: 'partial', endedAt: '2026-11-21T03:00:00.000Z' })
})

test('a refusal is kept, with its code', async () => {
  const { client, hostId } = await world()
  const first = await client.restores.start(restoreOn(hostId))
  const refused = client.restores.start(restoreOn(hostId))
  await expect(refused).rejects.toMatchObject({ code: 'host_busy', data: { runId: first.id } })
  expect(await recent(client)).toMatchObject([
    { outcome: 'refused', summary: expect.stringContaining('host_busy') },
    { outcome: 'pending' },
  ])
})

// @security Restores: A start that is sent twice by a console is one run and one entry of the audit.
test('the same request key gives the same run and no second entry', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const restore = restoreOn(hostId)
  const first = await client.restores.start(restore)
  expect(await client.restores.start(restore)).toEqual(first)
  double.change(first.id, { state: 'succeeded', endedAt: '2026-11-21T03:00:00.000Z' })
  expect((await client.restores.start(restore)).id).toBe(first.id)
  expect(await recent(client)).toMatchObject([{ outcome: 'succeeded', runId: first.id }])
})

test('a start whose answer was lost is found again by its request key', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  double.cutAfterStart = true
  await expect(client.restores.start(restoreOn(hostId))).rejects.toMatchObject({ code: 'unreachable' })
  await expect.poll(async () => (await recent(client))[0]?.runId).toBe([...double.runs.keys()][0])
})

test('a start that never reached the host is settled as refused', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  double.beforeStart = async () => {
    double.beforeStart = async () => undefined
    double.cut('cut before it began')
    await pause(10)
    throw new Fault('cancelled', {})
  }
  await expect(client.restores.start(restoreOn(hostId))).rejects.toMatchObject({ code: 'unreachable' })
  await expect.poll(async () => (await recent(client))[0]?.outcome).toBe('refused')
  expect(double.runs.size).toBe(0)
})

test('a run that goes on while the console is away is caught up with', async () => {
  const double = new AgentDouble()
  const directory = open.use(temporaryDirectory()).path
  const first = await consoleOverDouble(double, directory)
  await connected(first)
  const run = await first.client.restores.start(restoreOn(first.hostId))
  await first[Symbol.asyncDispose]()
  double.change(run.id, { state: 'failed', endedAt: '2026-11-21T03:00:00.000Z' })
  const second = await world(double, directory)
  expect(second.hostId).toBe(first.hostId)
  expect(await recent(second.client)).toMatchObject([{ runId: run.id, outcome: 'failed' }])
})

test('while the agent is away its unfinished run is unknown, and known again after', async () => {
  const double = new AgentDouble()
  const { client, hostId, refuseToDial } = await world(double)
  const { id: runId } = await client.restores.start(restoreOn(hostId))
  refuseToDial('the agent ended with code 1')
  double.cut('crashed')
  await expect
    .poll(async () => (await client.hosts.get({ hostId })).link.reason)
    .toBe('Something unexpected happened: the agent ended with code 1')
  expect((await client.hosts.get({ hostId })).activeRun).toMatchObject({ id: runId, state: 'unknown' })
  expect(await client.runs.get({ hostId, runId })).toMatchObject({ state: 'unknown' })
  expect((await client.runs.page({ ...ALL_RUNS, offset: 0, limit: 9 })).runs).toMatchObject([
    { hostId, run: { state: 'unknown' } },
  ])
  await expect(client.snapshots.list({ hostId, repositoryId: 'r' })).rejects.toMatchObject({ code: 'unreachable' })

  refuseToDial(null)
  await expect.poll(async () => (await client.runs.get({ hostId, runId })).state).toBe('running')
})

test('following a run outlives a lost connection: no gap, no repeat', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const { id: runId } = await client.restores.start(restoreOn(hostId))
  const got: number[] = []
  const reading = (async () => {
    for await (const event of await client.runs.follow({ hostId, runId })) got.push(event.sequence)
  })()
  for (let at = 0; at < 20; at += 1) {
    double.log(runId, `line ${at}`)
    if (at % 6 === 0) double.cut('crashed')
    await pause(5)
  }
  double.change(runId, { state: 'succeeded' })
  await reading
  expect(got).toEqual(Array.from({ length: 22 }, (_, at) => at + 1))
})

test('following goes on after the event id that a page brings', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const { id: runId } = await client.restores.start(restoreOn(hostId))
  double.log(runId, 'two')
  double.change(runId, { state: 'succeeded' })
  const events: RunEvent[] = []
  for await (const event of await client.runs.follow({ hostId, runId }, { lastEventId: '2' })) events.push(event)
  expect(events).toMatchObject([{ sequence: 3, type: 'state' }])
})

test('a page that leaves in the middle of a run is let go, and nobody goes on asking for it', async () => {
  const double = new AgentDouble()
  const { client, hostId, serveAs } = await world(double)
  const { id: runId } = await client.restores.start(restoreOn(hostId))
  const port = serveAs('admin')
  const events = await connect(consoleContract, port).runs.follow({ hostId, runId })
  await events.next()
  const next = events.next()
  port.close('the page left')
  await expect(next).rejects.toBeInstanceOf(ConnectionLost)
  const before = performance.eventLoopUtilization()
  await pause(200)
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
})

test('a cancel is audited and ends the run', async () => {
  const { client, hostId } = await world()
  const { id: runId } = await client.restores.start(restoreOn(hostId))
  expect(await client.runs.cancel({ hostId, runId, when: 'now' })).toMatchObject({ state: 'cancelled' })
  expect(await recent(client)).toMatchObject([
    { action: 'host.cancel', runId, outcome: 'done' },
    { action: 'host.restore', runId, outcome: 'cancelled' },
  ])
})

test('a cancel between two parts says so, to the host and in the audit', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const { id: runId } = await client.restores.start(restoreOn(hostId))
  expect(await client.runs.cancel({ hostId, runId, when: 'between' })).toMatchObject({ state: 'running' })
  expect(await recent(client)).toMatchObject([
    { action: 'host.cancel', summary: 'restore to /var/restic-restore/run, after the part it is at', outcome: 'done' },
    { action: 'host.restore', outcome: 'pending' },
  ])
})

test('a repository that was added or removed is in the host at once, and in the audit', async () => {
  const { client, hostId } = await world()
  const access = { url: '/srv/data', username: '', serverPassword: '', password: 'correct horse' }
  const added = await client.repositories.add({ hostId, name: 'data', access })
  expect((await client.hosts.get({ hostId })).repositories).toMatchObject([{ id: added.id, name: 'data' }])
  await client.repositories.remove({ hostId, repositoryId: added.id })
  expect((await client.hosts.get({ hostId })).repositories).toEqual([])
  const entries = await recent(client)
  expect(entries).toMatchObject([
    { action: 'repository.remove', outcome: 'done', summary: 'data' },
    { action: 'repository.add', outcome: 'done' },
  ])
  expect(JSON.stringify(entries)).not.toContain('correct horse')
})

test('a fault of the agent passes as it is', async () => {
  const { client, hostId } = await world()
  const access = { url: '/srv/data', username: '', serverPassword: '', password: 'wrong' }
  await expect(client.repositories.test({ hostId, ...access })).rejects.toMatchObject({ code: 'wrong_password' })
})

test('a host that is not known is not found', async () => {
  const { client } = await world()
  await expect(client.hosts.get({ hostId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(client.snapshots.list({ hostId: 'nobody', repositoryId: 'r' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('watching hosts: all first, then what changes', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const stream = await client.hosts.watch(undefined)
  expect((await stream.next()).value).toMatchObject({ hosts: [{ id: hostId, activeRun: null }], gone: [] })
  const run = await client.restores.start(restoreOn(hostId))
  for await (const { hosts } of stream) if (hosts[0]?.activeRun?.id === run.id) break
})

test('watching the audit: the list now, and again when it changes', async () => {
  const { client, hostId } = await world()
  const stream = await client.audit.watch({ hostId, limit: 10 })
  expect((await stream.next()).value).toEqual([])
  await client.restores.start(restoreOn(hostId))
  expect((await stream.next()).value).toHaveLength(1)
  await stream.return?.()
})

test('a folder is opened by run, and only where the shell can', async () => {
  const { client, hostId, shell } = await world()
  const { id: runId } = await client.restores.start(restoreOn(hostId))
  await expect(client.system.openRunFolder({ runId })).rejects.toMatchObject({ code: 'forbidden' })
  const opened: string[] = []
  shell.openFolder = async (path) => opened.push(path) === 1
  await client.system.openRunFolder({ runId })
  expect(opened).toEqual(['/var/restic-restore/run'])
  await expect(client.system.openRunFolder({ runId })).rejects.toMatchObject({ code: 'not_found' })
  await expect(client.system.openRunFolder({ runId: 'none' })).rejects.toMatchObject({ code: 'not_found' })
})
