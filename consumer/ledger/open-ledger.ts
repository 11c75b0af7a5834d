import Database from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'

/** Each step is carried out once, in this order, for ever: a new one goes to the end. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE replicas (
     key TEXT PRIMARY KEY,
     entry TEXT NOT NULL,
     listed INTEGER NOT NULL,
     wanted_since TEXT NOT NULL,
     verified_snapshot_id TEXT,
     verified_at TEXT,
     failures INTEGER NOT NULL DEFAULT 0,
     retry_at TEXT,
     last_error TEXT,
     forced INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE attempts (
     run_id TEXT PRIMARY KEY,
     key TEXT NOT NULL REFERENCES replicas (key),
     entry TEXT NOT NULL,
     step TEXT NOT NULL,
     started_at TEXT NOT NULL,
     ended_at TEXT,
     outcome TEXT,
     error TEXT
   ) STRICT;
   CREATE INDEX attempts_of_replica ON attempts (key, started_at);
   CREATE INDEX attempts_open ON attempts (run_id) WHERE ended_at IS NULL;
   CREATE TABLE reports (
     run_id TEXT PRIMARY KEY REFERENCES attempts (run_id),
     body TEXT NOT NULL,
     made_at TEXT NOT NULL,
     tries INTEGER NOT NULL DEFAULT 0,
     next_at TEXT NOT NULL,
     answer TEXT,
     ended_at TEXT
   ) STRICT;
   CREATE INDEX reports_waiting ON reports (next_at) WHERE ended_at IS NULL;
   CREATE TABLE refusals (
     group_id TEXT NOT NULL,
     type TEXT NOT NULL,
     worklist TEXT NOT NULL,
     reason TEXT NOT NULL,
     PRIMARY KEY (group_id, type)
   ) STRICT;
   CREATE TABLE instances (
     run_id TEXT PRIMARY KEY REFERENCES attempts (run_id),
     key TEXT NOT NULL REFERENCES replicas (key),
     snapshot_id TEXT NOT NULL,
     state TEXT NOT NULL,
     since TEXT NOT NULL,
     remove_at TEXT
   ) STRICT;`,
  // An attempt may be reported on more than once; the report of its outcome keeps the run's id as its own.
  `CREATE TABLE all_reports (
     id TEXT PRIMARY KEY,
     run_id TEXT NOT NULL REFERENCES attempts (run_id),
     is_later INTEGER NOT NULL,
     body TEXT NOT NULL,
     made_at TEXT NOT NULL,
     tries INTEGER NOT NULL DEFAULT 0,
     refusals INTEGER NOT NULL DEFAULT 0,
     next_at TEXT NOT NULL,
     answer TEXT,
     ended_at TEXT
   ) STRICT;
   INSERT INTO all_reports (id, run_id, is_later, body, made_at, tries, next_at, answer, ended_at)
     SELECT run_id, run_id, 0, body, made_at, tries, next_at, answer, ended_at FROM reports ORDER BY rowid;
   DROP TABLE reports;
   ALTER TABLE all_reports RENAME TO reports;
   CREATE UNIQUE INDEX reports_of_outcome ON reports (run_id) WHERE is_later = 0;
   CREATE INDEX reports_of_run ON reports (run_id);
   CREATE INDEX reports_waiting ON reports (next_at) WHERE ended_at IS NULL;
   CREATE TABLE deaths (
     key TEXT PRIMARY KEY REFERENCES replicas (key),
     run_id TEXT NOT NULL REFERENCES attempts (run_id),
     count INTEGER NOT NULL,
     died_at TEXT NOT NULL,
     words TEXT NOT NULL,
     is_news INTEGER NOT NULL,
     alive_since TEXT,
     told_at TEXT,
     is_refused INTEGER NOT NULL
   ) STRICT;`,
]

/**
 * What the consumer must not forget, in one SQLite file. What was committed is on the disk, also when the power fails. Throws
 * `version_mismatch` where a newer consumer wrote it.
 */
export function openLedgerFile(path: string): Database.Database {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('busy_timeout = 5000')
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > MIGRATIONS.length) {
    database.close()
    throw new Fault('version_mismatch', { ours: `ledger ${MIGRATIONS.length}`, theirs: `ledger ${version}` })
  }
  MIGRATIONS.slice(version).forEach((step, at) => {
    database.transaction(() => {
      database.exec(step)
      database.pragma(`user_version = ${version + at + 1}`)
    })()
  })
  return database
}
