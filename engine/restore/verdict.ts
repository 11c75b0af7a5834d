import { statfs } from 'node:fs/promises'
import { Fault, writeFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { PreparedRestore } from './plan-restore.ts'
import type { OtherFailure, RestoreOutcome } from './restore-event.ts'
import type { PassesEnd } from './run-passes.ts'
import type { Settlement } from './settle-items.ts'

export interface VerdictQuestion {
  readonly prepared: PreparedRestore
  readonly targetPath: string
  readonly end: PassesEnd
  readonly settlement: Settlement
  readonly others: readonly OtherFailure[]
  /** Of what restic's counts differ from the plan. */
  readonly miscounts: readonly string[]
}

/** State, reason and remark of a restore, from how restic ended and what is on disk; never from restic's own summary. */
export async function verdictOf(
  question: VerdictQuestion,
): Promise<Pick<RestoreOutcome, 'state' | 'fault' | 'remark'>> {
  const { end, settlement, others, miscounts } = question
  const fault = await faultIn(question)
  if (end.how === 'stopped') return { state: 'cancelled', fault: null, remark: leftBehind(question) }
  if (fault !== null) return { state: 'failed', fault: writeFault(fault), remark: broken(question) }
  if (settlement.failed + others.length > 0) return { state: 'partial', fault: null, remark: broken(question) }
  if (settlement.skipped > 0) return { state: 'partial', fault: null, remark: passedOver(settlement) }
  return { state: 'succeeded', fault: null, remark: [unverified(settlement), ...miscounts].filter(Boolean).join(' ') }
}

/** The end of a restore's log: how much is there, however it ended. */
export function lastWordOn({ prepared, settlement }: VerdictQuestion): string {
  return `${finished(prepared, settlement)}, compared with the snapshot.`
}

async function faultIn({ end, settlement, prepared, targetPath }: VerdictQuestion): Promise<Fault | null> {
  switch (end.how) {
    case 'failed':
      return end.fault
    case 'disk-full':
      return new Fault('no_space', { needed: prepared.bytes - settlement.goodBytes, free: await freeBytes(targetPath) })
    case 'done': {
      if (settlement.done > 0 || settlement.failed === 0) return null
      const stderrTail = 'Nothing could be restored.'
      return new Fault('tool_failed', { tool: 'restic', exitCode: null, stderrTail })
    }
    case 'stopped':
      return null
  }
}

async function freeBytes(path: string): Promise<number> {
  const found = await statfs(path).catch(() => undefined)
  return found === undefined ? 0 : found.bavail * found.bsize
}

function leftBehind({ prepared, settlement, targetPath }: VerdictQuestion): string {
  const place = showFileName(targetPath)
  if (settlement.good === 0) {
    return `No file was finished. What was begun in ${place} is incomplete, even where it looks whole.`
  }
  return `${finished(prepared, settlement)} in ${place}. Anything else that was begun there is incomplete, even where it looks whole.`
}

function broken({ prepared, settlement, targetPath }: VerdictQuestion): string {
  if (settlement.good + settlement.failed === 0) return ''
  return `${finished(prepared, settlement)} in ${showFileName(targetPath)}. A failed file can look whole: its size and time may be right and its content not.`
}

function passedOver({ skipped }: Settlement): string {
  return skipped === 1
    ? 'One item could not be restored and was passed over; the ledger says why.'
    : `${skipped} items could not be restored and were passed over; the ledger says why.`
}

function unverified({ unverified: count }: Settlement): string {
  if (count === 0) return ''
  return `${count} of the files could not be read back to verify them: their own permissions forbid that to this user.`
}

function finished(prepared: PreparedRestore, { good, goodBytes }: Settlement): string {
  return `${good} of ${prepared.files} ${prepared.files === 1 ? 'file' : 'files'} (${showBytes(goodBytes)}) ${good === 1 ? 'is' : 'are'} complete`
}

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB']

function showBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const exponent = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length)
  return `${(bytes / 1024 ** exponent).toFixed(1)} ${UNITS[exponent - 1]}`
}
