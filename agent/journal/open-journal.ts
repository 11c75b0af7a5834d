import { chmodSync, closeSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'
import { AuditSegments } from './audit-segments.ts'
import { AuditStore } from './audit-store.ts'
import { CodeStore } from './code-store.ts'
import { reasonOf } from './journal-trouble.ts'
import { LedgerPages } from './ledger-pages.ts'
import { LedgerStore } from './ledger-store.ts'
import { migrate } from './migrate.ts'
import { PeerStore } from './peer-store.ts'
import { RepositoryStore } from './repository-store.ts'
import { RunEventStore } from './run-event-store.ts'
import { RunStore } from './run-store.ts'
import { RunSummaryStore } from './run-summary-store.ts'
import { SavedStore } from './saved-store.ts'
import { SettingStore } from './setting-store.ts'

/** What this host's agent knows for good: one SQLite database, one store per noun. */
export interface Journal extends Disposable {
  readonly settings: SettingStore
  readonly repositories: RepositoryStore
  readonly runs: RunStore
  readonly runSummaries: RunSummaryStore
  readonly events: RunEventStore
  readonly ledger: LedgerStore
  readonly ledgerPages: LedgerPages
  readonly saved: SavedStore
  readonly audit: AuditStore
  readonly auditSegments: AuditSegments
  readonly peers: PeerStore
  readonly codes: CodeStore
  /** All or nothing: what `act` writes is kept when it returns and undone when it throws. May be nested. */
  transaction<T>(act: () => T): T
}

/**
 * Open or create the journal at `path`. Throws `conflict`: `data_directory_in_use` while another agent has it,
 * `journal_damaged` when it is no database any more; `version_mismatch` when a newer agent wrote it.
 */
export function openJournal(path: string): Journal {
  ownFile(path)
  const database = new SqliteDatabase(path, { timeout: 2000 })
  try {
    // Held until this process ends, however it ends: a second agent on the same data would take our restic for a leftover.
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = WAL')
    // FULL, not NORMAL: with NORMAL a power cut may take the last commits, and a restore that was begun and then
    // forgotten is the very thing the journal is for. A commit costs about a millisecond and a busy run makes ten a second.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    migrate(database)
  } catch (error) {
    database.close()
    const what = reasonOf(error)
    if (what === undefined) throw error
    throw new Fault('conflict', { what, detail: path }, { cause: error })
  }
  const ledger = new LedgerStore(database)
  const runSummaries = new RunSummaryStore(database)
  return {
    settings: new SettingStore(database),
    repositories: new RepositoryStore(database),
    runs: new RunStore(database, runSummaries),
    runSummaries,
    events: new RunEventStore(database),
    ledger,
    ledgerPages: new LedgerPages(database, ledger),
    saved: new SavedStore(database, ledger),
    audit: new AuditStore(database),
    auditSegments: new AuditSegments(database, segmentsBeside(path)),
    peers: new PeerStore(database),
    codes: new CodeStore(database),
    transaction: (act) => (database.inTransaction ? act() : database.transaction(act).immediate()),
    [Symbol.dispose]: () => {
      database.close()
    },
  }
}

/** Where the closed segments of a journal's audit are. */
export function segmentsBeside(path: string): string {
  return join(dirname(path), 'audit')
}

/** SQLite gives the files beside the database the rights that the database has when it opens it. */
function ownFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}
