import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { RestoreRequest } from '../../contract/shapes/restore.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { checkTarget } from '../../engine/restore/check-target.ts'
import { type PreparedRestore, planRestore } from '../../engine/restore/plan-restore.ts'
import type { RestoreEvent } from '../../engine/restore/restore-event.ts'
import type { Repositories } from '../repositories/repositories.ts'
import type { RunBody, RunRecord } from '../runs/run-record.ts'
import type { WriteRestore } from './restore-writer.ts'

export interface RestoreWork {
  readonly runId: string
  readonly request: RestoreRequest
  readonly snapshot: Snapshot
  readonly targetPath: string
  readonly stagingRoot: string
  readonly write: WriteRestore
}

/** What a restore run does: plan, see that there is room and the target is still free, then have it written. */
export function restoreBody(repositories: Repositories, work: RestoreWork): RunBody {
  return async (record, signal) => {
    const { request, snapshot, targetPath } = work
    const repository = await repositories.open(request.repositoryId, work.runId)
    record.log('info', `Planning with restic ${repository.restic.version}.`)
    const prepared = await planned(record, signal, async () => {
      const reader = await repositories.reader(request.repositoryId)
      const { selection, target } = request
      return planRestore({ repository, reader, snapshot, selection, target, signal })
    })
    if (prepared === undefined) {
      const remark = 'It was cancelled while planning. Nothing was written.'
      return { state: 'cancelled', fault: null, remark, corrections: [] }
    }
    requireRoom(prepared.bytes, await freeAtTarget(work, repository.access.url))
    const onEvent = (event: RestoreEvent): void => relay(record, event)
    const outcome = await work.write(work.runId, { repository, snapshot, prepared, targetPath, signal, onEvent })
    return { state: outcome.state, fault: outcome.fault, remark: outcome.remark, corrections: outcome.items ?? [] }
  }
}

/** Throws `no_space` when `free` bytes are known to be too few. */
export function requireRoom(needed: number, free: number | null): void {
  if (free !== null && needed > free) throw new Fault('no_space', { needed, free })
}

/** The target may have changed while the run was planned. Throws what `checkTarget` throws. */
async function freeAtTarget(work: RestoreWork, repositoryUrl: string): Promise<number | null> {
  const { path, free } = await checkTarget({ ...work, target: work.request.target, repositoryUrl })
  if (path === work.targetPath) return free
  throw new Fault('conflict', {
    what: 'target_unusable',
    detail: `${showFileName(work.targetPath)} is not where it was`,
  })
}

/** Undefined when it was cancelled meanwhile. */
async function planned(
  record: RunRecord,
  signal: AbortSignal,
  plan: () => Promise<PreparedRestore>,
): Promise<PreparedRestore | undefined> {
  record.progress({ phase: 'planning', filesDone: 0, bytesDone: 0, currentItem: null })
  try {
    const prepared = await plan()
    if (signal.aborted) return undefined
    record.expect({ files: prepared.files, bytes: prepared.bytes })
    record.planned(prepared.hash)
    return prepared
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

function relay(record: RunRecord, event: RestoreEvent): void {
  switch (event.type) {
    case 'log':
      return record.log(event.level, event.text)
    case 'progress':
      return record.progress(event)
    case 'item':
      return record.item(event)
  }
}
