import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AuditEntry } from '../../contract/shapes/audit.ts'
import { filesDone, type Run } from '../../contract/shapes/run.ts'
import { summariseRun } from '../../contract/shapes/run-summary.ts'
import { manyRestores } from '../../test/many-restores.ts'
import { EVERYTHING, hostOf, NOW } from '../../test/past-restores-world.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type ConsoleStore, FIRST_WORKSPACE, openConsoleStore } from './index.ts'

let open: AsyncDisposableStack
let directory: string
let store: ConsoleStore

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  store = open.use(openConsoleStore(directory, NOW))
  for (const id of ['a', 'b']) store.hosts.put(hostOf(id))
})
afterEach(() => open.disposeAsync())

const put = (hostId: string, run: Run): void => store.runs.put(hostId, summariseRun(run))

test('a row says all that the list shows, names exactly', () => {
  const [run] = manyRestores({ count: 1, until: NOW, days: 1, repositoryId: 'r', seed: 12 })
  if (run?.subject.kind !== 'restore') throw new Error('no restore')
  const subject = {
    ...run.subject,
    targetPath: '/srv/caf\udce9 "x"',
    target: { kind: 'path', path: '/srv/caf\udce9 "x"' },
  } as const
  const [source] = subject.sources
  if (source === undefined) throw new Error('no source')
  const sources = [{ ...source, selection: { include: ['/caf\udce9', '/b', '/c', '/d', '/e'], exclude: [] } }, source]
  put('a', { ...run, subject: { ...subject, sources } })
  expect(store.pastRestores.page(EVERYTHING, { offset: 0, limit: 5 }).items).toEqual([
    {
      hostId: 'a',
      id: run.id,
      runId: run.id,
      at: run.queuedAt,
      endedAt: run.endedAt,
      actor: run.startedBy,
      repositoryId: 'r',
      snapshotId: source.snapshotId,
      snapshotTime: source.snapshotTime,
      what: '/caf\udce9',
      paths: 5 + source.selection.include.length,
      target: 'path',
      targetPath: '/srv/caf\udce9 "x"',
      state: run.state,
      outcome: run.state,
      files: filesDone(run),
      bytes: run.progress?.bytesDone,
      seconds: expect.closeTo((Date.parse(run.endedAt ?? '') - Date.parse(run.startedAt ?? '')) / 1000, 3),
      proof: 'verified',
      evidence: subject.evidence,
      reason: subject.reason,
    },
  ])
})

test('words are looked for in names, paths, reasons and ids; what means something in SQL means nothing here', () => {
  const [hit, other] = manyRestores({ count: 2, until: NOW, days: 1, repositoryId: 'r', seed: 3 })
  if (hit?.subject.kind !== 'restore' || other === undefined) throw new Error('no restores')
  put('a', {
    ...hit,
    startedBy: 'olga@100%_sure',
    subject: { ...hit.subject, reason: 'The disk\\drive died' },
  })
  put('b', other)
  const named = (word: string, hostIds: readonly string[] = []) =>
    store.pastRestores
      .page({ ...EVERYTHING, hostsNamed: [{ word, hostIds }] }, { offset: 0, limit: 9 })
      .items.map(({ hostId }) => hostId)
  expect(named('OLGA')).toEqual(['a'])
  expect(named('100%_SURE')).toEqual(['a'])
  expect(named('1%e')).toEqual([])
  expect(named('disk\\drive')).toEqual(['a'])
  expect(named('no such word', ['b'])).toEqual(['b'])
  expect(named("' OR 1 --")).toEqual([])
})

const ENTRY: AuditEntry = {
  id: 'entry',
  at: NOW.toISOString(),
  action: 'host.restore',
  actor: 'someone@here',
  origin: 'a window',
  hostId: 'a',
  repositoryId: 'r',
  runId: null,
  requestKey: randomUUID(),
  snapshotId: 'c'.repeat(64),
  summary: '/etc and 2 more',
  targetPath: null,
  planHash: null,
  outcome: 'pending',
  files: null,
  bytes: null,
  endedAt: null,
  reason: 'why not',
  proof: null,
}

