import { t } from '@lingui/core/macro'
import type { RestoreDefault } from '../../../contract/shapes/restore-default.ts'
import { modeLabel } from '../restore/index.ts'

/** How a restore is meant where nobody says otherwise, but for the folder itself. */
export function mannerWords({ target, conflicts, readBack }: RestoreDefault): string {
  const there = target.kind === 'staging' ? [] : [t`if a file is there: ${modeLabel(conflicts)}`]
  return [...there, readBack ? t`read back` : t`not read back`].join(' · ')
}
