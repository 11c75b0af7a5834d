import type { RestoreDefault } from '../../../contract/shapes/restore-default.ts'
import { modeLabel } from '../restore/index.ts'

/** How a restore is meant where nobody says otherwise, but for the folder itself. */
export function mannerWords({ target, conflicts, readBack }: RestoreDefault): string {
  const there = target.kind === 'staging' ? [] : [`a file that is there: ${modeLabel(conflicts).toLowerCase()}`]
  return [...there, readBack ? 'read back' : 'not read back'].join(' · ')
}
