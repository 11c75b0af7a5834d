import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { ChangeFeed } from '../../agent/change-feed.ts'
import { systemClock } from '../../agent/clock.ts'
import type { PlannedItem } from '../../agent/journal/ledger-store.ts'
import { type Journal, openJournal } from '../../agent/journal/open-journal.ts'
import { RunLedger } from '../../agent/runs/run-ledger.ts'
import { RunRecorder } from '../../agent/runs/run-recorder.ts'
import { RESTORE_SUBJECT, runInJournal } from '../../agent/testing/runs-world.ts'
import { ALL_RUNS, type RunFilter } from '../../contract/shapes/run-page.ts'
import type { LedgerAction, Run } from '../../contract/shapes/run.ts'
import { summariseRun } from '../../contract/shapes/run-summary.ts'
import { type ConsoleStore, openConsoleStore } from '../../main/store/index.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type BenchLine, lineOf, timed } from '../measure.ts'

interface Sizes {
  readonly events: number
  readonly items: number
  readonly runs: number
  readonly rounds: number
}

const SIZES: Readonly<Record<'quick' | 'full', Sizes>> = {
  quick: { events: 10_000, items: 100_000, runs: 20_000, rounds: 3 },
  full: { events: 10_000, items: 1_000_000, runs: 100_000, rounds: 5 },
}

/** Lines of a run that are written at once. */
const COMMIT = 500
/** Rows of a ledger that are written at once. */
const PORTION = 2000
const PAGES = 50
const HOSTS = 40

/** What a run costs to write down, beside plain SQLite, and to find again among many. */
export async function runs({ quick }: { readonly quick: boolean }): Promise<readonly BenchLine[]> {
  const sizes = SIZES[quick ? 'quick' : 'full']
  await using directory = temporaryDirectory()
  const at = (name: string): string => {
    const path = join(directory.path, name)
    mkdirSync(path)
    return path
  }
  return [await events(at('events'), sizes), ...(await ledger(at('ledger'), sizes)), ...mirrored(at('mirror'), sizes)]
}

/** Lines as the recorder writes them, told to whoever follows; beside the same text put into a table. */
async function events(directory: string, { events: count, rounds }: Sizes): Promise<BenchLine> {
  using journal = openJournal(join(directory, 'agent.db'))
  using plain = plainTable(join(directory, 'plain.db'), 'text TEXT')
  const [ours, times]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    times.push(
      await timed(async () =>
        plain.write(
          COMMIT,
          lines(count, (text) => [text]),
        ),
      ),
    )
    const run = began(journal, { kind: 'backup', paths: ['/etc'], exclude: [], snapshotId: null })
    const deps = { journal, feed: new ChangeFeed(), clock: systemClock, onFailure: rethrow }
    const recorder = new RunRecorder(deps, run, { sequence: 0, position: 0 })
    const write = async (): Promise<void> => {
      let at = 0
      for (const [text] of lines(count, (line) => [line] as const)) {
        recorder.log('info', text)
        at += 1
        if (at % COMMIT === 0) recorder.made('a'.repeat(64))
      }
    }
    ours.push(await timed(write))
    recorder.end({ state: 'succeeded', fault: null, remark: '' }, () => undefined)
  }
  return lineOf({
    bench: 'runs',
    case: `${count} lines of a run, ${COMMIT} at once`,
    ours,
    peer: { name: PLAIN, times },
  })
}

/** The plan of a restore on its way into the ledger, and pages of it, each kind of them. */
async function ledger(directory: string, { items: count }: Sizes): Promise<BenchLine[]> {
  using journal = openJournal(join(directory, 'agent.db'))
  using plain = plainTable(join(directory, 'plain.db'), 'path TEXT, type TEXT, planned TEXT, size REAL, reason TEXT')
  const rows = function* (): Generator<readonly (string | number)[]> {
    for (const { path, type, action, size, reason } of planned(count)) {
      yield [JSON.stringify(path), type, action, size, reason]
    }
  }
  const times = [await timed(async () => plain.write(PORTION, rows()))]
  const run = began(journal, RESTORE_SUBJECT)
  const written = new RunLedger(journal, run.id)
  const ours = [await timed(() => written.plan(planned(count), []))]
  const exceptions = [3, count / 2, count - 1].map((at) => ({ at, action: 'failed' as const, reason: 'no space' }))
  await written.settle({ exceptions, others: [] })
  journal.transaction(() => written.close({ exceptions, others: [] }))
  const name = `${count} rows of a ledger, ${PORTION} at once`
  const line = lineOf({ bench: 'runs', case: name, ours, peer: { name: PLAIN, times } })
  const page = async (offset: number, action: LedgerAction | null = null, text = ''): Promise<number> =>
    await timed(() => journal.ledgerPages.page({ runId: run.id, action, text, offset, limit: 100, isFinal: true }))
  const pages = async (what: string, ...asked: Parameters<typeof page>[]): Promise<BenchLine> => {
    const taken: number[] = []
    for (const one of asked) taken.push(await page(...one))
    return lineOf({ bench: 'runs', case: `a page of ${count} rows, ${what}`, ours: taken })
  }
  const places = Array.from({ length: PAGES }, (_, at) => Math.floor((count / PAGES) * at))
  return [
    line,
    await pages('anywhere', ...places.map((offset): [number] => [offset])),
    await pages('failed ones', ...Array.from({ length: PAGES }, (): [number, LedgerAction] => [0, 'failed'])),
    await pages('with a text, the first', [0, null, 'folder-77/']),
    await pages(
      'with a text, the next',
      ...Array.from({ length: PAGES }, (_, at): [number, null, string] => [at, null, 'folder-77/']),
    ),
  ]
}

