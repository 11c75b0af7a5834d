import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { RestoreManner, Target } from '../contract/shapes/restore.ts'
import type { LedgerAction } from '../contract/shapes/run.ts'
import { openTreeReader } from '../engine/repository/tree-reader.ts'
import type { ResticRepository } from '../engine/restic/repository.ts'
import { type CheckedTarget, checkTarget } from '../engine/restore/check-target.ts'
import { PlaceFinder } from '../engine/restore/place-finder.ts'
import { type PlannedSource, type PreparedRestore, planRestore } from '../engine/restore/plan-restore.ts'
import type { RestoreEvent, RestoreOutcome } from '../engine/restore/restore-event.ts'
import { restoreFiles } from '../engine/restore/restore-files.ts'
import type { RestoreFilesRequest } from '../engine/restore/run-passes.ts'
import { ledgerActionOf, reasonToSkip } from '../engine/restore/settled-ledger.ts'
import { runRestic } from './restic.ts'

export interface RestoreToTry {
  readonly repository: ResticRepository
  readonly snapshotId: string
  readonly treeId: string
  /** A folder that is absent or empty or holds something; null is in place. */
  readonly targetPath: string | null
  /** Everything, unless given. */
  /** What was backed up; all of it unless given. */
  readonly paths?: readonly string[]
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  /** More parts of other snapshots. */
  readonly more?: readonly PlannedSource[]
  readonly manner?: Partial<RestoreManner>
  readonly remove?: readonly string[]
  /** As the engine's own, unless given. */
  readonly excerptFrom?: number
}

/** One row of the ledger as a reader sees it in the end. */
export interface LedgerRow {
  readonly path: string
  readonly action: LedgerAction
  readonly size: number
  readonly reason: string
}

export interface TriedRestore {
  readonly prepared: PreparedRestore
  readonly outcome: RestoreOutcome
  readonly events: readonly RestoreEvent[]
  /** By the path that each item has in the target. */
  readonly ledger: ReadonlyMap<string, LedgerRow>
}

/** Everything of `manner`: fresh as it can be, with read-back. */
export function mannerOf({ targetPath, manner }: Pick<RestoreToTry, 'targetPath' | 'manner'>): RestoreManner {
  return {
    target: targetPath === null ? { kind: 'in-place' } : { kind: 'path', path: targetPath },
    layout: 'full-path',
    conflicts: 'always',
    deleteExtra: false,
    readBack: true,
    ...manner,
  }
}

/** Back up some folders by their absolute paths, as a host's own backup does. */
export async function backUpPaths(
  repository: ResticRepository,
  paths: readonly string[],
): Promise<{ readonly snapshotId: string; readonly treeId: string }> {
  const output = await runRestic(repository, ['backup', '--json', '--quiet', ...paths])
  const { snapshot_id: snapshotId } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { snapshot_id: string }
  const { tree: treeId } = JSON.parse(await runRestic(repository, ['cat', 'snapshot', snapshotId])) as { tree: string }
  return { snapshotId, treeId }
}

/** Plan a restore with the engine. */
export async function plan(
  wanted: RestoreToTry,
  more: { readonly signal?: AbortSignal } = {},
): Promise<PreparedRestore> {
  const { repository, snapshotId: id, treeId, include = ['/'], exclude = [] } = wanted
  const source = {
    snapshot: { id, treeId, time: '2026-01-05T10:00:00Z', paths: wanted.paths ?? ['/'] },
    selection: { include: [...include], exclude: [...exclude] },
  }
  return await planRestore({
    ...more,
    repository,
    reader: openTreeReader(repository),
    sources: [source, ...(wanted.more ?? [])],
    manner: mannerOf(wanted),
    target: await targetOf(wanted),
    remove: wanted.remove ?? [],
    ...(wanted.excerptFrom === undefined ? {} : { excerptFrom: wanted.excerptFrom }),
  })
}

/** Plan and restore with the engine, and keep the ledger as an agent would. */
export async function planAndRestore(
  wanted: RestoreToTry,
  more: Partial<RestoreFilesRequest> = {},
): Promise<TriedRestore> {
  const prepared = more.prepared ?? (await plan(wanted))
  const events: RestoreEvent[] = []
  const manner = mannerOf(wanted)
  const outcome = await restoreFiles({
    repository: wanted.repository,
    prepared,
    manner,
    target: more.target ?? (await targetOf(wanted)),
    ...more,
    onEvent: (event) => {
      events.push(event)
      more.onEvent?.(event)
    },
  })
  return { prepared, outcome, events, ledger: ledgerOf(prepared, manner, outcome) }
}

/** A staging folder may lie below folders that are not there yet. */
export function targetOf({
  targetPath,
  repository,
}: Pick<RestoreToTry, 'targetPath' | 'repository'>): Promise<CheckedTarget> {
  const where = { stagingRoot: dirname(targetPath ?? '/nowhere'), runId: basename(targetPath ?? 'run') }
  return checkTarget({ ...where, target: kindOf(targetPath), repositoryUrl: repository.access.url })
}

function kindOf(targetPath: string | null): Target {
  if (targetPath === null) return { kind: 'in-place' }
  return existsSync(dirname(targetPath)) ? { kind: 'path', path: targetPath } : { kind: 'staging' }
}

function ledgerOf(prepared: PreparedRestore, manner: RestoreManner, outcome: RestoreOutcome): Map<string, LedgerRow> {
  const { items } = prepared
  const finder = new PlaceFinder(prepared)
  const exceptions = new Map(outcome.exceptions.map((exception) => [exception.at, exception]))
  const rows = new Map<string, LedgerRow>()
  for (let at = 0; at < items.length; at += 1) {
    const item = items.at(at)
    const exception = exceptions.get(at)
    const planned = item.action === 'skip' ? reasonToSkip(item, manner.conflicts) : ''
    const action = exception?.action ?? ledgerActionOf(item.action)
    const path = finder.place(at)
    rows.set(path, { path, action, size: item.size, reason: exception?.reason ?? planned })
  }
  for (const { path, reason } of outcome.others) rows.set(path, { path, action: 'failed', size: 0, reason })
  return rows
}
