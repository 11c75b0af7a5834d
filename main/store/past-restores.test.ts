import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NO_OUTCOMES, type PastRestore, type PastRestoreFilter } from '../../contract/shapes/past-restore.ts'
import { filesDone, type Run } from '../../contract/shapes/run.ts'
import { summariseRun } from '../../contract/shapes/run-summary.ts'
import { figures, manyRestores } from '../../test/many-restores.ts'
import { EVERYTHING, hostOf, NOW } from '../../test/past-restores-world.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type ConsoleStore, openConsoleStore, type ScopedFilter } from './index.ts'

const HOSTS = ['a', 'b', 'c'] as const

let open: AsyncDisposableStack
let directory: string
let store: ConsoleStore

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  store = open.use(openConsoleStore(directory, NOW))
  for (const id of HOSTS) store.hosts.put(hostOf(id))
})
afterEach(() => open.disposeAsync())

interface HostRun {
  readonly hostId: string
  readonly run: Run
}

/** Some hundred restores of three hosts over half a year, kept in the store; newest first. */
function keepMany(count = 200): HostRun[] {
  const runs = HOSTS.flatMap((hostId, at) =>
    manyRestores({ count, until: NOW, days: 180, repositoryId: 'r', seed: at + 1 }).map((run) => ({ hostId, run })),
  )
  for (const { hostId, run } of runs) put(hostId, run)
  return runs.toSorted((a, b) => compare(b.run.queuedAt, a.run.queuedAt) || compare(b.run.id, a.run.id))
}

const put = (hostId: string, run: Run): void => store.runs.put(hostId, summariseRun(run))
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** The same filter over the runs themselves, one after the other. */
function fits({ hostId, run }: HostRun, filter: PastRestoreFilter): boolean {
  const { subject, startedBy, queuedAt } = run
  if (subject.kind !== 'restore') return false
  const has = (values: readonly string[], value: string): boolean => values.length === 0 || values.includes(value)
  return (
    has(filter.hostIds, hostId) &&
    has(filter.actors, startedBy) &&
    has(filter.targets, subject.target.kind) &&
    has(filter.outcomes, run.state) &&
    has(filter.proofs, proofOf(run)) &&
    (filter.from === null || queuedAt >= filter.from) &&
    (filter.until === null || queuedAt < filter.until)
  )
}

function proofOf({ subject }: Run): PastRestore['proof'] {
  const evidence = subject.kind === 'restore' ? subject.evidence : null
  if (evidence === null) return 'none'
  if (evidence.different + evidence.unread > 0) return 'differs'
  return evidence.equal > 0 ? 'verified' : 'none'
}

const secondsOf = ({ startedAt, endedAt }: Run): number =>
  (Date.parse(endedAt ?? '') - Date.parse(startedAt ?? '')) / 1000
const bytesOf = ({ progress }: Run): number => progress?.bytesDone ?? 0
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

function outcomesOf(runs: readonly HostRun[]) {
  return Object.fromEntries(
    Object.keys(NO_OUTCOMES).map((outcome) => [outcome, runs.filter(({ run }) => run.state === outcome).length]),
  )
}

/** Filters of every shape, by figures that are the same each time. */
function someFilters(): ScopedFilter[] {
  const next = figures(7)
  const some = <T>(values: readonly T[]): T[] => (next(2) === 0 ? [] : values.filter(() => next(2) === 0))
  const day = (): string => new Date(NOW.getTime() - next(180) * 86_400_000).toISOString()
  return Array.from({ length: 60 }, () => ({
    ...EVERYTHING,
    hostIds: some(HOSTS),
    actors: some(['maria@ops-laptop', 'jonas@jump-1', 'nobody']),
    targets: some(['staging', 'path', 'in-place']),
    outcomes: some(['succeeded', 'partial', 'failed', 'cancelled', 'refused']),
    proofs: some(['verified', 'differs', 'none']),
    from: next(2) === 0 ? null : day(),
    until: next(2) === 0 ? null : day(),
  }))
}

test('pages and sums are those of a fold over the runs, whatever is asked for', () => {
  const runs = keepMany()
  for (const filter of [EVERYTHING, ...someFilters()]) {
    const wanted = runs.filter((run) => fits(run, filter))
    const page = store.pastRestores.page(filter, { offset: 3, limit: 20 })
    expect(page.total).toBe(wanted.length)
    expect(page.items.map(({ id }) => id)).toEqual(wanted.slice(3, 23).map(({ run }) => run.id))
    const totals = store.pastRestores.totals(filter)
    const done = wanted.filter(({ run }) => filesDone(run) > 0)
    expect(totals).toMatchObject({
      outcomes: outcomesOf(wanted),
      written: done.length,
      verified: done.filter(({ run }) => proofOf(run) === 'verified').length,
      inPlace: wanted.filter(({ run }) => run.subject.kind === 'restore' && run.subject.target.kind === 'in-place')
        .length,
      files: sum(wanted.map(({ run }) => filesDone(run))),
      bytes: sum(wanted.map(({ run }) => bytesOf(run))),
    })
    const ended = done.filter(({ run }) => run.state === 'succeeded')
    const usual = median(ended.map(({ run }) => secondsOf(run)))
    if (usual === null) expect(totals.usualSeconds).toBeNull()
    else expect(totals.usualSeconds).toBeCloseTo(usual, 3)
    const durations = store.pastRestores.durations(filter)
    expect(new Map(durations.map(({ hostId, restores }) => [hostId, restores]))).toEqual(
      new Map([...Map.groupBy(ended, ({ hostId }) => hostId)].map(([id, those]) => [id, those.length])),
    )
    for (const { hostId, seconds } of durations)
      expect(seconds).toBeCloseTo(
        median(ended.filter((one) => one.hostId === hostId).map(({ run }) => secondsOf(run))) ?? 0,
        3,
      )
  }
})

test('days begin where the asker says, also one of twenty-three hours', () => {
  const runs = keepMany()
  const hours = [0, 24, 47, 71, 96, 2400]
  const days = hours.map((hour) => new Date(Date.parse('2026-07-01T22:00:00.000Z') + hour * 3_600_000).toISOString())
  for (const filter of [EVERYTHING, ...someFilters().slice(0, 20)]) {
    const found = store.pastRestores.days(filter, days)
    expect(found).toHaveLength(hours.length - 1)
    for (const [at, { from, outcomes, bytes }] of found.entries()) {
      const next = days[at + 1] ?? ''
      const ofDay = runs.filter((one) => fits(one, filter) && one.run.queuedAt >= from && one.run.queuedAt < next)
      expect(outcomes).toEqual(outcomesOf(ofDay))
      expect(bytes).toBe(sum(ofDay.map(({ run }) => bytesOf(run))))
    }
  }
})

test('a list of any filter is read by an index', () => {
  keepMany(20)
  const database = new Database(join(directory, 'console.db'), { readonly: true })
  using _ = { [Symbol.dispose]: () => database.close() }
  const plan = (sql: string): string =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ workspace: 'first', host: 'a' })
      .map((row) => JSON.stringify(row))
      .join('\n')
  const page = 'ORDER BY at DESC, key DESC LIMIT 100 OFFSET 900'
  const everything = plan(`SELECT * FROM past_restores WHERE workspace_id = :workspace ${page}`)
  expect(everything).toContain('past_restores_newest')
  expect(everything).not.toContain('TEMP B-TREE')
  const ofHost = plan(`SELECT * FROM past_restores WHERE +workspace_id = :workspace AND host_id = :host ${page}`)
  expect(ofHost).not.toContain('TEMP B-TREE')
})
