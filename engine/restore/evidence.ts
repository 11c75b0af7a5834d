import type { Evidence } from '../../contract/shapes/run.ts'
import type { PassesResult, RestoreFilesRequest } from './run-passes.ts'
import type { Settlement } from './settle-items.ts'

/** What shows that what was written is what the snapshot holds; null where that was not wanted, or it did not come to it. */
export async function evidenceOf(
  { prepared, manner, repository }: RestoreFilesRequest,
  { end }: PassesResult,
  settlement: Settlement,
): Promise<Evidence | null> {
  if (!manner.readBack || end.how !== 'done') return null
  const unread = settlement.unverified
  return {
    by: `restic ${repository.restic.version}`,
    equal: settlement.good - unread,
    equalBytes: settlement.goodBytes,
    different: prepared.files - settlement.good,
    unread,
    at: new Date().toISOString(),
  }
}
