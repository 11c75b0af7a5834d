import { writeFileSync } from 'node:fs'
import { mkdir, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { conflictFor, Fault, writeFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { type ProgramEnd, runProgram } from '../../engine/process/program.ts'
import { localPathOf, type ResticRepository, secretsOf } from '../../engine/restic/repository.ts'
import type { RestoreEvent } from '../../engine/restore/restore-event.ts'
import type { LedgerException } from '../journal/ledger-store.ts'
import { FolderRefused, makeFolderInUnit } from '../sandbox/folder-in-unit.ts'
import { scratchFolder } from '../sandbox/scratch-folder.ts'
import { type AsUnit, UNIT_PREFIX } from '../sandbox/transient-unit.ts'
import { environmentToHandOn, type Program } from '../sandbox/write-program.ts'
import { writeOrder } from './restore-order.ts'
import { exceptionsIn, readReport } from './restore-report.ts'
import type { WriteRequest, WriteRestore, Written } from './restore-writer.ts'

/** How one comes to a unit. */
export interface Units {
  /** `asTransientUnit`, but in tests. */
  readonly asUnit: AsUnit
  /** The agent as a program, up to its command. */
  readonly agent: readonly [file: string, ...args: string[]]
}

/** Its presence tells a restore in a unit to end after the part that it is at. */
export const STOP_FILE = 'stop-between'
/** Places that a line of the log names. */
const NAMED = 8

/** Milliseconds that a unit has to end: restic's ten seconds, then what was restored is given its owner, however much it is. */
const UNIT_GRACE = 120_000
/** By then systemd has killed it, and whoever waits for it has ended. */
const ASKER_GRACE = UNIT_GRACE + 10_000

/**
 * Writes in units of their own, in which `restore-agent carry-out` may write to what the plan says, to restic's cache, to a
 * scratch folder made for it and to the locks of a local repository, and nowhere else. A cancelled run ends the unit.
 */
export function writeInUnits(units: Units): WriteRestore {
  return async (runId, request) => {
    try {
      const { target, manner } = request
      if (manner.target.kind !== 'in-place') await makeTarget(units.asUnit, { runId, path: target.path })
      return await writeInUnit(units, runId, request)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return unwritten('failed', writeFault(error), 'Nothing was written.')
    }
  }
}

/** Throws a fault only where the unit did not begin. */
async function writeInUnit({ asUnit, agent }: Units, runId: string, request: WriteRequest): Promise<Written> {
  const { repository, prepared, signal, stopBetween, onEvent } = request
  await using scratch = await scratchFolder()
  const [file, ...args] = agent
  const program: Program = {
    file,
    args: [...args, 'carry-out'],
    cwd: process.cwd(),
    env: { ...environmentToHandOn(process.env), TMPDIR: scratch.path },
    input: writeOrder(request),
  }
  const places = [...prepared.writablePaths, ...(await writableFor(repository))]
  const unit = asUnit(program, { runId, writablePaths: [...places, scratch.path], graceMilliseconds: UNIT_GRACE })
  onEvent({ type: 'log', level: 'info', text: saidOf(runId, places) })
  const hearing = new Hearing(onEvent)
  using _ = passedOn(stopBetween, scratch.path)
  const end = await runProgram({
    tool: 'restore-agent carry-out',
    secrets: secretsOf(repository),
    ...unit,
    ...(signal === undefined ? {} : { signal }),
    graceMilliseconds: ASKER_GRACE,
    onStdoutLine: (line) => hearing.hear(line),
  })
  return hearing.written ?? withoutOutcome(end, request, hearing.began)
}

function saidOf(runId: string, places: readonly string[]): string {
  const named = places.slice(0, NAMED).map(showFileName).join(', ')
  const more = places.length > NAMED ? `, ${places.length - NAMED} more folders` : ''
  return `The unit ${UNIT_PREFIX}${runId} writes, and can write to nothing but ${named}${more} and scratch files.`
}

/** A unit has one signal, and that ends it at once: that it is to end after a part stands in its scratch folder. */
function passedOn(stop: AbortSignal | undefined, scratch: string): Disposable {
  const tell = (): void => writeFileSync(join(scratch, STOP_FILE), '')
  if (stop?.aborted) tell()
  else stop?.addEventListener('abort', tell, { once: true })
  return { [Symbol.dispose]: () => stop?.removeEventListener('abort', tell) }
}

/** What such a process tells. */
class Hearing {
  readonly #onEvent: (event: RestoreEvent) => void
  readonly #exceptions: LedgerException[] = []
  readonly #others: { path: string; reason: string }[] = []
  began = false
  written: Written | undefined

  constructor(onEvent: (event: RestoreEvent) => void) {
    this.#onEvent = onEvent
  }

  hear(line: string): void {
    const report = readReport(line)
    this.began = true
    switch (report.type) {
      case 'exceptions':
        for (const exception of exceptionsIn(report)) this.#exceptions.push(exception)
        return
      case 'other':
        this.#others.push({ path: report.path, reason: report.reason })
        return
      case 'outcome': {
        const { type: _, ...outcome } = report
        this.written = { ...outcome, settlement: { exceptions: this.#exceptions, others: this.#others } }
        return
      }
      default:
        return this.#onEvent(report)
    }
  }
}

/** It was killed, or never came to be. Throws `tool_failed` where it did not begin. */
function withoutOutcome(end: ProgramEnd, { target, manner }: WriteRequest, began: boolean): Written {
  if (end.stopped && !began) return unwritten('cancelled', null, 'Nothing was written.')
  const place = manner.target.kind === 'in-place' ? 'of the original files' : `in ${showFileName(target.path)}`
  const remark = `It was ended before it could look at what it wrote. What is ${place} is incomplete, even where it looks whole, and may have its former owners.`
  if (end.stopped) return unwritten('cancelled', null, remark)
  const stderrTail = end.stderrTail === '' ? `Its unit ended without a word: see "journalctl".` : end.stderrTail
  const fault = new Fault('tool_failed', { tool: 'restore-agent carry-out', exitCode: end.exitCode, stderrTail })
  if (!began) throw fault
  return unwritten('failed', writeFault(fault), remark)
}

function unwritten(state: Written['state'], fault: Written['fault'], remark: string): Written {
  return { state, fault, remark, evidence: null, settlement: null }
}

/** Throws `conflict` (`target_unusable`). */
async function makeTarget(asUnit: AsUnit, wanted: { readonly runId: string; readonly path: string }): Promise<void> {
  try {
    await makeFolderInUnit(asUnit, wanted)
  } catch (cause) {
    if (!(cause instanceof FolderRefused)) throw cause
    throw conflictFor('target_unusable', cause.reason, { cause })
  }
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
