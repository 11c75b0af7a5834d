import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NoticeEvent, ProofNotice, SystemWords } from '../../../contract/shapes/notice.ts'
import { NO_COUNTS, runKindSchema, runStateSchema } from '../../../contract/shapes/run.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import { ManualClock } from '../../../test/manual-clock.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { openConsoleStore } from '../../store/index.ts'
import { WORDS_WITHIN } from './awaited-words.ts'
import { NoticesService } from './index.ts'
import { plainProofWords, plainRunWords } from './plain-words.ts'

const HERE = 'workspace'
const THERE = 'another workspace'

let open: AsyncDisposableStack

beforeEach(() => {
  open = new AsyncDisposableStack()
})
afterEach(() => open.disposeAsync())

/** A desktop with notices of one host, and time that passes when it is told to. */
function world() {
  const shown: (SystemWords & { readonly onOpen: () => void })[] = []
  const front = { isInFront: false }
  const clock = new ManualClock()
  const store = open.use(openConsoleStore(open.use(temporaryDirectory()).path, new Date()))
  const notices = new NoticesService({
    settings: store.settings,
    clock,
    hosts: { get: () => ({ name: 'secret-host' }) as never, workspaceOf: () => HERE },
    notifier: {
      isInFront: () => front.isInFront,
      show: (words, onOpen) => void shown.push({ ...words, onOpen }),
    },
  })
  open.use(notices)
  const end = (state: RunSummary['state'] = 'failed'): void => {
    const subject = { kind: 'backup', paths: { first: ['/srv/secret-plans'], count: 1 } }
    notices.note('h', { id: randomUUID(), state, subject, counts: NO_COUNTS } as unknown as RunSummary)
  }
  return { notices, clock, shown, front, end, said: () => shown.map(({ title, line }) => [title, line]) }
}

/** A window that follows what is told and, as one that hangs, says nothing of it by itself. */
async function windowOf(notices: NoticesService, workspaceId = HERE) {
  const stop = new AbortController()
  const told: NoticeEvent[] = []
  const begun = Promise.withResolvers<void>()
  const following = (async () => {
    for await (const { event } of notices.watch(workspaceId, null, stop.signal)) {
      if (event.event === 'begun') begun.resolve()
      else told.push(event)
    }
  })().catch(() => undefined)
  const leave = async (): Promise<void> => {
    stop.abort()
    await following
  }
  open.defer(leave)
  await begun.promise
  return { told, leave }
}

/** The id under which a window was told to have the desktop show it. */
async function wantedOf(told: readonly NoticeEvent[]): Promise<string> {
  await expect.poll(() => told.at(-1)).toMatchObject({ event: 'told', system: { by: 'console' } })
  const last = told.at(-1)
  return last?.event === 'told' ? (last.system?.id ?? '') : ''
}

const PLAIN = ['A backup has failed', 'Open the console to see where.']

test('a window that hangs keeps no notice back: after a while it is said in plain English, without names, and once', async () => {
  const { notices, clock, shown, end, said } = world()
  const { told } = await windowOf(notices)
  end()
  const id = await wantedOf(told)
  await clock.pass(WORDS_WITHIN - 1)
  expect(shown).toEqual([])
  await clock.pass(1)
  expect(said()).toEqual([PLAIN])
  expect(JSON.stringify(shown)).not.toContain('secret')
  notices.say(HERE, { id, title: 'Sicherung fehlgeschlagen', line: 'zu spät' })
  await clock.pass(10 * WORDS_WITHIN)
  expect(said()).toEqual([PLAIN])
  shown[0]?.onOpen()
  await expect
    .poll(() => told.at(-1))
    .toMatchObject({ event: 'linked', found: { place: { kind: 'run', hostId: 'h' } } })
})

