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

/** Look at the target and find out what a restore would do there; writes nothing. Throws what both can throw. */
export async function planWanted(
  { repositories, stagingRoot }: PlanningDeps,
  wanted: WantedRestore,
  { runId, signal }: { readonly runId: string; readonly signal: AbortSignal },
): Promise<PlannedRestore> {
  const { repositoryId, sources, manner, remove } = wanted
  const { url: repositoryUrl } = repositories.get(repositoryId)
  const repository = await repositories.open(repositoryId)
  const target = await checkTarget({ ...manner, stagingRoot, runId, repositoryUrl })
  const ids = sources.map(({ snapshotId }) => snapshotId)
  const snapshots = await snapshotsOf(repositories, { repositoryId, ids, signal })
  const reader = await repositories.reader(repositoryId)
  const from = sources.map(({ selection }, at) => ({ selection, snapshot: snapshots[at] ?? missing(ids[at]) }))
  const prepared = await planRestore({ repository, reader, sources: from, manner, target, remove, signal })
  return { wanted, target, snapshots, prepared }
}

/**
 * Throws `no_space` when it is known that there is too little. What is there already is written over where it stands, so
 * that room is needed for what is new alone.
 */
export function requireRoom({ prepared: { totals, free } }: PlannedRestore): void {
  const needed = totals.create.bytes
  if (free !== null && needed > free) throw new Fault('no_space', { needed, free })
}

async function snapshotsOf(
  repositories: Repositories,
  { repositoryId, ids, signal }: { repositoryId: string; ids: readonly string[]; signal: AbortSignal },
): Promise<Snapshot[]> {
  const found: Snapshot[] = []
  for (const id of ids) found.push(await repositories.snapshot(repositoryId, id, signal))
  return found
}

function missing(id = ''): never {
  throw new Fault('not_found', { what: 'snapshot', id })
}
