import { showFileName } from '../../contract/shapes/file-name.ts'
import type { Selection, Target } from '../../contract/shapes/restore.ts'

const NAMED = 3

/** A restore in words, for the audit: the first paths and how many more, and where they go. */
export function describeRestore({ selection, target }: { selection: Selection; target: Target }): string {
  const without = selection.exclude.length === 0 ? '' : `, without ${namesOf(selection.exclude)}`
  const where = target.kind === 'staging' ? 'a staging folder' : showFileName(target.path)
  return `${namesOf(selection.include)}${without}, to ${where}`
}

function namesOf(paths: readonly string[]): string {
  const named = paths.slice(0, NAMED).map((path) => (path === '/' ? 'the whole snapshot' : showFileName(path)))
  const more = paths.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}
