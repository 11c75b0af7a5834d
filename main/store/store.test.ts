import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Fault } from '../../contract/errors.ts'
import type { AuditEntry } from '../../contract/shapes/audit.ts'
import { NO_COUNTS, type Run } from '../../contract/shapes/run.ts'
import { ALL_RUNS, type HostRun } from '../../contract/shapes/run-page.ts'
import { type RunSummary, summariseRun } from '../../contract/shapes/run-summary.ts'
import { newRestore, restoreSubject } from '../../test/restore-request.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type ConsoleStore, claimDataDirectory, FIRST_WORKSPACE, type HostRecord, openConsoleStore } from './index.ts'
import { migrations } from './migrations.ts'

const NOW = new Date('2026-11-21T03:00:00.000Z')
const ALL = { workspaceId: FIRST_WORKSPACE, hostId: null, limit: 10 }

function everyRun(store: ConsoleStore, hostIds: readonly string[] = ['h']): readonly HostRun[] {
  const all = { ...ALL_RUNS, hostIds, connected: [], named: { hosts: [], repositories: [] } }
  return store.runs.page(all, { offset: 0, limit: 10 }).runs
}

function summaryOf(change: Partial<Run> = {}): RunSummary {
  return summariseRun(runOf(change))
}

function runOf(change: Partial<Run> = {}): Run {
  return {
    id: randomUUID(),
    state: 'running',
    requestKey: randomUUID(),
    repositoryId: 'r',
    subject: restoreSubject(newRestore('a'.repeat(64), { include: ['/caf\udce9'] })),
    startedBy: 'someone@here',
    queuedAt: NOW.toISOString(),
    startedAt: null,
    endedAt: null,
    progress: null,
    counts: NO_COUNTS,
    fault: null,
    remark: '',
    ...change,
  }
}

function hostOf(change: Partial<HostRecord> = {}): HostRecord {
  return {
    id: 'h',
    name: 'here',
    door: { kind: 'local' },
    labels: [],
    pinned: false,
    workspaceId: FIRST_WORKSPACE,
    workspace: null,
    agentId: null,
    addedAt: NOW.toISOString(),
    lastSeenAt: null,
    ...change,
  }
}

function entryOf(change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: randomUUID(),
    at: NOW.toISOString(),
    action: 'host.restore',
    actor: 'someone@here',
    origin: 'desktop window',
    hostId: 'h',
    repositoryId: null,
    runId: null,
    requestKey: randomUUID(),
    snapshotId: null,
    summary: '/etc',
    targetPath: null,
    planHash: null,
    outcome: 'pending',
    files: null,
    bytes: null,
    endedAt: null,
    reason: '',
    proof: null,
    ...change,
  }
}

test('what was written is there after the store was opened again, file names exactly', async () => {
  await using directory = temporaryDirectory()
  const run = summaryOf()
  const entry = entryOf({ targetPath: '/caf\udce9' })
  {
    using store = openConsoleStore(directory.path, NOW)
    store.hosts.put(hostOf({ lastSeenAt: NOW.toISOString() }))
    store.runs.put('h', run)
    store.audit.append(entry, FIRST_WORKSPACE)
    store.settings.set('key', 'value')
  }
  using store = openConsoleStore(directory.path, NOW)
  expect(store.hosts.list()).toEqual([hostOf({ lastSeenAt: NOW.toISOString() })])
  expect(everyRun(store)).toEqual([{ hostId: 'h', run }])
  expect(store.audit.recent({ ...ALL, hostId: 'h' })).toEqual([entry])
  expect(store.settings.get('key')).toBe('value')
  expect(store.movedAside).toBeNull()
  for (const name of readdirSync(directory.path)) {
    expect(`${name} ${statSync(join(directory.path, name)).mode & 0o077}`).toBe(`${name} 0`)
  }
})

