import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Selection } from '../../../contract/shapes/restore.ts'

const SHOWN = 3

/** What was selected, in words a reader of the audit understands: the first paths, and how many more. */
export function summariseSelection({ include, exclude }: Selection): string {
  const without = exclude.length === 0 ? '' : ` without ${listOf(exclude)}`
  return `${include.includes('/') ? 'the whole snapshot' : listOf(include)}${without}`
}

function listOf(paths: readonly string[]): string {
  const shown = paths.slice(0, SHOWN).map(showFileName).join(', ')
  return paths.length > SHOWN ? `${shown} and ${paths.length - SHOWN} more` : shown
}
