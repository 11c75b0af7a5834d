import { t } from '@lingui/core/macro'
import type { UsualDuration } from '../../../contract/shapes/run-page.ts'
import { formatCount, formatSpan } from '../../components/format.ts'

/** How long a run goes on, beside how long runs like it took; null where nobody knows what is usual. */
export function elapsedWords(elapsed: number, usual: UsualDuration | null): string {
  const since = t`Running for ${formatSpan(elapsed)}`
  if (usual === null) return since
  const { runs, median, ninetieth } = usual
  if (elapsed > ninetieth) {
    return t`${since}, longer than nine of ten of the last ${formatCount(runs)} runs like it took (${formatSpan(ninetieth)}). It is worth a look.`
  }
  const beside = elapsed > median ? t`, longer than usual` : ''
  return t`${since}${beside}; usually ${formatSpan(median)}, nine of ten within ${formatSpan(ninetieth)}`
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
