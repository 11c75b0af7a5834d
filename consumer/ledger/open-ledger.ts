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