const append = (fields: Partial<AuditEntry> = {}) => store.audit.append({ ...ENTRY, ...fields }, FIRST_WORKSPACE)
const all = () => store.pastRestores.page(EVERYTHING, { offset: 0, limit: 9 }).items

test('what was asked for is one row from the moment it is written down, and refused attempts stay beside what came of them', () => {
  const [made] = manyRestores({ count: 1, until: NOW, days: 1, repositoryId: 'r', seed: 5 })
  if (made === undefined) throw new Error('no restore')
  const requestKey = ENTRY.requestKey ?? ''
  append({ id: 'refused', outcome: 'refused', summary: '/etc (host_busy)' })
  append()
  expect(new Map(all().map(({ id, outcome }) => [id, outcome]))).toEqual(
    new Map([
      ['entry', 'under-way'],
      ['refused', 'refused'],
    ]),
  )
  put('a', { ...made, requestKey, state: 'running', endedAt: null })
  expect(new Map(all().map(({ id, outcome, files }) => [id, `${outcome} ${files}`]))).toEqual(
    new Map([
      ['refused', 'refused null'],
      [made.id, 'under-way null'],
    ]),
  )
  store.audit.update({ ...ENTRY, runId: made.id, outcome: made.state })
  put('a', { ...made, requestKey })
  expect(new Map(all().map(({ id, outcome }) => [id, outcome]))).toEqual(
    new Map([
      ['refused', 'refused'],
      [made.id, made.state],
    ]),
  )
  expect(store.audit.ofRestore('a', made.id)?.id).toBe('entry')
  // The audit outlives the host, and so does what it says was restored there.
  store.hosts.remove('a')
  expect(new Map(all().map(({ id, runId }) => [id, runId]))).toEqual(
    new Map([
      ['entry', made.id],
      ['refused', null],
    ]),
  )
})

test('a database from before is filled from its runs and its audit', () => {
  const [made, other] = manyRestores({ count: 2, until: NOW, days: 1, repositoryId: 'r', seed: 6 })
  if (made === undefined || other === undefined) throw new Error('no restores')
  put('a', made)
  put('b', other)
  append({ id: 'known', requestKey: made.requestKey, runId: made.id, outcome: made.state })
  append({ id: 'refused', outcome: 'refused' })
  const before = all()
  expect(before).toHaveLength(3)
  const database = new Database(join(directory, 'console.db'))
  using _ = { [Symbol.dispose]: () => database.close() }
  const version = Number(database.pragma('user_version', { simple: true }))
  for (const name of ['run_told', 'run_goes', 'host_moves', 'entry_begins', 'entry_changes'])
    database.exec(`DROP TRIGGER past_${name}`)
  database.exec(
    'DROP VIEW past_runs; DROP VIEW past_entries; DROP TABLE past_restores; DROP TABLE saved_views; DROP TABLE kept_plans',
  )
  // A step that came after.
  database.exec('DROP TABLE planes')
  database.pragma(`user_version = ${version - 3}`)
  using again = openConsoleStore(directory, NOW)
  expect(again.pastRestores.page(EVERYTHING, { offset: 0, limit: 9 }).items).toEqual(before)
})

test('what was restored is of its host’s workspace, wherever that goes', () => {
  const [made] = manyRestores({ count: 1, until: NOW, days: 1, repositoryId: 'r', seed: 8 })
  if (made === undefined) throw new Error('no restore')
  put('a', made)
  const idsIn = (workspaceId: string) =>
    store.pastRestores.page({ ...EVERYTHING, workspaceId }, { offset: 0, limit: 9 }).items.map(({ id }) => id)
  expect(idsIn('other')).toEqual([])
  store.hosts.put({ ...hostOf('a'), workspaceId: 'other' })
  expect(idsIn('other')).toEqual([made.id])
  expect(idsIn(FIRST_WORKSPACE)).toEqual([])
  expect(store.pastRestores.get({ workspaceId: FIRST_WORKSPACE, hostId: 'a', id: made.id })).toBeNull()
})
