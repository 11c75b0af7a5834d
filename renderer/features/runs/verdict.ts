import type { Run } from '../../../contract/shapes/run.ts'
import { formatNumberOf } from '../../components/format.ts'

/** How a run ended, said so that nobody takes a partial result for a whole one. */
export function verdict(run: Run): string {
  switch (run.state) {
    case 'succeeded':
      return succeeded(run)
    case 'partial':
      return `partial: ${lost(run)}`
    case 'cancelled':
      return 'cancelled before its end'
    case 'interrupted':
      return 'interrupted: the agent was stopped in the middle of it'
    case 'failed':
      return wroteNothing(run) ? 'failed: nothing was written' : 'failed before its end'
    default:
      return run.state
  }
}

function succeeded({ subject, counts }: Run): string {
  if (subject.kind === 'backup') return 'succeeded: all of it was read'
  if (subject.kind === 'init') return 'succeeded'
  if (subject.kind === 'diff') return 'succeeded: all of it was compared'
  const skipped = counts.skipped === 0 ? '' : `; ${formatNumberOf(counts.skipped, 'item')} skipped, as asked`
  switch (subject.follows?.kind) {
    case 'revert':
      return `succeeded: what was there before is back${skipped}`
    case 'retry':
      return `succeeded: what had failed is there${skipped}`
    default:
      return `succeeded: everything that was selected is there${skipped}`
  }
}

function lost({ counts, subject }: Run): string {
  const parts = [
    counts.failed > 0 ? `${formatNumberOf(counts.failed, 'item')} failed` : '',
    counts.skipped > 0 ? `${formatNumberOf(counts.skipped, 'item')} skipped` : '',
  ].filter((part) => part !== '')
  if (parts.length > 0) return parts.join(', ')
  if (subject.kind === 'diff') return 'not everything could be compared'
  return subject.kind === 'backup' ? 'not everything was read' : 'not everything is there'
}

function wroteNothing({ subject, counts }: Run): boolean {
  return subject.kind === 'restore' && counts.restored + counts.updated + counts.deleted === 0
}
