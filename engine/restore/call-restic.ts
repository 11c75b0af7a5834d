import { Fault } from '../../contract/errors.ts'
import type { ProgramEnd } from '../process/program.ts'
import { openExcerpt } from '../repository/excerpt/open-excerpt.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { type RestoreCall, restore } from '../restic/restore.ts'
import type { RestorePass } from './restore-pass.ts'

/** What a pass does not say of a call. */
export type CallManner = Omit<RestoreCall, 'snapshotId' | 'base' | 'patterns' | 'overwrite' | 'lockable'>

/**
 * Have restic restore a pass, or tell what it would. Throws `tool_missing`, and where it is shown an excerpt what opening a
 * repository throws and `cancelled`.
 */
export async function callRestic(
  repository: ResticRepository,
  pass: RestorePass,
  manner: CallManner,
): Promise<ProgramEnd> {
  const { snapshotId, base, patterns, overwrite } = pass
  if (!pass.byExcerpt || patterns.kind === 'everything') {
    return await restore(repository, { ...manner, snapshotId, base, patterns, overwrite })
  }
  const wanted = { treeId: pass.treeId, ...patterns, time: pass.snapshotTime }
  await using excerpt = await openExcerpt(repository, wanted, manner).catch((cause: unknown) => {
    throw manner.signal?.aborted ? new Fault('cancelled', {}, { cause }) : cause
  })
  return await restore(excerpt.repository, {
    ...manner,
    snapshotId: excerpt.snapshotId,
    base: '/',
    patterns: { kind: 'everything' },
    overwrite,
    lockable: excerpt.lockable,
  })
}
