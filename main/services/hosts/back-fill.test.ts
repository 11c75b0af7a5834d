import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../../agent/connection.ts'
import type { Journal } from '../../../agent/journal/open-journal.ts'
import { agentWorld } from '../../../agent/testing/agent-world.ts'
import { OPERATOR, RESTORE_SUBJECT, runInJournal } from '../../../agent/testing/runs-world.ts'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { ALL_RUNS, type HostRun } from '../../../contract/shapes/run-page.ts'
import { summariseRun } from '../../../contract/shapes/run-summary.ts'
import { memoryPorts } from '../../../contract/wire/memory-port.ts'
import type { Port } from '../../../contract/wire/port.ts'
import { servePort } from '../../../contract/wire/serve-port.ts'
import { type ConsoleOverDouble, consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

let open: AsyncDisposableStack
let directory: string
let keychain: ReturnType<typeof keychainInMemory>
let journal: Journal
let link: Port | undefined
let dial: () => Promise<Port>

beforeEach(async () => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  keychain = keychainInMemory()
  // The agent itself, with its journal and its handlers; only that there is no wire between.
  const { agent } = open.use(await agentWorld(open.use(temporaryDirectory()).path, { resticCandidates: [] }))
  journal = agent.trust.journal
  dial = async () => {
    const [ours, theirs] = memoryPorts()
    servePort(theirs, agent.handler, OPERATOR satisfies Connection)
    link = ours
    return ours
  }
})
afterEach(() => open.disposeAsync())

function openConsole(): Promise<ConsoleOverDouble> {
  return consoleOverDouble({ dial: () => dial() }, directory, keychain)
}

let minute = 0
/** A run that stands in the journal, begun a minute after the one before, by another console. */
function ran(change: Partial<Run> = {}): Run {
  minute += 1
  const queuedAt = new Date(Date.parse('2026-11-01T00:00:00.000Z') + minute * 60_000).toISOString()
  const run = runInJournal({
    id: `init-${minute}-${randomUUID()}`,
    state: 'succeeded',
    startedBy: 'bela@laptop',
    queuedAt,
    startedAt: queuedAt,
    endedAt: queuedAt,
    ...change,
  })
  journal.runs.insert(run)
  return run
}

async function mirrored(client: ConsoleClient): Promise<HostRun[]> {
  const found: HostRun[] = []
  for (;;) {
    const { runs } = await client.runs.page({ ...ALL_RUNS, offset: found.length, limit: 500 })
    if (runs.length === 0) return found
    found.push(...runs)
  }
}

/** Every run once, as the journal has it, newest first. */
async function expectAll({ client, hostId }: ConsoleOverDouble, runs: readonly Run[]): Promise<void> {
  await expect
    .poll(async () => (await client.runs.page({ ...ALL_RUNS, offset: 0, limit: 1 })).total, { timeout: 10_000 })
    .toBe(runs.length)
  expect(await mirrored(client)).toEqual(runs.toReversed().map((run) => ({ hostId, run: summariseRun(run) })))
}

test('a console that comes for the first time learns of all that has ever run, whoever started it', async () => {
  const runs = Array.from({ length: 730 }, () => ran())
  await using world = await openConsole()
  await expectAll(world, runs)
  expect(await world.client.runs.starters(undefined)).toEqual(['bela@laptop'])
})

test('what ran and what ended while the console was away is there when it comes back, and nothing twice', async () => {
  const before = Array.from({ length: 250 }, () => ran())
  const going = ran({ state: 'running', endedAt: null })
  {
    await using world = await openConsole()
    await expectAll(world, [...before, going])
    expect((await world.client.hosts.get({ hostId: world.hostId })).activeRun).toMatchObject({ id: going.id })
  }
  const ended = { ...going, state: 'partial' as const, endedAt: going.queuedAt, remark: 'Half is there.' }
  journal.runs.update(ended)
  const after = Array.from({ length: 330 }, () => ran())
  await using world = await openConsole()
  await expectAll(world, [...before, ended, ...after])
  const { client, hostId } = world
  expect((await client.hosts.get({ hostId })).activeRun).toBeNull()
  const unended = { ...ALL_RUNS, states: ['queued', 'running', 'unknown'] as const, offset: 0, limit: 9 }
  expect((await client.runs.page({ ...unended, states: [...unended.states] })).total).toBe(0)
})

test('a link that breaks in the middle is gone on from there', async () => {
  const runs = Array.from({ length: 1200 }, () => ran())
  await using world = await openConsole()
  const cut = (async () => {
    for await (const { moved } of await world.client.runs.watch(undefined)) {
      const { total } = await world.client.runs.page({ ...ALL_RUNS, offset: 0, limit: 1 })
      if (moved && total > 300) break
    }
    link?.close('cut')
  })()
  await cut
  await expectAll(world, runs)
})

test('a journal that was put back from a copy is asked for from the beginning', async () => {
  const runs = Array.from({ length: 20 }, () => ran())
  {
    await using world = await openConsole()
    await expectAll(world, runs)
  }
  // As an older copy has it: fewer changes, and other runs since.
  const other = await agentWorld(open.use(temporaryDirectory()).path, { resticCandidates: [] })
  open.use(other)
  journal = other.agent.trust.journal
  dial = async () => {
    const [ours, theirs] = memoryPorts()
    servePort(theirs, other.agent.handler, OPERATOR)
    return ours
  }
  for (const run of runs.slice(0, 5)) journal.runs.insert(run)
  const since = Array.from({ length: 3 }, () => ran())
  await using world = await openConsole()
  await expectAll(world, [...runs, ...since])
})

test('a run of which nobody ever opened more than the list is known while its host is away, and its whole is not', async () => {
  const include = Array.from({ length: 5000 }, (_, at) => `/srv/caf\udce9/${at}`)
  const [source] = RESTORE_SUBJECT.sources
  if (source === undefined) throw new Error('the subject has no source')
  const subject = { ...RESTORE_SUBJECT, sources: [{ ...source, selection: { include, exclude: [] } }] }
  const [opened, other] = [ran({ subject }), ran({ subject })]
  {
    await using world = await openConsole()
    await expectAll(world, [opened, other])
    const { client, hostId } = world
    expect(JSON.stringify(await mirrored(client)).length).toBeLessThan(5000)
    expect(await client.runs.get({ hostId, runId: opened.id })).toEqual(opened)
  }
  dial = async () => {
    throw new Error('away')
  }
  await using world = await openConsole()
  const { client, hostId } = world
  await expect.poll(async () => (await client.hosts.get({ hostId })).link.state).toBe('unreachable')
  await expect.poll(async () => client.runs.get({ hostId, runId: opened.id }).catch(() => null)).toEqual(opened)
  await expect(client.runs.get({ hostId, runId: other.id })).rejects.toMatchObject({ code: 'unreachable' })
  expect(await client.runs.known({ hostId, runId: other.id })).toEqual({ hostId, run: summariseRun(other) })
})
