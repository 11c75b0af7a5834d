import type { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { ProgramEnd } from '../process/program.ts'
import { faultOf } from '../restic/fault.ts'
import { placeOf, type ResticRepository } from '../restic/repository.ts'
import { type RestorePass, restore } from '../restic/restore.ts'
import type { RestoreLine } from '../restic/restore-lines.ts'
import type { PreparedRestore } from './plan-restore.ts'
import type { RestoreEvent, RestoreProgress } from './restore-event.ts'
import type { Tally } from './tally.ts'
import { openFolders } from './target-folder.ts'

export interface RestoreFilesRequest {
  readonly repository: ResticRepository
  readonly snapshot: { readonly id: string }
  readonly prepared: PreparedRestore
  /** As `checkTarget` gave it. */
  readonly targetPath: string
  /** Its abort ends restic: SIGTERM, a grace, SIGKILL. */
  readonly signal?: AbortSignal
  readonly graceMilliseconds?: number
  readonly onEvent: (event: RestoreEvent) => void
}

/** How restic ended, all passes together; failed items alone are no reason not to be `done`. */
export type PassesEnd =
  | { readonly how: 'done' | 'stopped' | 'disk-full' }
  | { readonly how: 'failed'; readonly fault: Fault }

/** More lines than this say nothing new, and a restic gone mad must not fill a journal. The ledger has every error. */
const LOG_LIMIT = 500
const DISK_FULL = /no space left on device|disk quota exceeded|not enough space/i

/** Have restic restore pass after pass and tell what it says; ends early when it is stopped or cannot go on. */
export async function runPasses(request: RestoreFilesRequest, tally: Tally): Promise<PassesEnd> {
  const listener = new Listener(request, tally)
  let passed: PassesEnd = { how: 'done' }
  for (const [at, pass] of request.prepared.passes.entries()) {
    if (at > 0) await openFolders(request.targetPath, pass)
    passed = endOf(await runPass(request, pass, listener), listener, request.repository)
    if (passed.how !== 'done') break
  }
  listener.finish()
  return passed
}

async function runPass(request: RestoreFilesRequest, pass: RestorePass, listener: Listener): Promise<ProgramEnd> {
  listener.begin()
  return await restore(request.repository, {
    snapshotId: request.snapshot.id,
    targetPath: request.targetPath,
    pass,
    mode: 'write',
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(request.graceMilliseconds === undefined ? {} : { graceMilliseconds: request.graceMilliseconds }),
    onLine: (line) => listener.hear(line),
  })
}

function endOf(end: ProgramEnd, listener: Listener, repository: ResticRepository): PassesEnd {
  if (end.stopped) return { how: 'stopped' }
  if (listener.diskFull) return { how: 'disk-full' }
  // Exit code 1 after errors for items is restic's way to say that the others are restored.
  if (end.exitCode === 0 || (end.exitCode === 1 && listener.errors > 0)) return { how: 'done' }
  return { how: 'failed', fault: faultOf(end, { place: placeOf(repository.access.url) }) }
}

/** Turns what restic says into events, over all passes. */
class Listener {
  readonly #onEvent: (event: RestoreEvent) => void
  readonly #tally: Tally
  #phase: RestoreProgress['phase'] = 'restoring'
  #bytesBefore = 0
  #bytes = 0
  #last: string | null = null
  #logged = 0
  /** Of this pass. */
  errors = 0
  diskFull = false

  constructor(request: RestoreFilesRequest, tally: Tally) {
    this.#onEvent = request.onEvent
    this.#tally = tally
  }

  begin(): void {
    this.#bytesBefore += this.#bytes
    this.errors = 0
    this.#enter('restoring', 0)
  }

  finish(): void {
    this.#enter('finishing', this.#bytes)
  }

  hear(line: RestoreLine): void {
    switch (line.type) {
      case 'status':
        return this.#enter(this.#phase, line.bytes)
      case 'item':
        return this.#item(line)
      case 'summary':
        return this.#enter('verifying', line.bytes)
      case 'error':
        return this.#error(line.path, line.message)
      case 'text':
        return this.#log('warning', line.text)
    }
  }

  #item({ path, action, size }: Extract<RestoreLine, { type: 'item' }>): void {
    const item = this.#tally.restored(path, action, size)
    if (item === undefined) return
    this.#last = path
    this.#onEvent({ type: 'item', ...item })
  }

  #error(path: string, message: string): void {
    this.errors++
    if (DISK_FULL.test(message)) this.diskFull = true
    const item = this.#tally.failed(path, message)
    if (item !== undefined) this.#onEvent({ type: 'item', ...item })
    this.#log('error', `${showFileName(path)}: ${message}`)
  }

  #log(level: 'warning' | 'error', text: string): void {
    this.#logged++
    if (this.#logged < LOG_LIMIT) this.#onEvent({ type: 'log', level, text })
    if (this.#logged === LOG_LIMIT)
      this.#onEvent({ type: 'log', level: 'warning', text: 'restic says more than is kept.' })
  }

  #enter(phase: RestoreProgress['phase'], bytes: number): void {
    this.#phase = phase
    this.#bytes = bytes
    this.#onEvent({
      type: 'progress',
      phase,
      filesDone: this.#tally.said,
      bytesDone: this.#bytesBefore + bytes,
      currentItem: this.#last,
    })
  }
}
