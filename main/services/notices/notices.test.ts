import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import { consoleContract } from '../../../contract/console/index.ts'
import type { NoticeEvent, NoticeSettings, SystemWords } from '../../../contract/shapes/notice.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { connect, reconnect } from '../../../contract/wire/client.ts'
import type { Port } from '../../../contract/wire/port.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble, keychainInMemory } from '../../../test/console-over-double.ts'
import { newRestore } from '../../../test/restore-request.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { WORDS_WITHIN } from './awaited-words.ts'
import { summaryOf } from './going-runs.ts'
import type { Notifier } from './index.ts'
import { isQuiet } from './quiet.ts'

const LOUD: NoticeSettings = { inWindow: true, bySystem: true, fileNames: false, proofs: true, quiet: null }

let open: AsyncDisposableStack
let directory: string
let double: AgentDouble
const keychain = keychainInMemory()

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  double = new AgentDouble()
})
afterEach(() => open.disposeAsync())

async function begin(notifier: Notifier | null = null): Promise<ConsoleOverDouble> {
  const world = open.use(await consoleOverDouble(double, directory, keychain, { notifier }))
  await expect.poll(async () => (await world.client.hosts.list(undefined))[0]?.link.state).toBe('connected')
  return world
}

/** What a window is told, in order; the beginning aside. */
async function listen(client: ConsoleClient) {
  const stop = new AbortController()
  const told: NoticeEvent[] = []
  const begun = Promise.withResolvers<void>()
  const following = (async () => {
    for await (const event of await client.notices.watch(undefined, { signal: stop.signal })) {
      if (event.event === 'begun') begun.resolve()
      else told.push(event)
    }
  })().catch(() => undefined)
  open.defer(async () => {
    stop.abort()
    await following
  })
  await begun.promise
  return told
}

async function runOf({ client, hostId }: ConsoleOverDouble): Promise<Run> {
  const request = newRestore('b'.repeat(64), { include: ['/etc/secret-plans'] })
  return client.restores.start({ hostId, requestKey: randomUUID(), request, planHash: null })
}

function end(run: Run, state: Run['state'] = 'succeeded'): void {
  double.change(run.id, {
    state,
    endedAt: new Date().toISOString(),
    counts: { ...run.counts, restored: 12, failed: 3 },
  })
}

/** A desktop whose notifications are there to be looked at. */
function desktop(isInFront = false) {
  const shown: (SystemWords & { readonly open: () => void })[] = []
  const notifier = {
    isInFront: () => isInFront,
    show: (one: SystemWords, open: () => void) => shown.push({ ...one, open }),
  }
  return { shown, notifier }
}

/** What the last notice has the operating system do. */
function bySystem(told: readonly NoticeEvent[] | undefined) {
  const last = told?.at(-1)
  return last?.event === 'told' ? last.system : null
}

test('a run that ends is told once, with what came of it, and in two windows each once', async () => {
  const world = await begin()
  const windows = [await listen(world.client), await listen(connect(consoleContract, world.serveAs('admin')))]
  const run = await runOf(world)
  end(run, 'partial')
  const notice = { hostId: world.hostId, runId: run.id, kind: 'restore', state: 'partial', counts: { failed: 3 } }
  for (const told of windows) {
    await expect.poll(() => told).toMatchObject([{ event: 'told', notice, inWindow: true }])
  }
  double.tell()
  await world.client.runs.get({ hostId: world.hostId, runId: run.id })
  const next = await runOf(world)
  end(next)
  for (const told of windows) await expect.poll(() => told).toMatchObject([{ notice }, { notice: { runId: next.id } }])
})

test('what ended before the window was there is not told, nor what ended while the console was away', async () => {
  const first = await begin()
  const before = await runOf(first)
  end(before)
  await expect.poll(async () => (await first.client.hosts.list(undefined))[0]?.activeRun).toBeNull()
  const away = await runOf(first)
  await first[Symbol.asyncDispose]()
  end(away, 'failed')
  const world = await begin()
  const told = await listen(world.client)
  const after = await runOf(world)
  end(after)
  await expect.poll(() => told).toMatchObject([{ notice: { runId: after.id } }])
})

test('what ends while a host is away is told when it is back', async () => {
  const world = await begin()
  const told = await listen(world.client)
  const run = await runOf(world)
  world.refuseToDial('asleep')
  double.cut('asleep')
  await expect.poll(async () => (await world.client.hosts.list(undefined))[0]?.link.state).toBe('unreachable')
  end(run, 'interrupted')
  world.refuseToDial(null)
  await world.client.hosts.reach({ hostId: world.hostId })
  await expect.poll(() => told).toMatchObject([{ notice: { runId: run.id, state: 'interrupted' } }])
})

