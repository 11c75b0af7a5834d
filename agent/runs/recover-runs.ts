import { showFileName } from '../../contract/shapes/file-name.ts'
import { isEnded, type Run } from '../../contract/shapes/run.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { ChangeFeed } from '../change-feed.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import { endOrphans, type Orphan } from './orphans.ts'
import { removePrivateFolders } from './private-folders.ts'
import { outcomeOf } from './run-outcome.ts'
import type { RestoreSubject } from './run-record.ts'
import { RunRecorder } from './run-recorder.ts'

interface RecoveryDeps {
  readonly journal: Journal
  readonly audit: AuditLog
  readonly clock: Clock
  readonly logger: Logger
  readonly agentId: string
  readonly agentVersion: string
}

/**
 * Before anything new is begun: end the processes that an earlier life of this agent left behind, then declare its
 * unfinished run `interrupted` and close what the audit has open. Gives the repositories that may have been left with a
 * lock of ours.
 */
export async function recoverRuns(deps: RecoveryDeps): Promise<string[]> {
  const orphans = await endOrphans(deps.agentId)
  for (const orphan of orphans) deps.logger.warn('orphan.found', { ...orphan })
  const unfinished = deps.journal.runs.active()
  if (unfinished !== undefined) await interrupt(deps, unfinished, orphans)
  closeAudit(deps)
  return unfinished === undefined ? [] : [unfinished.repositoryId]
}

async function interrupt(
  { journal, clock, logger }: RecoveryDeps,
  run: Run,
  orphans: readonly Orphan[],
): Promise<void> {
  const onFailure = (error: unknown): void => logger.error('journal.failed', { runId: run.id, error })
  const written = { sequence: journal.events.lastSequence(run.id), position: journal.ledger.lastPosition(run.id) }
  const recorder = new RunRecorder({ journal, clock, feed: new ChangeFeed(), onFailure }, run, written)
  recorder.log('error', 'The agent stopped while this ran, and has started again.')
  for (const { processId, end } of orphans.filter(({ runId }) => runId === run.id)) {
    recorder.log(end === 'alive' ? 'error' : 'warning', `restic was still running (process ${processId}). ${SAID[end]}`)
  }
  const { removed, left } = await removePrivateFolders(journal.ledger.privateIn(run.id))
  for (const path of removed) recorder.log('info', `${showFileName(path)} was its private folder and is removed.`)
  const remark = [
    remarkOn(run),
    ...left.map((path) => `Its private folder ${showFileName(path)} can be removed.`),
  ].join(' ')
  recorder.end({ state: 'interrupted', fault: null, remark }, () => undefined)
  logger.warn('run.interrupted', { runId: run.id })
}

const SAID: Readonly<Record<Orphan['end'], string>> = {
  ended: 'It has been ended.',
  killed: 'It did not end when asked and was killed.',
  alive: 'It could not be killed and may still be writing.',
}

/** What an interrupted run has left on the disk. */
function remarkOn(run: Run): string {
  const stopped = 'The agent stopped while this ran.'
  switch (run.subject.kind) {
    case 'init':
      return `${stopped} The repository may be there in part.`
    case 'backup':
      return run.subject.snapshotId === null
        ? `${stopped} No snapshot of it is known; what had been sent already does no harm.`
        : `${stopped} Its snapshot had been made.`
    case 'diff':
      return `${stopped} The comparison is not whole; nothing was changed.`
    case 'restore':
      return `${stopped} ${whatIsThere(run.subject, run.startedAt !== null)}`
  }
}

function whatIsThere({ target, targetPath, safetySnapshot }: RestoreSubject, hasBegun: boolean): string {
  if (!hasBegun || safetySnapshot === 'wanted') return 'Nothing had been written.'
  const place = target.kind === 'in-place' ? 'Of the original files some may have been' : 'Some items may have been'
  const where = target.kind === 'in-place' ? '' : ` in ${showFileName(targetPath)}`
  const back = typeof safetySnapshot === 'string' ? ', or it can be reverted' : ''
  return `${place} written${where}; none is known to be complete, even where it looks whole. The restore can be resumed${back}.`
}

function closeAudit({ journal, audit, agentVersion }: RecoveryDeps): void {
  journal.transaction(() => {
    for (const { entryId, runId } of audit.unclosed()) {
      const run = runId === null ? undefined : journal.runs.get(runId)
      if (run === undefined || !isEnded(run.state)) audit.close(entryId, { outcome: 'interrupted' })
      else audit.close(entryId, outcomeOf(run, { restic: journal.runs.resticOf(run.id), agent: agentVersion }))
    }
  })
}
