import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { Target } from '../../../contract/shapes/restore.ts'

/** What kind of place a restore went to: only a staging folder is called as its run. Null while that is not known. */
export function targetKind({
  action,
  targetPath,
  runId,
}: Pick<AuditEntry, 'action' | 'targetPath' | 'runId'>): Target['kind'] | null {
  if (action !== 'host.restore' || targetPath === null) return null
  if (targetPath === '/') return 'in-place'
  return runId !== null && targetPath.endsWith(`/${runId}`) ? 'staging' : 'path'
}