test('hosts come with the door they are reached by, this computer first', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  const tls = { kind: 'tls', address: 'db-01.example:7420', pin: 'A'.repeat(43) } as const
  const far = hostOf({ id: 'a', name: 'db-01', door: tls, labels: ['prod', 'ö'], pinned: true, workspace: 'ops' })
  store.hosts.put(far)
  store.hosts.put(hostOf({ name: 'zebra' }))
  expect(store.hosts.list()).toEqual([hostOf({ name: 'zebra' }), far])
  store.hosts.put({ ...far, name: 'db-02', pinned: false, lastSeenAt: NOW.toISOString() })
  store.hosts.saw([{ id: 'a', lastSeenAt: '2026-11-21T04:00:00.000Z' }])
  expect(store.hosts.list()[1]).toEqual({
    ...far,
    name: 'db-02',
    pinned: false,
    lastSeenAt: '2026-11-21T04:00:00.000Z',
  })
})

test('a host that is removed takes the mirror of its runs along, and leaves the audit', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  store.hosts.put(hostOf())
  store.runs.catchUp('h', [summaryOf()], 7)
  store.audit.append(entryOf(), FIRST_WORKSPACE)
  store.hosts.remove('h')
  expect(store.hosts.list()).toEqual([])
  expect(everyRun(store)).toEqual([])
  expect(store.runs.through('h')).toBe(0)
  expect(store.audit.recent({ ...ALL, hostId: 'h' })).toHaveLength(1)
})

test('the hosts of a console from before there were others are this computer, with its runs', async () => {
  await using directory = temporaryDirectory()
  {
    const database = new Database(join(directory.path, 'console.db'))
    using _ = { [Symbol.dispose]: () => database.close() }
    database.exec(String(migrations[0]))
    database.pragma('user_version = 1')
    database.exec(`INSERT INTO hosts (id, name, local, added_at) VALUES ('h', 'here', 1, '${NOW.toISOString()}')`)
    const { id, queuedAt, ...run } = runOf()
    database
      .prepare('INSERT INTO runs (host_id, id, queued_at, ended, record) VALUES (?, ?, ?, 0, ?)')
      .run('h', id, queuedAt, JSON.stringify({ id, queuedAt, ...run }))
  }
  using store = openConsoleStore(directory.path, NOW)
  expect(store.hosts.list()).toEqual([hostOf()])
  expect(store.runs.unended('h')).toHaveLength(1)
})

test('a run from before a restore could be of several snapshots is kept, file names exactly', async () => {
  await using directory = temporaryDirectory()
  const { subject: _, ...run } = runOf({ state: 'partial', counts: { ...NO_COUNTS, restored: 7, failed: 1 } })
  const progress = {
    phase: 'restoring',
    filesDone: 8,
    filesTotal: 9,
    bytesDone: 10,
    bytesTotal: null,
    rate: null,
    secondsLeft: null,
    currentItem: '/caf\udce9',
  }
  const target = { kind: 'path', path: '/srv/"caf\udce9"' }
  const selection = { include: ['/caf\udce9', '/\ud83d\ude00 "quoted" \\'], exclude: ['/caf\udce9/\udcff'] }
  const where = { snapshotId: 'a'.repeat(64), snapshotTime: '2026-11-20T01:00:00+01:00' }
  const old = { kind: 'restore', ...where, selection, target, targetPath: target.path, planHash: 'ab' }
  const init = runOf({ subject: { kind: 'init', sample: true } })
  {
    const database = new Database(join(directory.path, 'console.db'))
    using _ = { [Symbol.dispose]: () => database.close() }
    for (const step of migrations.slice(0, 2)) if (typeof step === 'string') database.exec(step)
    database.pragma('user_version = 2')
    database.exec(`INSERT INTO hosts (id, name, added_at) VALUES ('h', 'here', '${NOW.toISOString()}')`)
    const insert = database.prepare('INSERT INTO runs (host_id, id, queued_at, ended, record) VALUES (?, ?, ?, 1, ?)')
    insert.run('h', run.id, run.queuedAt, JSON.stringify({ ...run, progress, subject: old }))
    insert.run('h', init.id, init.queuedAt, JSON.stringify(init))
  }
  using store = openConsoleStore(directory.path, NOW)
  expect(store.runs.get('h', init.id)).toEqual(summariseRun(init))
  expect(store.runs.get('h', run.id)).toEqual({
    ...run,
    progress: null,
    files: 8,
    bytes: 10,
    subject: {
      kind: 'restore',
      sources: [{ ...where, paths: { first: selection.include, more: 0 } }],
      target,
      targetPath: target.path,
      planHash: 'ab',
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack: false,
      follows: null,
      reason: '',
      safetySnapshot: null,
      evidence: null,
    },
  })
})

