import { dirname } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Fault, writeFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { checkTarget } from '../../engine/restore/check-target.ts'
import type { RestoreOutcome } from '../../engine/restore/restore-event.ts'
import { restoreFiles } from '../../engine/restore/restore-files.ts'
import type { RestoreFilesRequest } from '../../engine/restore/run-passes.ts'
import { type RestoreOrder, readOrder } from '../restores/restore-order.ts'
import { type RestoreReport, writeReport } from '../restores/restore-report.ts'
import type { Command } from './command.ts'
import { readArguments } from './read-arguments.ts'

const HELP = `restore-agent carry-out

Write what one restore gives back. The agent calls this in a unit that may write nowhere else; it is of no use by hand.
The order comes on standard input, with its secrets, and what becomes of it goes to standard output, a line of JSON
each. SIGTERM ends it, and so does an agent that no longer listens.
`

/** The part of a restore that writes, in a process of its own. */
export const carryOut: Command = {
  help: HELP,
  async run(args, { out }) {
    readArguments({ args: [...args], options: {} })
    const stop = new AbortController()
    process.on('SIGTERM', () => stop.abort())
    out.on('error', () => stop.abort())
    const tell = (report: RestoreReport): void => void out.write(writeReport(report))
    const order = readOrder(await buffer(process.stdin))
    const { items, ...outcome } = await restored({ ...order, signal: stop.signal, onEvent: tell })
    for (const item of items ?? []) tell({ type: 'correction', ...item })
    tell({ type: 'outcome', ...outcome })
  },
}

async function restored(request: RestoreFilesRequest): Promise<RestoreOutcome> {
  try {
    await requireTarget(request)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { state: 'failed', fault: writeFault(error), remark: 'Nothing was written.', items: null }
  }
  return await restoreFiles(request)
}

/** The agent has a /tmp of its own and has looked there: what really is at the target is seen here alone. */
async function requireTarget({ targetPath, repository }: RestoreOrder): Promise<void> {
  const target = { kind: 'path', path: targetPath } as const
  const place = { stagingRoot: dirname(targetPath), runId: '', repositoryUrl: repository.access.url }
  const { path } = await checkTarget({ target, ...place })
  if (path === targetPath) return
  throw new Fault('conflict', { what: 'target_unusable', detail: `${showFileName(targetPath)} is not where it was` })
}
