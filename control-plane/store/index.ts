import { chmodSync, closeSync, openSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'
import { AuditStore } from './audit-store.ts'
import { CapabilityStore } from './capability-store.ts'
import { CodeStore } from './code-store.ts'
import { ConnectionStore } from './connection-store.ts'
import { DeclarationStore } from './declaration-store.ts'
import { DeviceStore } from './device-store.ts'
import { FindingStore } from './finding-store.ts'
import { GroupStore } from './group-store.ts'
import { IssuanceStore } from './issuance-store.ts'
import { MachineStore } from './machine-store.ts'
import { migrate } from './migrate.ts'
import { ReportStore } from './report-store.ts'
import { Revisions } from './revisions.ts'
import { SafetyStore } from './safety-store.ts'
import { SettingStore } from './setting-store.ts'

export type { PlaneChange } from './audit-store.ts'
export type { CodeRecord } from './code-store.ts'
export type { ConnectionRecord } from './connection-store.ts'
export type { Declaration } from './declaration-store.ts'
export type { Device } from './device-store.ts'
export type { Finding } from './finding-store.ts'
export type { Group } from './group-store.ts'
export type { IssuanceRecord } from './issuance-store.ts'
export type { Backup, Machine } from './machine-store.ts'
export { keyText, type ReplicaKey, type Report, type ReportGist, type ReportHead } from './report-rows.ts'
export { nameKey } from './report-store.ts'
export type { SafetyRecord } from './safety-store.ts'

/** All that a control plane knows: one SQLite database, one store per noun. */
export interface PlaneStore extends Disposable {
  readonly settings: SettingStore
  readonly devices: DeviceStore
  readonly codes: CodeStore
  readonly connections: ConnectionStore
  readonly groups: GroupStore
  readonly machines: MachineStore
  readonly declarations: DeclarationStore
  readonly capabilities: CapabilityStore
  readonly reports: ReportStore
  readonly issuances: IssuanceStore
  readonly findings: FindingStore
  readonly safety: SafetyStore
  readonly audit: AuditStore
  /**
   * How often what is kept under a consumer's id (declarations, capabilities) or a group's (it, machines, backups) was changed, or another
   * snapshot of a replica was verified (`nameKey`).
   */
  readonly revisions: Pick<Revisions, 'of'>
  /** All or nothing: what `act` writes is kept when it returns and undone when it throws. May be nested. */
  transaction<T>(act: () => T): T
}

/**
 * Open or create the store at `path`; closed by disposing it. Throws `conflict`: `data_directory_in_use` while another plane has it,
 * `store_damaged` when it is no database any more; `version_mismatch` when a newer plane wrote it.
 */
export function openStore(path: string): PlaneStore {
  // SQLite gives the files beside the database the rights that the database has when it opens it.
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const database = new SqliteDatabase(path, { timeout: 2000 })
  try {
    // Two planes on one store would both give out worklists, and each keep what the other has changed in mind.
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = WAL')
    // An issuance and a report must be on the disk before they are answered.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    migrate(database)
  } catch (error) {
    database.close()
    const what = reasonOf(error)
    if (what === undefined) throw error
    throw new Fault('conflict', { what, detail: path }, { cause: error })
  }
  return storeOf(database)
}

function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof SqliteDatabase.SqliteError)) return undefined
  if (error.code.startsWith('SQLITE_BUSY')) return 'data_directory_in_use'
  return /^SQLITE_(CORRUPT|NOTADB)/.test(error.code) ? 'store_damaged' : undefined
}

function storeOf(database: SqliteDatabase.Database): PlaneStore {
  const revisions = new Revisions()
  const connections = new ConnectionStore(database)
  return {
    settings: new SettingStore(database),
    devices: new DeviceStore(database, () => {
      connections.flush()
    }),
    codes: new CodeStore(database),
    connections,
    groups: new GroupStore(database, revisions),
    machines: new MachineStore(database, revisions),
    declarations: new DeclarationStore(database, revisions),
    capabilities: new CapabilityStore(database, revisions),
    reports: new ReportStore(database, revisions),
    issuances: new IssuanceStore(database),
    findings: new FindingStore(database),
    safety: new SafetyStore(database),
    audit: new AuditStore(database),
    revisions,
    transaction: (act) => (database.inTransaction ? act() : database.transaction(act).immediate()),
    [Symbol.dispose]: () => {
      connections.close()
      database.close()
    },
  }
}
