import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Fault, writeFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { type ProgramEnd, runProgram } from '../../engine/process/program.ts'
import { localPathOf, type ResticRepository, secretsOf } from '../../engine/restic/repository.ts'
import type { Correction, RestoreEvent, RestoreOutcome } from '../../engine/restore/restore-event.ts'
import type { RestoreFilesRequest } from '../../engine/restore/run-passes.ts'
import { type Confines, UNIT_PREFIX } from '../sandbox/transient-unit.ts'
import { environmentToHandOn, type Program } from '../sandbox/write-program.ts'
import { writeOrder } from './restore-order.ts'
import { readReport } from './restore-report.ts'
import type { WriteRestore } from './restore-writer.ts'
import { makeFolderInUnit } from './target-in-unit.ts'

/** How one comes to a unit. */
export interface Units {
  /** `asTransientUnit`, but in tests. */
  readonly asUnit: (program: Program, confines: Confines) => Program
  /** The agent as a program, up to its command. */
  readonly agent: readonly [file: string, ...args: string[]]
}

/** Milliseconds that a unit has to end: restic's ten seconds, then what was restored is given its owner, however much it is. */
export const UNIT_GRACE = 120_000
/** By then systemd has killed it, and whoever waits for it has ended. */
const ASKER_GRACE = UNIT_GRACE + 10_000

/**
 * Writes in units of their own, in which `restore-agent carry-out` may write to the target, to restic's cache, to a
 * scratch folder made for it and to the locks of a local repository, and nowhere else. A cancelled run ends the unit.
 */
export function writeInUnits(units: Units): WriteRestore {
  return async (runId, request) => {
    try {
      await makeFolderInUnit(units, { runId, path: request.targetPath })
      return await writeInUnit(units, runId, request)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { state: 'failed', fault: writeFault(error), remark: 'Nothing was written.', items: null }
    }
  }
}

/** Throws a fault only where the unit did not begin. */
async function writeInUnit(
  { asUnit, agent }: Units,
  runId: string,
  request: RestoreFilesRequest,
): Promise<RestoreOutcome> {
  const { repository, targetPath, signal, onEvent } = request
  await using scratch = await scratchFolder()
  const [file, ...args] = agent
  const program: Program = {
    file,
    args: [...args, 'carry-out'],
    cwd: process.cwd(),
    env: { ...environmentToHandOn(process.env), TMPDIR: scratch.path },
    input: writeOrder(request),
  }
  const ours = await writableFor(repository)
  const writablePaths = [targetPath, scratch.path, ...ours]
  const unit = asUnit(program, { runId, writablePaths, graceMilliseconds: UNIT_GRACE })
  const places = [targetPath, ...ours].map(showFileName).join(', ')
  const text = `The unit ${UNIT_PREFIX}${runId} writes, and can write to nothing but ${places} and scratch files.`
  onEvent({ type: 'log', level: 'info', text })
  const hearing = new Hearing(onEvent)
  const end = await runProgram({
    tool: 'restore-agent carry-out',
    secrets: secretsOf(repository),
    ...unit,
    ...(signal === undefined ? {} : { signal }),
    graceMilliseconds: ASKER_GRACE,
    onStdoutLine: (line) => hearing.hear(line),
  })
  return hearing.outcome ?? withoutOutcome(end, { targetPath, began: hearing.began })
}

/** What such a process tells. */
class Hearing {
  readonly #onEvent: (event: RestoreEvent) => void
  readonly #corrections: Correction[] = []
  began = false
  outcome: RestoreOutcome | undefined

  constructor(onEvent: (event: RestoreEvent) => void) {
    this.#onEvent = onEvent
  }

  hear(line: string): void {
    const report = readReport(line)
    this.began = true
    switch (report.type) {
      case 'correction': {
        const { type: _, ...correction } = report
        this.#corrections.push(correction)
        return
      }
      case 'outcome': {
        const { state, fault, remark } = report
        this.outcome = { state, fault, remark, items: this.#corrections.length === 0 ? null : this.#corrections }
        return
      }
      default:
        return this.#onEvent(report)
    }
  }
}

/** It was killed, or never came to be. Throws `tool_failed` where it did not begin. */
function withoutOutcome(
  end: ProgramEnd,
  { targetPath, began }: { readonly targetPath: string; readonly began: boolean },
): RestoreOutcome {
  if (end.stopped && !began) return { state: 'cancelled', fault: null, remark: 'Nothing was written.', items: null }
  const remark = `It was ended before it could look at what it wrote. What is in ${showFileName(targetPath)} is incomplete, even where it looks whole, and may have its former owners.`
  if (end.stopped) return { state: 'cancelled', fault: null, remark, items: null }
  const stderrTail = end.stderrTail === '' ? `Its unit ended without a word: see "journalctl".` : end.stderrTail
  const fault = new Fault('tool_failed', { tool: 'restore-agent carry-out', exitCode: end.exitCode, stderrTail })
  if (!began) throw fault
  return { state: 'failed', fault: writeFault(fault), remark, items: null }
}

/** Made for one run, so that it finds nothing of another's and leaves nothing. */
async function scratchFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'restore-run-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** What restic itself must write to. A path must be there to be writable in a unit. */
async function writableFor({ access, cacheDirectory }: ResticRepository): Promise<string[]> {
  await mkdir(cacheDirectory, { recursive: true, mode: 0o700 })
  const cache = await realpath(cacheDirectory)
  const local = localPathOf(access.url)
  // Without them restic says so and reads without a lock.
  const locks = local === undefined ? undefined : await realpath(join(resolve(local), 'locks')).catch(() => undefined)
  return locks === undefined ? [cache] : [cache, locks]
}
