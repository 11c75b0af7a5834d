import { Fault, writeFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { Evidence } from '../../contract/shapes/run.ts'
import { deleteItems } from './delete-items.ts'
import { evidenceOf } from './evidence.ts'
import type { PlanItems } from './plan-items.ts'
import type { LedgerException, RestoreOutcome } from './restore-event.ts'
import { type PassesResult, type RestoreFilesRequest, runPasses } from './run-passes.ts'
import { type Settlement, settleItems } from './settle-items.ts'
import { makeTargetFolder } from './target-folder.ts'
import { lastWordOn, verdictOf } from './verdict.ts'

/**
 * Carry out a plan and find out what became of it. restic writes; what is deleted or moved we delete and move, and nothing
 * that was not planned. The verdict rests on restic's exit codes, its errors for items, its verification and our own look
 * at every item on disk, never on its summary. Where ownership is not applied, what was written belongs to us in the end and
 * keeps no set-user-id, whatever happens (docs/decisions/0003-ownership-not-applied.md). Ends with an outcome also where
 * a fault of the closed set is the reason; throws only what is unforeseen.
 */
export async function restoreFiles(request: RestoreFilesRequest): Promise<RestoreOutcome> {
  const { prepared, target, onEvent } = request
  try {
    if (target.fresh) await makeTargetFolder(target.path)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ...NOTHING_DONE, fault: writeFault(error), exceptions: allSkipped(prepared.items) }
  }
  const text = `restic ${request.repository.restic.version} restores to ${showFileName(target.path)}.`
  onEvent({ type: 'log', level: 'info', text })
  const begunAt = Date.now()
  const passed = await runToEnd(request, begunAt)
  const settlement = await settle(request, passed, begunAt)
  remove(request, passed, settlement)
  const { good: filesDone, goodBytes: bytesDone } = settlement
  onEvent({ type: 'progress', phase: 'finishing', filesDone, bytesDone, currentItem: null, part: null })
  if (settlement.notOwned > 0) {
    const warning = `The owner of ${settlement.notOwned} entries could not be changed; only this user can reach them.`
    onEvent({ type: 'log', level: 'warning', text: warning })
  }
  const { heard, end, miscounts } = passed
  const question = { prepared, targetPath: target.path, end, settlement, others: heard.others, miscounts }
  const verdict = await verdictOf(question)
  onEvent({ type: 'log', level: verdict.state === 'succeeded' ? 'info' : 'warning', text: lastWordOn(question) })
  const evidence: Evidence | null = await evidenceOf(request, passed, settlement)
  const exceptions = settlement.exceptions.sort((left, right) => left.at - right.at)
  return { ...verdict, evidence, exceptions, others: heard.others }
}

const NOTHING_DONE = {
  state: 'failed',
  remark: 'Nothing was written.',
  evidence: null,
  others: [],
} as const

async function runToEnd(request: RestoreFilesRequest, begunAt: number): Promise<PassesResult> {
  try {
    return await runPasses(request)
  } catch (error) {
    // Whatever restic wrote must not stay as it is.
    await settleItems({ ...request, failures: new Map(), unfinished: STOPPED, begunAt })
    throw error
  }
}

const STOPPED = { action: 'skipped', reason: 'The run was stopped before it.' } as const
const ENDED = { action: 'failed', reason: 'restic ended before it was finished.' } as const
const NOT_BEGUN = { action: 'skipped', reason: 'The run failed before it began to write.' } as const

function settle(request: RestoreFilesRequest, passed: PassesResult, begunAt: number): Promise<Settlement> {
  return settleItems({ ...request, failures: passed.heard.failures, unfinished: unfinishedBy(passed), begunAt })
}

function unfinishedBy({ end, begun }: PassesResult): typeof STOPPED | typeof ENDED | typeof NOT_BEGUN | null {
  switch (end.how) {
    case 'stopped':
      return STOPPED
    case 'failed':
      return begun ? ENDED : NOT_BEGUN
    case 'disk-full':
      return ENDED
    case 'done':
      return null
  }
}

/** Deletions come last, and only when all that was to be written is there: until then nothing is lost. */
function remove({ prepared, target }: RestoreFilesRequest, { end, heard }: PassesResult, settlement: Settlement): void {
  const { items } = prepared
  if (prepared.totals.delete.items === 0) return
  const whole = end.how === 'done' && settlement.failed + heard.others.length === 0
  if (whole) {
    const exceptions = deleteItems(items, target.path)
    settlement.failed += exceptions.length
    settlement.done += prepared.totals.delete.items - exceptions.length
    settlement.exceptions.push(...exceptions)
    return
  }
  const reason = 'It is not deleted, since not everything was restored.'
  for (let at = 0; at < items.length; at += 1) {
    if (items.action(at) !== 'delete') continue
    settlement.skipped += 1
    settlement.exceptions.push({ at, action: 'skipped', reason })
  }
}

function allSkipped(items: PlanItems): LedgerException[] {
  return Array.from({ length: items.length }, (_, at) => ({ at, ...NOT_BEGUN }))
}
