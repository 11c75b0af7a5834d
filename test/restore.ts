import { openTreeReader } from '../engine/repository/tree-reader.ts'
import type { ResticRepository } from '../engine/restic/repository.ts'
import { type PreparedRestore, planRestore } from '../engine/restore/plan-restore.ts'
import type { Correction, LedgerItem, RestoreEvent, RestoreOutcome } from '../engine/restore/restore-event.ts'
import { restoreFiles } from '../engine/restore/restore-files.ts'
import type { RestoreFilesRequest } from '../engine/restore/run-passes.ts'

export interface RestoreToTry {
  readonly repository: ResticRepository
  readonly snapshotId: string
  readonly treeId: string
  readonly targetPath: string
  /** Everything, unless given. */
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

export interface TriedRestore {
  readonly outcome: RestoreOutcome
  readonly events: readonly RestoreEvent[]
  /** The ledger as a reader sees it in the end, by path. */
  readonly ledger: ReadonlyMap<string, LedgerItem>
}

/** Plan a restore with the engine. */
export function plan(wanted: RestoreToTry, more: { readonly signal?: AbortSignal } = {}): Promise<PreparedRestore> {
  return planRestore({
    ...more,
    repository: wanted.repository,
    reader: openTreeReader(wanted.repository),
    snapshot: { id: wanted.snapshotId, treeId: wanted.treeId },
    selection: { include: [...(wanted.include ?? ['/'])], exclude: [...(wanted.exclude ?? [])] },
    target: { kind: 'path', path: wanted.targetPath },
  })
}

/** Plan and restore with the engine, and keep the ledger as an agent would. */
export async function planAndRestore(
  wanted: RestoreToTry,
  more: Partial<RestoreFilesRequest> = {},
): Promise<TriedRestore> {
  const prepared = more.prepared ?? (await plan(wanted))
  const events: RestoreEvent[] = []
  const outcome = await restoreFiles({
    repository: wanted.repository,
    snapshot: { id: wanted.snapshotId },
    prepared,
    targetPath: wanted.targetPath,
    ...more,
    onEvent: (event) => {
      events.push(event)
      more.onEvent?.(event)
    },
  })
  return { outcome, events, ledger: ledgerOf(events, outcome.items ?? []) }
}

function ledgerOf(events: readonly RestoreEvent[], corrections: readonly Correction[]): Map<string, LedgerItem> {
  const rows: LedgerItem[] = []
  for (const event of events) if (event.type === 'item') rows.push(event)
  for (const { replaces, ...item } of corrections) {
    const at = rows.findIndex((row) => row.path === replaces)
    if (at < 0) rows.push(item)
    else rows[at] = item
  }
  return new Map(rows.map(({ path, action, size, reason }) => [path, { path, action, size, reason }]))
}
