import type { FurtherRestore } from '../../../contract/shapes/restore.ts'
import { isEnded, type LedgerAction, type Run, type RunKind, type RunProgress } from '../../../contract/shapes/run.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import type { CountedPart } from '../../components/CountsBar.tsx'
import type { StateName } from '../../components/StateBadge.tsx'

/** What a run does, in the fewest words. */
export function runTitle({ subject }: Pick<Run | RunSummary, 'subject'>): string {
  switch (subject.kind) {
    case 'restore':
      return subject.follows === null ? 'Restore' : FURTHER[subject.follows.kind]
    case 'backup':
      return 'Backup'
    case 'diff':
      return 'Comparison'
    case 'init':
      return subject.sample ? 'Make the sample' : 'Initialise'
  }
}

/** Kinds of runs, as one chooses among them. */
export const KIND_WORDS: Readonly<Record<RunKind, string>> = {
  restore: 'Restore',
  backup: 'Backup',
  init: 'Initialise',
  diff: 'Compare',
  check: 'Check',
  verify: 'Verify',
}

/** The box score of a run: every outcome that there can be for its kind, what needs a look last. */
export function scoredParts({
  subject,
  counts,
  progress,
}: Pick<Run, 'subject' | 'counts' | 'progress'>): CountedPart[] {
  switch (subject.kind) {
    case 'restore':
      return SCORED.map((action) => ({ word: action, count: counts[action], state: actionState(action) }))
    case 'backup':
      return [
        { word: 'read', count: progress?.filesDone ?? 0, state: 'succeeded' },
        { word: 'not read', count: counts.failed, state: 'failed' },
      ]
    case 'diff':
      return []
    case 'init':
      return progress === null ? [] : [{ word: 'steps done', count: progress.filesDone, state: 'succeeded' }]
  }
}

/** What became of the items of a run, in the three ways that matter in a list. A backup counts the files that it has read. */
export function countedParts({
  subject,
  counts,
  files,
}: Pick<RunSummary, 'subject' | 'counts' | 'files'>): CountedPart[] {
  if (subject.kind === 'init') return []
  const { restored, updated, unchanged, deleted, skipped, failed } = counts
  const done = subject.kind === 'backup' ? files : restored + updated + unchanged + deleted
  return [
    { word: subject.kind === 'backup' ? 'read' : 'done', count: done, state: 'succeeded' },
    { word: 'skipped', count: skipped, state: 'partial' },
    { word: 'failed', count: failed, state: 'failed' },
  ]
}

const FURTHER: Readonly<Record<FurtherRestore['kind'], string>> = {
  resume: 'Restore, resumed',
  retry: 'Restore, retried',
  revert: 'Revert',
}

/** What it is doing just now, in words; `part` where it does that in several. */
export function phaseWords({ phase, part }: Pick<RunProgress, 'phase' | 'part'>): string {
  const words = PHASES[phase]
  return part === null || part.of < 2 ? words : `${words}, part ${part.at} of ${part.of}`
}

const PHASES: Readonly<Record<RunProgress['phase'], string>> = {
  planning: 'Planning',
  saving: 'Taking the safety snapshot',
  restoring: 'Restoring',
  verifying: 'Reading back and comparing',
  finishing: 'Finishing',
  preparing: 'Preparing',
  'backing-up': 'Backing up',
  comparing: 'Comparing',
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
export const ACTIONS: readonly LedgerAction[] = ['failed', 'skipped', 'deleted', 'updated', 'restored', 'unchanged']

/** What was done first, what needs a look last. */
const SCORED: readonly LedgerAction[] = ['restored', 'updated', 'unchanged', 'deleted', 'skipped', 'failed']

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
