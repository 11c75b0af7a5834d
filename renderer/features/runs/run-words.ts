import { isEnded, type LedgerAction, type Run, type RunProgress } from '../../../contract/shapes/run.ts'
import type { StateName } from '../../components/StateBadge.tsx'

/** What a run does, in the fewest words. */
export function runTitle({ subject }: Pick<Run, 'subject'>): string {
  switch (subject.kind) {
    case 'restore':
      return 'Restore'
    case 'backup':
      return 'Backup'
    case 'init':
      return subject.sample ? 'Make the sample' : 'Initialise'
  }
}

/** What it is doing just now, in words. */
export function phaseWords(phase: RunProgress['phase']): string {
  switch (phase) {
    case 'planning':
      return 'counting what is to be restored'
    case 'saving':
      return 'taking the safety snapshot'
    case 'restoring':
      return 'restoring'
    case 'verifying':
      return 'reading the files back and comparing them'
    case 'finishing':
      return 'finishing'
    case 'preparing':
      return 'preparing'
    case 'backing-up':
      return 'backing up'
  }
}

/**
 * What happens to a run when this window is closed. A host's agent goes on by itself; this computer's own agent lives
 * in the console and ends with it.
 */
export function afterClosing(run: Run, host: { readonly local: boolean; readonly name: string } | null): string {
  if (isEnded(run.state) || host === null) return ''
  if (run.state === 'unknown')
    return `The last that was heard of this run. ${host.name} cannot be reached; the run may be going on there.`
  return host.local
    ? 'You may leave this page: the run goes on for as long as the console is running. Quitting the console interrupts it.'
    : `You may close the console: the agent on ${host.name} carries on.`
}

/** The order in which outcomes are offered: what needs a look comes first. */
export const ACTIONS: readonly LedgerAction[] = ['failed', 'skipped', 'restored', 'updated', 'unchanged', 'deleted']

/** The colour of an item's outcome. */
export function actionState(action: LedgerAction): StateName {
  switch (action) {
    case 'failed':
      return 'failed'
    case 'skipped':
      return 'partial'
    case 'deleted':
      return 'interrupted'
    case 'unchanged':
      return 'cancelled'
    case 'restored':
    case 'updated':
      return 'succeeded'
  }
}
