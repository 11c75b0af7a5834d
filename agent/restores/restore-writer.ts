import type { RestoreOutcome } from '../../engine/restore/restore-event.ts'
import { restoreFiles } from '../../engine/restore/restore-files.ts'
import type { RestoreFilesRequest } from '../../engine/restore/run-passes.ts'
import type { Sandbox, Unconfined } from '../sandbox/sandbox.ts'
import { asTransientUnit } from '../sandbox/transient-unit.ts'
import { writeInUnits } from './restore-unit.ts'

/** Who writes what a restore gives back, and says so in its log. Ends and throws as `restoreFiles` does. */
export type WriteRestore = (runId: string, request: RestoreFilesRequest) => Promise<RestoreOutcome>

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
    return await restoreFiles(request)
  }
}

/** How this very program was started, up to its command. */
function thisAgent(): readonly [file: string, ...args: string[]] {
  return [process.execPath, ...process.execArgv, process.argv[1] ?? '']
}
