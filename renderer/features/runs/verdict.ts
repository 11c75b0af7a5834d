import { plural, t } from '@lingui/core/macro'
import type { FurtherRestore } from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import { STATE_WORDS } from '../../components/StateBadge.tsx'

/** How a run ended, said so that nobody takes a partial result for a whole one. */
export function verdict(run: Run): string {
  switch (run.state) {
    case 'succeeded':
      return succeeded(run)
    case 'partial':
      return t`partial: ${{ lost: lost(run) }}`
    case 'cancelled':
      return t`cancelled before its end`
    case 'interrupted':
      return t`interrupted: the agent was stopped in the middle of it`
    case 'failed':
      return wroteNothing(run) ? t`failed: nothing was written` : t`failed before its end`
    default:
      return STATE_WORDS[run.state]
  }
}

function succeeded({ subject, counts }: Run): string {
  if (subject.kind === 'backup') return t`succeeded: all of it was read`
  if (subject.kind === 'init') return STATE_WORDS.succeeded
  if (subject.kind === 'diff') return t`succeeded: all of it was compared`
  const result = restored(subject.follows?.kind)
  return counts.skipped === 0
    ? result
    : t`${result}; ${plural(counts.skipped, { one: '# item skipped, as asked', other: '# items skipped, as asked' })}`
}

function restored(follows: FurtherRestore['kind'] | undefined): string {
  switch (follows) {
    case 'revert':
      return t`succeeded: what was there before is back`
    case 'retry':
      return t`succeeded: what had failed is there`
    default:
      return t`succeeded: everything that was selected is there`
  }
}

function lost({ counts, subject }: Run): string {
  const parts = [
    counts.failed > 0 ? t`${plural(counts.failed, { one: '# item', other: '# items' })} failed` : '',
    counts.skipped > 0 ? t`${plural(counts.skipped, { one: '# item', other: '# items' })} skipped` : '',
  ].filter((part) => part !== '')
  if (parts.length > 0) return parts.join(', ')
  if (subject.kind === 'diff') return t`not everything could be compared`
  return subject.kind === 'backup' ? t`not everything was read` : t`not everything is there`
}

function wroteNothing({ subject, counts }: Run): boolean {
  return subject.kind === 'restore' && counts.restored + counts.updated + counts.deleted === 0
}
