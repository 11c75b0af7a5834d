import { Fault, writeFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { RestoreOutcome } from './restore-event.ts'
import { type PassesEnd, type RestoreFilesRequest, runPasses } from './run-passes.ts'
import { settleTarget } from './settle-target.ts'
import { Tally } from './tally.ts'
import { makeTargetFolder } from './target-folder.ts'
import { lastWordOn, verdictOf } from './verdict.ts'

/**
 * Restore what was planned and find out what became of it. The verdict rests on restic's exit codes, its errors for
 * items, its verification and our own look at every item on disk, never on its summary. Whatever happens, what is left
 * on disk belongs to us and keeps no set-user-id (docs/decisions/0003-ownership-not-applied.md). Ends with an outcome
 * also where a fault of the closed set is the reason; throws only what is unforeseen.
 */
export async function restoreFiles(request: RestoreFilesRequest): Promise<RestoreOutcome> {
  const { prepared, targetPath, onEvent } = request
  try {
    await makeTargetFolder(targetPath)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { state: 'failed', fault: writeFault(error), remark: 'Nothing was written.', items: null }
  }
  onEvent({
    type: 'log',
    level: 'info',
    text: `restic ${request.repository.restic.version} restores to ${showFileName(targetPath)}.`,
  })
  const tally = new Tally(prepared.expected, targetPath)
  const ended = await runToEnd(request, tally)
  const settled = await settleTarget({ targetPath, onFound: (found) => tally.found(found) })
  if (settled.notOwned > 0) {
    const text = `The owner of ${settled.notOwned} entries could not be changed; only this user can reach them.`
    onEvent({ type: 'log', level: 'warning', text })
  }
  // A restic that did not begin has left nothing undone.
  const complete = ended.how !== 'stopped' && (ended.how !== 'failed' || tally.said > 0)
  const question = { prepared, targetPath, ended, settlement: tally.settle({ complete }) }
  const outcome = await verdictOf(question)
  onEvent({ type: 'log', level: outcome.state === 'succeeded' ? 'info' : 'warning', text: lastWordOn(question) })
  return outcome
}

async function runToEnd(request: RestoreFilesRequest, tally: Tally): Promise<PassesEnd> {
  try {
    return await runPasses(request, tally)
  } catch (error) {
    if (error instanceof Fault) return { how: 'failed', fault: error }
    await settleTarget({ targetPath: request.targetPath, onFound: () => undefined })
    throw error
  }
}
