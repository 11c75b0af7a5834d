import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Fault } from '../../contract/errors.ts'
import type { AuditEntry } from '../../contract/shapes/audit.ts'
import { NO_COUNTS, type Run } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { claimDataDirectory, openConsoleStore } from './index.ts'

const NOW = new Date('2026-11-21T03:00:00.000Z')

function runOf(change: Partial<Run> = {}): Run {
  return {
    id: randomUUID(),
    state: 'running',
    requestKey: randomUUID(),
    repositoryId: 'r',
    subject: {
      kind: 'restore',
      snapshotId: 'a'.repeat(64),
      snapshotTime: NOW.toISOString(),
      selection: { include: ['/caf\udce9'], exclude: [] },
      target: { kind: 'staging' },
      targetPath: '/var/restic-restore/x',
      planHash: null,
    },
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
    ...change,
  }
}

test('what was written is there after the store was opened again, file names exactly', async () => {
  await using directory = temporaryDirectory()
  const run = runOf()
  const entry = entryOf({ targetPath: '/caf\udce9' })
  {
    using store = openConsoleStore(directory.path, NOW)
    store.hosts.put({ id: 'h', name: 'here', local: true, addedAt: NOW.toISOString() })
    store.runs.put('h', run)
    store.audit.append(entry)
    store.settings.set('key', 'value')
  }
  using store = openConsoleStore(directory.path, NOW)
  expect(store.hosts.list()).toMatchObject([{ id: 'h', name: 'here', local: true }])
  expect(store.runs.recent(null, 10)).toEqual([{ hostId: 'h', run }])
  expect(store.audit.recent({ hostId: 'h', limit: 10 })).toEqual([entry])
  expect(store.settings.get('key')).toBe('value')
  expect(store.movedAside).toBeNull()
  for (const name of readdirSync(directory.path)) {
    expect(`${name} ${statSync(join(directory.path, name)).mode & 0o077}`).toBe(`${name} 0`)
  }
})

test('a run that has ended does not begin again, whatever late news says', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  store.hosts.put({ id: 'h', name: 'here', local: true, addedAt: NOW.toISOString() })
  const run = runOf()
  store.runs.put('h', { ...run, state: 'partial' })
  store.runs.put('h', run)
  expect(store.runs.get('h', run.id)?.state).toBe('partial')
  expect(store.runs.unended('h')).toEqual([])
})

test('a request key has one audit entry, unless it was refused', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  const first = entryOf()
  store.audit.append(first)
  expect(() => store.audit.append({ ...first, id: randomUUID() })).toThrow(/UNIQUE/)
  store.audit.update({ ...first, outcome: 'refused' })
  const second = { ...first, id: randomUUID() }
  store.audit.append(second)
  expect(store.audit.byRequest('h', first.requestKey ?? '')).toEqual(second)
  expect(store.audit.recent({ hostId: null, limit: 10 })).toHaveLength(2)
})

test('what is pending and the last restore are found per host', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  const done = entryOf({ outcome: 'succeeded' })
  const pending = entryOf({ hostId: 'other' })
  for (const entry of [done, entryOf({ outcome: 'refused' }), entryOf({ action: 'host.sample', outcome: 'failed' })]) {
    store.audit.append(entry)
  }
  store.audit.append(pending)
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
