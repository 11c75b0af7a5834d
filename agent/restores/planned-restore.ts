import { Fault } from '../../contract/errors.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { type CheckedTarget, checkTarget } from '../../engine/restore/check-target.ts'
import { type PreparedRestore, planRestore } from '../../engine/restore/plan-restore.ts'
import type { Repositories } from '../repositories/repositories.ts'
import type { WantedRestore } from './wanted-restore.ts'

/** A restore that is known item by item, as things are now. */
export interface PlannedRestore {
  readonly wanted: WantedRestore
  readonly target: CheckedTarget
  /** Of each source. */
  readonly snapshots: readonly Snapshot[]
  readonly prepared: PreparedRestore
}

interface PlanningDeps {
  readonly repositories: Repositories
  readonly stagingRoot: string
}

interface Planning {
  readonly runId: string
  readonly signal: AbortSignal
}

/** Look at the target and find out what a restore would do there; writes nothing. Throws what both can throw. */
export async function planWanted(
  deps: PlanningDeps,
  wanted: WantedRestore,
  planning: Planning,
): Promise<PlannedRestore> {
  const { repositories } = deps
  const { repositoryId, sources, manner, remove } = wanted
  const repository = await repositories.open(repositoryId)
  const target = await targetOf(deps, wanted, planning)
  const snapshots = await snapshotsOf(repositories, wanted, planning)
  const reader = await repositories.reader(repositoryId)
  const from = sources.map(({ selection }, at) => ({ selection, snapshot: snapshots[at] ?? missing() }))
  const { signal } = planning
  const prepared = await planRestore({ repository, reader, sources: from, manner, target, remove, signal })
  return { wanted, target, snapshots, prepared }
}

/**
 * The same for what is about to be begun. What comes to a fresh folder depends on the snapshots alone, which never change:
 * where that was seen already and the folder is still fresh, it is not read anew. Throws as `planWanted` does.
 */
export async function planAgain(
  deps: PlanningDeps,
  wanted: WantedRestore,
  { seen, ...planning }: Planning & { readonly seen: PlannedRestore | undefined },
): Promise<PlannedRestore> {
  if (seen === undefined || !seen.target.fresh || !isSame(seen.wanted, wanted))
    return planWanted(deps, wanted, planning)
  const target = await targetOf(deps, wanted, planning)
  if (!target.fresh) return planWanted(deps, wanted, planning)
  const snapshots = await snapshotsOf(deps.repositories, wanted, planning)
  const prepared = { ...seen.prepared, free: target.free, writablePaths: [target.path] }
  return { wanted, target, snapshots, prepared }
}

function isSame(one: WantedRestore, other: WantedRestore): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function targetOf(
  { repositories, stagingRoot }: PlanningDeps,
  { repositoryId, manner }: WantedRestore,
  { runId }: Planning,
): Promise<CheckedTarget> {
  const { url: repositoryUrl } = repositories.get(repositoryId)
  return checkTarget({ target: manner.target, stagingRoot, runId, repositoryUrl })
}

/**
 * Throws `no_space` when it is known that there is too little. What is there already is written over where it stands, so
 * that room is needed for what is new alone.
 */
export function requireRoom({ prepared: { totals, free } }: PlannedRestore): void {
  const needed = totals.create.bytes
  if (free !== null && needed > free) throw new Fault('no_space', { needed, free })
}

/** Throws `not_found` for one that was forgotten. */
async function snapshotsOf(
  repositories: Repositories,
  { repositoryId, sources }: WantedRestore,
  { signal }: Planning,
): Promise<Snapshot[]> {
  const found: Snapshot[] = []
  for (const { snapshotId } of sources) found.push(await repositories.snapshot(repositoryId, snapshotId, signal))
  return found
}

function missing(): never {
  throw new Fault('not_found', { what: 'snapshot', id: '' })
}
