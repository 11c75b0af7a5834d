import type { FaultOf } from '../../contract/errors.ts'
import type { Evidence } from '../../contract/shapes/run.ts'
import type { RestoreOutcome } from '../../engine/restore/restore-event.ts'
import { restoreFiles } from '../../engine/restore/restore-files.ts'
import type { RestoreFilesRequest } from '../../engine/restore/run-passes.ts'
import type { SavedFolder } from '../journal/saved-store.ts'
import type { Settlement } from '../runs/run-record.ts'
import type { Sandbox, Unconfined } from '../sandbox/sandbox.ts'
import { asTransientUnit } from '../sandbox/transient-unit.ts'
import { putBackFolders } from './folder-metadata.ts'
import { writeInUnits } from './restore-unit.ts'

/** A restore that is to be written. */
export interface WriteRequest extends RestoreFilesRequest {
  /** They get back what they were once all else is done. */
  readonly folders: readonly SavedFolder[]
}

/** What became of it. */
export interface Written {
  readonly state: RestoreOutcome['state']
  readonly fault: FaultOf | null
  readonly remark: string
  readonly evidence: Evidence | null
  /** Null where nobody came to look at what was written. */
  readonly settlement: Settlement | null
}

/** Who writes what a restore gives back, and says so in its log. Throws what `restoreFiles` throws. */
export type WriteRestore = (runId: string, request: WriteRequest) => Promise<Written>

const WHY: Readonly<Record<Unconfined, string>> = {
  no_systemd: 'there is no systemd here that could confine it',
  not_root: 'it is not root and could not ask for a unit',
  not_a_service: 'it was not started as a service',
}

/** Writes in a unit that may write nowhere else, where there can be one; else in this process. */
export function restoreWriter(sandbox: Sandbox): WriteRestore {
  if (sandbox.kind === 'unit') return writeInUnits({ asUnit: asTransientUnit, agent: thisAgent() })
  const text = `The agent itself writes, with all its rights: ${WHY[sandbox.reason]}.`
  return async (_runId, request) => {
    request.onEvent({ type: 'log', level: 'info', text })
    return await writeHere(request)
  }
}

/** Writes in this process, and then gives folders back what they were. */
export async function writeHere({ folders, ...request }: WriteRequest): Promise<Written> {
  const { state, fault, remark, evidence, exceptions, others } = await restoreFiles(request)
  const written = { state, fault, remark, evidence, settlement: { exceptions, others } }
  if (folders.length === 0 || state === 'failed' || state === 'cancelled') return written
  const failed = await putBackFolders(folders)
  const text = `${folders.length - failed.length} of ${folders.length} folders have the owner, mode and time that they had before.`
  request.onEvent({ type: 'log', level: failed.length === 0 ? 'info' : 'warning', text })
  if (failed.length === 0) return written
  return { ...written, state: 'partial', settlement: { exceptions, others: [...others, ...failed] } }
}

/** How this very program was started, up to its command. */
function thisAgent(): readonly [file: string, ...args: string[]] {
  return [process.execPath, ...process.execArgv, process.argv[1] ?? '']
}
