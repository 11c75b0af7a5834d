import { t } from '@lingui/core/macro'
import type { UsualDuration } from '../../../contract/shapes/run-page.ts'
import { formatCount, formatSpan } from '../../components/format.ts'

/** How long a run goes on, beside how long runs like it took; null where nobody knows what is usual. */
export function elapsedWords(elapsed: number, usual: UsualDuration | null): string {
  const time = formatSpan(elapsed)
  if (usual === null) return t`Running for ${time}`
  const [runs, most, median] = [formatCount(usual.runs), formatSpan(usual.ninetieth), formatSpan(usual.median)]
  if (elapsed > usual.ninetieth)
    return t`Running for ${time}, longer than nine of ten of the last ${runs} runs like it took (${most}). It is worth a look.`
  return elapsed > usual.median
    ? t`Running for ${time}, longer than usual; usually ${median}, nine of ten within ${most}`
    : t`Running for ${time}; usually ${median}, nine of ten within ${most}`
}

/**
 * Seconds that a run has gone on; null before it has begun, and while nobody knows whether it goes on. `clockAhead` is by how
 * many milliseconds the host's clock, which says when it began, is ahead of ours.
 */
export function elapsedSeconds(
  { state, startedAt }: { readonly state: string; readonly startedAt: string | null },
  now: Date,
  clockAhead = 0,
): number | null {
  if (state !== 'running' || startedAt === null) return null
  return Math.max(0, (now.getTime() + clockAhead - Date.parse(startedAt)) / 1000)
}
