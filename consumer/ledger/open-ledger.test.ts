import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { entry } from '../../test/consumer-entry.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { keyOf } from '../worklist-entry.ts'
import { Ledger } from './ledger.ts'

/** As the first version made it; never to be changed. */
const FIRST = `
  CREATE TABLE replicas (
    key TEXT PRIMARY KEY, entry TEXT NOT NULL, listed INTEGER NOT NULL, wanted_since TEXT NOT NULL,
    verified_snapshot_id TEXT, verified_at TEXT, failures INTEGER NOT NULL DEFAULT 0, retry_at TEXT, last_error TEXT,
    forced INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE attempts (
    run_id TEXT PRIMARY KEY, key TEXT NOT NULL REFERENCES replicas (key), entry TEXT NOT NULL, step TEXT NOT NULL,
    started_at TEXT NOT NULL, ended_at TEXT, outcome TEXT, error TEXT
  ) STRICT;
  CREATE INDEX attempts_of_replica ON attempts (key, started_at);
  CREATE INDEX attempts_open ON attempts (run_id) WHERE ended_at IS NULL;
  CREATE TABLE reports (
    run_id TEXT PRIMARY KEY REFERENCES attempts (run_id), body TEXT NOT NULL, made_at TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, next_at TEXT NOT NULL, answer TEXT, ended_at TEXT
  ) STRICT;
  CREATE INDEX reports_waiting ON reports (next_at) WHERE ended_at IS NULL;
  CREATE TABLE refusals (
    group_id TEXT NOT NULL, type TEXT NOT NULL, worklist TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (group_id, type)
  ) STRICT;
  CREATE TABLE instances (
    run_id TEXT PRIMARY KEY REFERENCES attempts (run_id), key TEXT NOT NULL REFERENCES replicas (key),
    snapshot_id TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL, remove_at TEXT
  ) STRICT;
  PRAGMA user_version = 1;`

const WANTED = entry({ type: 'postgres', intent: 'analytics' })
const KEY = keyOf(WANTED)
const at = (hour: number): string => new Date(Date.UTC(2026, 10, 27, hour)).toISOString()

/** A ledger as the first version left it: one report was told, one was refused twice and waits, and a replica serves. */
function formerLedger(path: string): void {
  const database = new Database(path)
  database.exec(FIRST)
  database
    .prepare('INSERT INTO replicas (key, entry, listed, wanted_since) VALUES (?, ?, 1, ?)')
    .run(KEY, JSON.stringify(WANTED), at(0))
  const attempt = database.prepare(
    'INSERT INTO attempts (run_id, key, entry, step, started_at, outcome) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const report = database.prepare(
    'INSERT INTO reports (run_id, body, made_at, tries, next_at, answer, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  attempt.run('told', KEY, JSON.stringify(WANTED), 'end', at(1), 'failed')
  report.run('told', '{"run_id":"told"}', at(1), 1, at(1), 'told', at(2))
  attempt.run('waits', KEY, JSON.stringify(WANTED), 'end', at(3), 'healthy')
  report.run('waits', '{"run_id":"waits","odd":"ü"}', at(3), 2, at(4), '502: away', null)
  database
    .prepare('INSERT INTO instances VALUES (?, ?, ?, ?, ?, NULL)')
    .run('waits', KEY, WANTED.snapshotId, 'active', at(3))
  database.close()
}

test('a ledger of the first version keeps its reports under their old key, and takes later ones of the same attempt', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'consumer.db')
  formerLedger(path)
  {
    using ledger = new Ledger(path)
    expect(ledger.reports.untold()).toBe(1)
    expect(ledger.reports.waiting(at(3))).toEqual([])
    const first = {
      id: 'waits',
      runId: 'waits',
      isLater: false,
      body: { run_id: 'waits', odd: 'ü' },
      tries: 2,
      refusals: 0,
    }
    expect(ledger.reports.waiting(at(5))).toEqual([first])
    expect(ledger.instances()).toMatchObject([{ runId: 'waits', state: 'active' }])
    const death = {
      key: KEY,
      runId: 'waits',
      count: 1,
      diedAt: at(5),
      words: 'It was killed.',
      isNews: true,
      aliveSince: null,
      toldAt: at(5),
      isRefused: false,
    }
    const body = {
      replica_id: WANTED.replicaId,
      group: WANTED.groupId,
      type: 'postgres',
      intent: 'analytics',
      outcome: 'success' as const,
      replica_healthy: false,
      observed_at: at(5),
    }
    ledger.deaths.tell(death, body, at(5))
    // The one after it waits until it was told.
    expect(ledger.reports.waiting(at(6))).toEqual([first])
    ledger.reports.told('waits', 'told', at(6))
    expect(ledger.reports.waiting(at(6))).toMatchObject([
      { runId: 'waits', isLater: true, body: { replica_healthy: false } },
    ])
    expect(() => ledger.reports.add({ id: 'other', runId: 'waits', isLater: false, report: body, at: at(7) })).toThrow(
      'UNIQUE',
    )
  }
  using again = new Ledger(path)
  expect(again.deaths.of(KEY)).toMatchObject({ runId: 'waits', isNews: false, words: 'It was killed.', toldAt: at(5) })
  expect(again.reports.untold()).toBe(1)
  const database = new Database(path)
  const rows = database
    .prepare('SELECT id, run_id, answer, tries, ended_at FROM reports WHERE is_later = 0 ORDER BY rowid')
    .all()
  expect(rows).toEqual([
    { id: 'told', run_id: 'told', answer: 'told', tries: 1, ended_at: at(2) },
    { id: 'waits', run_id: 'waits', answer: 'told', tries: 3, ended_at: at(6) },
  ])
  expect(database.pragma('foreign_key_check')).toEqual([])
  database.close()
})

test('a ledger that a newer consumer wrote is left alone', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'consumer.db')
  const database = new Database(path)
  database.pragma('user_version = 99')
  database.close()
  expect(() => new Ledger(path)).toThrow(expect.objectContaining({ code: 'version_mismatch' }))
})
