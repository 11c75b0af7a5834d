import { showFileName } from '../../contract/shapes/file-name.ts'
import type { FurtherRestore, RestoreManner, RestoreSource } from '../../contract/shapes/restore.ts'

const NAMED = 3

/** What is restored, as far as it is known. */
export interface DescribedRestore {
  readonly sources: readonly RestoreSource[]
  readonly manner: RestoreManner
  readonly follows: FurtherRestore | null
}

/** A restore in words, for the audit: what it follows from, the first paths and how many more, and where they go. */
export function describeRestore({ sources, manner, follows }: DescribedRestore): string {
  const what = namesOf(sources.flatMap(({ selection }) => selection.include))
  const left = sources.flatMap(({ selection }) => selection.exclude)
  const without = left.length === 0 ? '' : `, without ${namesOf(left)}`
  const from = sources.length > 1 ? `, from ${sources.length} snapshots` : ''
  return `${follows === null ? '' : `${describeFurther(follows)}: `}${what}${without}${from}, ${whereTo(manner)}`
}

/** A restore that follows from a run in words, before it is known what it takes. */
export function describeFurther({ kind, runId }: FurtherRestore): string {
  const words = { resume: 'resume', retry: 'retry what failed of', revert: 'revert' }
  return `${words[kind]} ${runId}`
}

function whereTo({ target, conflicts, deleteExtra }: RestoreManner): string {
  const deleting = deleteExtra ? ', deleting what the snapshot does not have' : ''
  if (target.kind === 'in-place') return `in place (${conflicts})${deleting}`
  return target.kind === 'staging' ? 'to a staging folder' : `to ${showFileName(target.path)}`
}

function namesOf(paths: readonly string[]): string {
  if (paths.length === 0) return 'nothing of a snapshot'
  const named = paths.slice(0, NAMED).map((path) => (path === '/' ? 'the whole snapshot' : showFileName(path)))
  const more = paths.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}