test('an audit entry from before there were reasons and proofs is kept, without them', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  const { reason: _, proof: __, ...old } = entryOf({ outcome: 'succeeded' })
  const database = new Database(join(directory.path, 'console.db'))
  database
    .prepare('INSERT INTO audit (id, host_id, action, outcome, record) VALUES (?, ?, ?, ?, ?)')
    .run(old.id, old.hostId, old.action, old.outcome, JSON.stringify(old))
  database.close()
  expect(store.audit.recent({ ...ALL, hostId: 'h' })).toEqual([{ ...old, reason: '', proof: null }])
})

test('a run that has ended does not begin again, whatever late news says', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  store.hosts.put(hostOf())
  const run = summaryOf()
  store.runs.put('h', { ...run, state: 'partial' })
  store.runs.put('h', run)
  expect(store.runs.get('h', run.id)?.state).toBe('partial')
  expect(store.runs.unended('h')).toEqual([])
})

test('a request key has one audit entry, unless it was refused', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  const first = entryOf()
  store.audit.append(first, FIRST_WORKSPACE)
  expect(() => store.audit.append({ ...first, id: randomUUID() }, FIRST_WORKSPACE)).toThrow(/UNIQUE/)
  store.audit.update({ ...first, outcome: 'refused' })
  const second = { ...first, id: randomUUID() }
  store.audit.append(second, FIRST_WORKSPACE)
  expect(store.audit.byRequest('h', first.requestKey ?? '')).toEqual(second)
  expect(store.audit.recent(ALL)).toHaveLength(2)
})

test('what is pending and the last restore are found per host', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  const done = entryOf({ outcome: 'succeeded' })
  const pending = entryOf({ hostId: 'other' })
  for (const entry of [done, entryOf({ outcome: 'refused' }), entryOf({ action: 'host.sample', outcome: 'failed' })]) {
    store.audit.append(entry, FIRST_WORKSPACE)
  }
  store.audit.append(pending, FIRST_WORKSPACE)
  expect(store.audit.lastRestore('h')).toEqual(done)
  expect(store.audit.pending('other')).toEqual([pending])
  expect(store.audit.pending('h')).toEqual([])
})

test.each([
  ['is no database', () => Buffer.from('this is not a database, and never was one, whatever its name says')],
  ['is damaged inside', () => damagedDatabase()],
])('a file that %s is moved aside and said so', async (_, content) => {
  await using directory = temporaryDirectory()
  writeFileSync(join(directory.path, 'console.db'), content())
  using store = openConsoleStore(directory.path, NOW)
  expect(store.movedAside).toContain('console.db.damaged-2026-11-21T')
  expect(readdirSync(directory.path)).toContainEqual(expect.stringContaining('damaged'))
  expect(store.hosts.list()).toEqual([])
})

function damagedDatabase(): Buffer {
  const database = new Database(':memory:')
  database.exec('CREATE TABLE t (a TEXT)')
  const insert = database.prepare('INSERT INTO t VALUES (?)')
  for (let at = 0; at < 200; at += 1) insert.run(randomBytes(400).toString('hex'))
  const bytes = database.serialize()
  database.close()
  bytes.fill(0xff, 4096, 12_288)
  return bytes
}

test('a database of a newer console is left as it is', async () => {
  await using directory = temporaryDirectory()
  openConsoleStore(directory.path, NOW)[Symbol.dispose]()
  const database = new Database(join(directory.path, 'console.db'))
  database.pragma('user_version = 99')
  database.close()
  expect(() => openConsoleStore(directory.path, NOW)).toThrow(Fault)
  expect(readdirSync(directory.path)).not.toContainEqual(expect.stringContaining('damaged'))
})

test('one console at a time holds a data directory, and the next hears who it is', async () => {
  await using directory = temporaryDirectory()
  {
    using _held = claimDataDirectory(directory.path)
    expect(() => claimDataDirectory(directory.path)).toThrow(
      expect.objectContaining({
        code: 'conflict',
        data: { what: 'data_directory_in_use', detail: `process ${process.pid}` },
      }),
    )
  }
  claimDataDirectory(directory.path)[Symbol.dispose]()
})