test('a window that lost its connection is told what it missed, and nothing again', async () => {
  const world = await begin()
  const ports: Port[] = []
  let isDown = false
  const client = reconnect(consoleContract, {
    dial: async () => {
      if (isDown) throw new Error('down')
      const port = world.serveAs('admin')
      ports.push(port)
      return port
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
  })
  const told = await listen(client)
  for (const state of ['failed', 'succeeded'] as const) {
    const run = await runOf(world)
    isDown = true
    ports.at(-1)?.close('cut')
    end(run, state)
    await expect.poll(async () => (await world.client.hosts.list(undefined))[0]?.activeRun).toBeNull()
    isDown = false
    await expect.poll(() => told.at(-1)).toMatchObject({ notice: { runId: run.id, state } })
  }
  expect(told).toHaveLength(2)
})

test('the system is given the words of the first window that has them, and a click leads to the run', async () => {
  const { shown, notifier } = desktop()
  const world = await begin(notifier)
  const other = connect(consoleContract, world.serveAs('admin'))
  const windows = [await listen(world.client), await listen(other)]
  const run = await runOf(world)
  end(run, 'partial')
  for (const told of windows) {
    await expect.poll(() => told).toMatchObject([{ event: 'told', system: { by: 'console', names: '' } }])
  }
  const id = bySystem(windows[0])?.id ?? ''
  expect(shown).toEqual([])
  await world.client.notices.say({ id, title: 'Wiederherstellung', line: '12 wiederhergestellt' })
  await other.notices.say({ id, title: 'Restore', line: '12 restored' })
  await world.client.notices.say({ id: 'of nothing that was told', title: 'a', line: 'b' })
  expect(shown).toMatchObject([{ id, title: 'Wiederherstellung', line: '12 wiederhergestellt' }])
  shown[0]?.open()
  for (const told of windows) {
    const place = { kind: 'run', hostId: world.hostId, runId: run.id }
    await expect.poll(() => told.at(-1)).toMatchObject({ event: 'linked', what: 'run', found: { place } })
  }
})

test('what a page that hangs does not say in time is said by the console itself', async () => {
  const { shown, notifier } = desktop()
  const world = await begin(notifier)
  const told = await listen(world.client)
  end(await runOf(world), 'partial')
  await expect.poll(() => told).toMatchObject([{ event: 'told', system: { by: 'console' } }])
  expect(shown).toEqual([])
  await expect
    .poll(() => shown, { timeout: 3 * WORDS_WITHIN })
    .toMatchObject([{ title: 'A restore partly succeeded', line: 'Open the console to see where.' }])
})

test('what the system shows has a length, also where a page is made to say more', async () => {
  const world = await begin(desktop().notifier)
  const said = world.client.notices.say({ id: 'x', title: 'a'.repeat(1001), line: '' })
  await expect(said).rejects.toMatchObject({ code: 'invalid_input' })
})

test('names of files are for the system only where they were let', async () => {
  const world = await begin()
  const told = await listen(world.client)
  end(await runOf(world))
  await expect.poll(() => told).toMatchObject([{ system: { by: 'page', names: '' } }])
  await world.client.notices.change({ ...LOUD, fileNames: true })
  end(await runOf(world))
  await expect.poll(() => told).toHaveLength(2)
  expect(bySystem(told)?.names).toMatch(/^\//)
})

test.each([
  ['it is off', { ...LOUD, bySystem: false }, false],
  ['it is quiet', { ...LOUD, quiet: { from: '00:00', until: '23:59' } }, false],
  ['a window is in front', LOUD, true],
])('the system is given nothing while %s', async (_, settings, isInFront) => {
  const { shown, notifier } = desktop(isInFront)
  const world = await begin(notifier)
  const told = await listen(world.client)
  expect(await world.client.notices.change(settings)).toEqual(settings)
  end(await runOf(world))
  await expect.poll(() => told).toMatchObject([{ event: 'told', inWindow: true, system: null }])
  expect(shown).toEqual([])
})

test('what was chosen is kept over a restart', async () => {
  const first = await begin()
  const chosen = {
    inWindow: false,
    bySystem: true,
    fileNames: true,
    proofs: false,
    quiet: { from: '22:00', until: '07:00' },
  }
  await first.client.notices.change(chosen)
  const wrong = first.client.notices.change({ ...chosen, quiet: { from: '25:00', until: '07:00' } })
  await expect(wrong).rejects.toMatchObject({ code: 'invalid_input' })
  await first[Symbol.asyncDispose]()
  expect(await (await begin()).client.notices.settings(undefined)).toEqual(chosen)
})

test('what goes on and what nobody has looked at are counted until somebody looks', async () => {
  const world = await begin()
  await listen(world.client)
  const run = await runOf(world)
  await expect
    .poll(() => summaryOf(world.services))
    .toMatchObject({ going: [{ runId: run.id, share: null }], unseen: 0 })
  end(run, 'failed')
  await expect.poll(() => summaryOf(world.services)).toEqual({ going: [], unseen: 1 })
  await world.client.notices.seen(undefined)
  expect(summaryOf(world.services)).toEqual({ going: [], unseen: 0 })
})

test.each([
  [{ from: '22:00', until: '07:00' }, '23:30', true],
  [{ from: '22:00', until: '07:00' }, '06:59', true],
  [{ from: '22:00', until: '07:00' }, '07:00', false],
  [{ from: '09:00', until: '17:00' }, '12:00', true],
  [{ from: '09:00', until: '17:00' }, '17:00', false],
  [null, '03:00', false],
])('with %o at %s it is quiet: %s', (quiet, time, expected) => {
  expect(isQuiet(quiet, new Date(`2026-11-21T${time}:00`))).toBe(expected)
})
