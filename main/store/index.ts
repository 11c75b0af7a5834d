import { join } from 'node:path'
import { AuditListCheck } from './audit-list-check.ts'
import { AuditStore } from './audit-store.ts'
import { openDatabase } from './database.ts'
import { FanOutStore } from './fan-out-store.ts'
import { HostStore } from './host-store.ts'
import { KeptPlanStore } from './kept-plan-store.ts'
import { PastRestoreStore } from './past-restore-store.ts'
import { PlaneStore } from './plane-store.ts'
import { RestorabilityStore } from './restorability-store.ts'
import { RunStore } from './run-store.ts'
import { SavedViewStore } from './saved-view-store.ts'
import { SettingStore } from './setting-store.ts'
import { WorkspaceStore } from './workspace-store.ts'

export type { AuditListCheck, ListedOtherwise } from './audit-list-check.ts'
export type { AuditStore } from './audit-store.ts'
export { chain } from './chain.ts'
export { claimDataDirectory } from './claim.ts'
export type { FanOutRecord, FanOutStore } from './fan-out-store.ts'
export type { HostRecord, HostStore } from './host-store.ts'
export type { KeptOwner } from './kept-rows.ts'
export { KeptStore } from './kept-store.ts'
export type { KeptPlanStore } from './kept-plan-store.ts'
export type { ScopedFilter } from './past-restore-filter.ts'
export type { PastRestoreStore } from './past-restore-store.ts'
export type { PlaneRecord, PlaneStore } from './plane-store.ts'
export type { RestorabilityStore } from './restorability-store.ts'
export type { SavedViewStore } from './saved-view-store.ts'
export type { RunsWanted } from './run-filter.ts'
export type { AlikeRuns, RunRows, RunStore } from './run-store.ts'
export type { SettingStore } from './setting-store.ts'
export { FIRST_WORKSPACE, type WorkspaceStore } from './workspace-store.ts'

export interface ConsoleStore extends Disposable {
  readonly settings: SettingStore
  readonly workspaces: WorkspaceStore
  readonly hosts: HostStore
  readonly runs: RunStore
  readonly audit: AuditStore
  readonly fanOuts: FanOutStore
  readonly auditList: AuditListCheck
  readonly pastRestores: PastRestoreStore
  readonly restorability: RestorabilityStore
  readonly savedViews: SavedViewStore
  readonly keptPlans: KeptPlanStore
  readonly planes: PlaneStore
  /** Where a damaged database was moved to when this one was opened; null in all other cases. */
  readonly movedAside: string | null
}

/** Open `console.db` in the data directory. Throws `version_mismatch` when a newer console wrote it. */
export function openConsoleStore(dataDirectory: string, now: Date): ConsoleStore {
  const { database, movedAside } = openDatabase(join(dataDirectory, 'console.db'), now)
  return {
    settings: new SettingStore(database),
    workspaces: new WorkspaceStore(database),
    hosts: new HostStore(database),
    runs: new RunStore(database),
    audit: new AuditStore(database),
    fanOuts: new FanOutStore(database),
    auditList: new AuditListCheck(database),
    pastRestores: new PastRestoreStore(database),
    restorability: new RestorabilityStore(database),
    savedViews: new SavedViewStore(database),
    keptPlans: new KeptPlanStore(database),
    planes: new PlaneStore(database),
    movedAside,
    [Symbol.dispose]: () => database.close(),
  }
}