test('of several windows one that answers is enough, and a click leads there', async () => {
  const { notices, clock, end, said } = world()
  const windows = [await windowOf(notices), await windowOf(notices)]
  end()
  for (const { told } of windows) await wantedOf(told)
  const id = await wantedOf(windows[1]?.told ?? [])
  await clock.pass(WORDS_WITHIN - 1)
  notices.say(HERE, { id, title: 'Sicherung', line: 'fehlgeschlagen' })
  await clock.pass(WORDS_WITHIN)
  expect(said()).toEqual([['Sicherung', 'fehlgeschlagen']])
})

test('with no window that follows anything it is said all the same, and a click leads the next one there', async () => {
  const { notices, clock, shown, end, said } = world()
  end('succeeded')
  await clock.pass(WORDS_WITHIN)
  expect(said()).toEqual([['A backup is done', 'Open the console to see where.']])
  shown[0]?.onOpen()
  const { told } = await windowOf(notices)
  await expect.poll(() => told).toMatchObject([{ event: 'linked', what: 'run', found: { workspaceId: HERE } }])
})

test('a window that went before it had said anything keeps nothing back', async () => {
  const { notices, clock, end, said } = world()
  const { told, leave } = await windowOf(notices)
  end()
  await wantedOf(told)
  await leave()
  await clock.pass(WORDS_WITHIN)
  expect(said()).toEqual([PLAIN])
})

test('whoever works in another workspace is shown nothing of this one', async () => {
  const { notices, clock, shown, end } = world()
  await windowOf(notices, THERE)
  end()
  await clock.pass(2 * WORDS_WITHIN)
  expect(shown).toEqual([])
})

test('what came meanwhile is said in one with it', async () => {
  const { notices, clock, shown, end, said } = world()
  const { told } = await windowOf(notices)
  for (let at = 0; at < 200; at += 1) end()
  await clock.pass(2 * WORDS_WITHIN)
  expect(said()).toEqual([['200 runs or replicas have news', 'Open the console to see which.']])
  shown[0]?.onOpen()
  await expect.poll(() => told.at(-1)).toEqual({ event: 'page', page: 'runs' })
  end()
  await clock.pass(WORDS_WITHIN)
  expect(said().at(-1)).toEqual(PLAIN)
})

test('nothing is said once somebody has looked, is looking, or the console has ended', async () => {
  const { notices, clock, shown, front, end } = world()
  await windowOf(notices)
  end()
  notices.seen(HERE)
  await clock.pass(WORDS_WITHIN)
  end()
  front.isInFront = true
  await clock.pass(WORDS_WITHIN)
  front.isInFront = false
  await clock.pass(WORDS_WITHIN)
  end()
  notices[Symbol.dispose]()
  await clock.pass(WORDS_WITHIN)
  expect(shown).toEqual([])
})

test('a replica that comes to need somebody is said too, and not that it is well again', async () => {
  const { notices, clock, shown, said } = world()
  const { told } = await windowOf(notices)
  const planeId = randomUUID()
  const notice: ProofNotice = {
    id: 'replica',
    planeId,
    replicaId: 'r',
    name: 'secret-replica',
    state: 'failing',
    machines: ['secret-machine'],
    counts: { failing: 0, overdue: 0, gap: 0 },
    cause: 'secret cause',
  }
  notices.noteProof(HERE, notice)
  await clock.pass(WORDS_WITHIN)
  notices.noteProof(HERE, { ...notice, state: 'healthy' })
  await clock.pass(WORDS_WITHIN)
  expect(said()).toEqual([['A replica is failing', 'Open the console to see where.']])
  expect(JSON.stringify(shown)).not.toContain('secret')
  shown[0]?.onOpen()
  await expect.poll(() => told.at(-1)).toMatchObject({ event: 'linked', what: 'replica' })
})

test('every run and every trouble has plain words of its own', () => {
  const runs = runKindSchema.options.flatMap((kind) =>
    runStateSchema.options.map((state) => plainRunWords({ kind, state }).title),
  )
  for (const title of runs) expect(title).toMatch(/^An? [a-z ]+ (is|has|was|partly) [a-z ]+$/)
  const proofs = (['failing', 'overdue', 'gap', 'many'] as const).map((state) => plainProofWords({ state }).title)
  expect(new Set(proofs).size).toBe(proofs.length)
})
