import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Fault, writeFault } from '../../contract/errors.ts'
import { checkTarget } from '../../engine/restore/check-target.ts'
import type { RestoreEvent } from '../../engine/restore/restore-event.ts'
import { readOrder } from '../restores/restore-order.ts'
import { lastReports, type RestoreReport, writeReport } from '../restores/restore-report.ts'
import { STOP_FILE } from '../restores/restore-unit.ts'
import { type WriteRequest, type Written, writeHere } from '../restores/restore-writer.ts'
import { unusable } from '../../engine/restore/target-view.ts'
import type { Command } from '../../engine/command-line/command.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'

const HELP = `restore-agent carry-out

Write what one restore gives back. The agent calls this in a unit that may write nowhere else; it is of no use by hand.
The order comes on standard input, with its secrets, and what becomes of it goes to standard output, a line of JSON
each. SIGTERM ends it, and so does an agent that no longer listens.
`

/** Milliseconds between two looks at whether it is to end after a part. */
const LOOK = 250

/** The part of a restore that writes, in a process of its own. */
export const carryOut: Command = {
  help: HELP,
  async run(args, { out }) {
    readArguments({ args: [...args], options: {} })
    const stop = new AbortController()
    process.on('SIGTERM', () => stop.abort())
    out.on('error', () => stop.abort())
    const tell = (report: RestoreReport | RestoreEvent): void => void out.write(writeReport(report))
    const order = await readOrder(process.stdin)
    using stopBetween = toldInScratch()
    const { signal: between } = stopBetween
    const written = await carriedOut({ ...order, signal: stop.signal, stopBetween: between, onEvent: tell })
    for (const report of lastReports(written)) tell(report)
  },
}

async function carriedOut(request: WriteRequest): Promise<Written> {
  try {
    await requireTarget(request)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const remark = 'Nothing was written.'
    return { state: 'failed', fault: writeFault(error), remark, evidence: null, settlement: null }
  }
  return await writeHere(request)
}

/** The agent has a /tmp of its own and has looked there: what really is at the target is seen here alone. */
async function requireTarget({ target, manner, repository }: WriteRequest): Promise<void> {
  const asked = manner.target.kind === 'in-place' ? manner.target : { kind: 'path' as const, path: target.path }
  const place = { stagingRoot: dirname(target.path), runId: '', repositoryUrl: repository.access.url }
  const { path } = await checkTarget({ ...manner, ...place, target: asked })
  if (path === target.path) return
  throw unusable(target.path, 'target_moved')
}

/** Aborted when whoever asked for it puts a file where only the two of them look. */
function toldInScratch(): Disposable & { readonly signal: AbortSignal } {
  const stop = new AbortController()
  const timer = setInterval(() => {
    if (existsSync(join(tmpdir(), STOP_FILE))) stop.abort()
  }, LOOK)
  return { signal: stop.signal, [Symbol.dispose]: () => clearInterval(timer) }
}
