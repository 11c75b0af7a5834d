import { t } from '@lingui/core/macro'
import type { FurtherRestore } from '../../../contract/shapes/restore.ts'
import type { RunCounts } from '../../../contract/shapes/run.ts'
import { isEnded, type LedgerAction, type Run, type RunKind, type RunProgress } from '../../../contract/shapes/run.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import type { CountedPart } from '../../components/CountsBar.tsx'
import { formatCount } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

/** What a run does, in the fewest words. */
export function runTitle({ subject }: Pick<Run | RunSummary, 'subject'>): string {
  switch (subject.kind) {
    case 'restore':
      return subject.follows === null ? t({ message: 'Restore', context: 'a run' }) : FURTHER[subject.follows.kind]
    case 'backup':
      return t`Backup`
    case 'diff':
      return t`Comparison`
    case 'init':
      return subject.sample ? t`Make the sample` : t`Initialise`
  }
}

/** Kinds of runs, as one chooses among them. */
export const KIND_WORDS: Readonly<Record<RunKind, string>> = {
  restore: t({ message: 'Restore', context: 'a run' }),
  backup: t`Backup`,
  init: t`Initialise`,
  diff: t`Compare`,
  check: t`Check`,
  verify: t`Verify`,
}

/** The box score of a run: every outcome that there can be for its kind, what needs a look last. */
export function scoredParts({
  subject,
  counts,
  progress,
}: Pick<Run, 'subject' | 'counts' | 'progress'>): CountedPart[] {
  switch (subject.kind) {
    case 'restore':
      return SCORED.map((action) => ({ word: LEDGER_WORDS[action], count: counts[action], state: actionState(action) }))
    case 'backup':
      return [
        { word: t`read`, count: progress?.filesDone ?? 0, state: 'succeeded' },
        { word: t`not read`, count: counts.failed, state: 'failed' },
      ]
    case 'diff':
      return []
    case 'init':
      return progress === null ? [] : [{ word: t`steps done`, count: progress.filesDone, state: 'succeeded' }]
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
    { word: subject.kind === 'backup' ? t`read` : t`done`, count: done, state: 'succeeded' },
    { word: t`skipped`, count: skipped, state: 'partial' },
    { word: t`failed`, count: failed, state: 'failed' },
  ]
}

const FURTHER: Readonly<Record<FurtherRestore['kind'], string>> = {
  resume: t`Restore, resumed`,
  retry: t`Restore, retried`,
  revert: t`Revert`,
}

/** What it is doing just now, in words; `part` where it does that in several. */
export function phaseWords({ phase, part }: Pick<RunProgress, 'phase' | 'part'>): string {
  const words = PHASES[phase]
  return part === null || part.of < 2 ? words : t`${words}, part ${{ at: part.at }} of ${{ of: part.of }}`
}

const PHASES: Readonly<Record<RunProgress['phase'], string>> = {
  planning: t`Planning`,
  saving: t`Taking the safety snapshot`,
  restoring: t`Restoring`,
  verifying: t`Reading back and comparing`,
  finishing: t`Finishing`,
  preparing: t`Preparing`,
  'backing-up': t`Backing up`,
  comparing: t`Comparing`,
}

/**
 * What happens to a run when this window is closed. A host's agent goes on by itself; this computer's own agent lives
 * in the console and ends with it.
 */
export function afterClosing(run: Run, host: { readonly local: boolean; readonly name: string } | null): string {
  if (isEnded(run.state) || host === null) return ''
  if (run.state === 'unknown')
    return t`The last known state of this run. ${{ host: host.name }} cannot be reached; the run may still be going on there.`
  return host.local
    ? t`You may leave this page: the run goes on for as long as the console is running. Quitting the console interrupts it.`
    : t`You may close the console: the agent on ${{ host: host.name }} carries on.`
}

/** The order in which outcomes are offered: what needs a look comes first. */
export const ACTIONS: readonly LedgerAction[] = ['failed', 'skipped', 'deleted', 'updated', 'restored', 'unchanged']

/** What became of an item, in a word, as it stands by itself or after a count. */
export const LEDGER_WORDS: Readonly<Record<LedgerAction, string>> = {
  restored: t`restored`,
  updated: t`updated`,
  unchanged: t`unchanged`,
  deleted: t`deleted`,
  skipped: t`skipped`,
  failed: t`failed`,
}

/** `12 restored, 1 failed`: all outcomes that there are; empty where nothing was touched. */
export function countsWords(counts: RunCounts): string {
  const some = SCORED.filter((action) => counts[action] > 0)
  return some.map((action) => `${formatCount(counts[action])} ${LEDGER_WORDS[action]}`).join(', ')
}

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
