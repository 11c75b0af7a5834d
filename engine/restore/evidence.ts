import { Fault } from '../../contract/errors.ts'
import type { Evidence } from '../../contract/shapes/run.ts'
import { dryRun, type Said } from './dry-run.ts'
import type { PreparedRestore } from './plan-restore.ts'
import type { PassesResult, RestoreFilesRequest } from './run-passes.ts'
import type { Settlement } from './settle-items.ts'

type Counts = Pick<Evidence, 'equal' | 'equalBytes' | 'different' | 'unread'>

/**
 * What shows that what was written is what the snapshot holds; null where that was not wanted, or it did not come to it.
 * restic leaves its verification out when anything went wrong before; then its dry run, which compares the content of what
 * is there, reads back what was written.
 */
export async function evidenceOf(
  request: RestoreFilesRequest,
  { end, heard }: PassesResult,
  settlement: Settlement,
): Promise<Evidence | null> {
  const { manner, repository, prepared } = request
  if (!manner.readBack || end.how !== 'done') return null
  const wentWrong = heard.others.length > 0 || [...heard.failures.values()].some(({ verifying }) => !verifying)
  const counts = wentWrong ? await readBack(request, settlement) : verified(prepared, settlement)
  return { by: `restic ${repository.restic.version}`, ...counts, at: new Date().toISOString() }
}

function verified({ files }: PreparedRestore, { good, goodBytes, unverified }: Settlement): Counts {
  return { equal: good - unverified, equalBytes: goodBytes, different: files - good, unread: unverified }
}

async function readBack(request: RestoreFilesRequest, { exceptions }: Settlement): Promise<Counts> {
  const { prepared, repository, target, signal } = request
  const failed = new Set(exceptions.filter(({ action }) => action === 'failed').map(({ at }) => at))
  const said = new Map<string, Said>()
  for (const pass of prepared.passes) {
    if (pass.isPrivate) continue
    const found = await dryRun(repository, { pass: { ...pass, overwrite: 'always' }, targetPath: target.path, signal })
      // What cannot be read back is said to be unread.
      .catch(rethrowUnlessFault)
    for (const [path, counted] of found) said.set(path, counted)
  }
  const counts = { equal: 0, equalBytes: 0, different: 0, unread: 0 }
  const { items } = prepared
  for (let at = 0; at < items.length; at += 1) {
    const isWritten = items.action(at) === 'create' || items.action(at) === 'update'
    if (items.type(at) !== 'file' || !isWritten) continue
    const { same, other } = said.get(items.path(at).toWellFormed()) ?? { same: 0, other: 0 }
    if (failed.has(at)) counts.different += 1
    else if (items.size(at) > 0 && (same === 0 || other > 0)) counts.unread += 1
    else {
      counts.equal += 1
      counts.equalBytes += items.size(at)
    }
  }
  return counts
}

function rethrowUnlessFault(error: unknown): ReadonlyMap<string, Said> {
  if (error instanceof Fault) return new Map()
  throw error
}
