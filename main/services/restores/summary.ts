import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { FurtherRestore, RestoreRequest, RestoreSource, Selection } from '../../../contract/shapes/restore.ts'

const SHOWN = 3
/** As many digits as restic shows of an id. */
const SHORT_ID = 8

const furtherWords: Readonly<Record<FurtherRestore['kind'], string>> = {
  resume: 'the rest of run',
  retry: 'what failed of run',
  revert: 'back to before run',
}

/** What a restore is about, in words a reader of the audit understands; one that follows from a run names that run. */
export function summariseRequest(request: RestoreRequest): string {
  return request.kind === 'new' ? summariseSources(request.sources) : `${furtherWords[request.kind]} ${request.runId}`
}

/** What was selected of each snapshot; which one is said only where there are several. */
export function summariseSources(sources: readonly RestoreSource[]): string {
  const [only, ...others] = sources
  if (only !== undefined && others.length === 0) return summariseSelection(only.selection)
  const shown = sources
    .slice(0, SHOWN)
    .map(({ snapshotId, selection }) => `${summariseSelection(selection)} of ${snapshotId.slice(0, SHORT_ID)}`)
  const more = sources.length - shown.length
  return more > 0 ? `${shown.join('; ')}; and of ${more} more snapshots` : shown.join('; ')
}

function summariseSelection({ include, exclude }: Selection): string {
  const without = exclude.length === 0 ? '' : ` without ${listOf(exclude)}`
  return `${include.includes('/') ? 'the whole snapshot' : listOf(include)}${without}`
}

function listOf(paths: readonly string[]): string {
  const shown = paths.slice(0, SHOWN).map(showFileName).join(', ')
  return paths.length > SHOWN ? `${shown} and ${paths.length - SHOWN} more` : shown
}