/** Pages of all runs that a console knows of. */
function mirrored(directory: string, { runs: count }: Sizes): BenchLine[] {
  using store = openConsoleStore(directory, new Date())
  const hostIds = Array.from({ length: HOSTS }, (_, at) => `host-${at}`)
  keepRuns(store, hostIds, count)
  const pages = (what: string, filter: Partial<RunFilter>, offsets: readonly number[]): BenchLine[] => {
    const { hostId, ...more } = { ...ALL_RUNS, ...filter }
    const wanted = {
      ...more,
      hostIds: hostId === null ? hostIds : [hostId],
      connected: hostIds,
      named: { hosts: [], repositories: [] },
    }
    const taken = offsets.map((offset) => {
      const [wall, processor] = [performance.now(), process.threadCpuUsage()]
      store.runs.page(wanted, { offset, limit: 100 })
      const { user, system } = process.threadCpuUsage(processor)
      return { wall: performance.now() - wall, processor: (user + system) / 1000 }
    })
    const name = `a page of ${count} runs, ${what}`
    return [
      lineOf({ bench: 'runs', case: name, ours: taken.map(({ wall }) => wall) }),
      lineOf({ bench: 'runs', case: `${name}, processor`, ours: taken.map(({ processor }) => processor) }),
    ]
  }
  const places = Array.from({ length: PAGES }, (_, at) => Math.floor((count / PAGES) * at))
  const first = places.map((_, at) => at)
  return [
    ...pages('anywhere', {}, places),
    ...pages('of one host', { hostId: 'host-7' }, first),
    ...pages('failed ones', { states: ['failed'] }, first),
    ...pages('with a text', { text: 'number 777' }, first),
  ]
}

function keepRuns(store: ConsoleStore, hostIds: readonly string[], count: number): void {
  const host = { labels: [], pinned: false, workspaceId: 'first', workspace: null, addedAt: NOW, lastSeenAt: null }
  for (const id of hostIds) {
    const door = { kind: 'tls' as const, address: `${id}:7420`, pin: 'A'.repeat(43) }
    store.hosts.put({ ...host, id, name: id, door, agentId: id })
  }
  const states = ['succeeded', 'succeeded', 'succeeded', 'partial', 'failed'] as const
  const all = Array.from({ length: count }, (_, at) => {
    const queuedAt = new Date(Date.parse(NOW) - at * 60_000).toISOString()
    const state = states[at % states.length] ?? 'succeeded'
    return runInJournal({
      subject: RESTORE_SUBJECT,
      queuedAt,
      startedAt: queuedAt,
      endedAt: queuedAt,
      state,
      remark: `number ${at}`,
    })
  })
  for (const [at, hostId] of hostIds.entries()) {
    const own = all.filter((_, place) => place % hostIds.length === at)
    store.runs.catchUp(hostId, own.map(summariseRun), own.length)
  }
}

const NOW = '2026-11-21T04:00:00.000Z'
const PLAIN = 'plain inserts'

interface PlainTable extends Disposable {
  write(commit: number, rows: Iterable<readonly (string | number)[]>): void
}

/** SQLite as it is without a journal around it, and as safe: each commit is on the disk before the next. */
function plainTable(path: string, columns: string): PlainTable {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE plain (${columns})`)
  const marks = columns.split(',').map(() => '?')
  const insert: StatementSync = database.prepare(`INSERT INTO plain VALUES (${marks.join(', ')})`)
  return {
    write(commit, rows) {
      let at = 0
      database.exec('BEGIN')
      for (const row of rows) {
        insert.run(...row)
        at += 1
        if (at % commit === 0) database.exec('COMMIT; BEGIN')
      }
      database.exec('COMMIT')
    },
    [Symbol.dispose]: () => database.close(),
  }
}

function began(journal: Journal, subject: Run['subject']): Run {
  const run = runInJournal({ subject, state: 'running' })
  journal.runs.insert(run)
  return run
}

function* lines<T>(count: number, as: (text: string) => T): Generator<T> {
  for (let at = 0; at < count; at += 1) yield as(`restored /srv/data/folder-${at % 100}/file ${at}, 4.2 KiB`)
}

function* planned(count: number): Generator<PlannedItem> {
  for (let at = 0; at < count; at += 1) {
    const path = `/srv/data/folder-${at % 1000}/file ${at}`
    yield { path, type: 'file', action: at % 10 === 0 ? 'update' : 'create', size: 4096, reason: '', comesAs: null }
  }
}

function rethrow(error: unknown): never {
  throw error
}
