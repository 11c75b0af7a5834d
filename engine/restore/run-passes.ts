import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, isFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { RestoreManner } from '../../contract/shapes/restore.ts'
import type { ProgramEnd } from '../process/program.ts'
import { faultOf } from '../restic/fault.ts'
import { placeOf, type ResticRepository } from '../restic/repository.ts'
import type { RestoreLine } from '../restic/restore-lines.ts'
import type { CheckedTarget } from './check-target.ts'
import { callRestic } from './call-restic.ts'
import { Heard } from './heard.ts'
import { moveItems } from './move-items.ts'
import { joined } from './paths.ts'
import type { PreparedRestore } from './plan-restore.ts'
import type { RestoreEvent, RestoreProgress } from './restore-event.ts'
import type { RestorePass } from './restore-pass.ts'
import { openFolders } from './target-folder.ts'
import { refusedBySystem } from './target-view.ts'

export interface RestoreFilesRequest {
  readonly repository: ResticRepository
  readonly prepared: PreparedRestore
  /** As `checkTarget` gave it. */
  readonly target: CheckedTarget
  readonly manner: RestoreManner
  /** Its abort ends restic: SIGTERM, a grace, SIGKILL. */
  readonly signal?: AbortSignal | undefined
  /** Its abort lets the call of restic that is under way end, and begins no other. */
  readonly stopBetween?: AbortSignal | undefined
  readonly graceMilliseconds?: number | undefined
  readonly onEvent: (event: RestoreEvent) => void
}

/** How restic ended, all passes together; failed items alone are no reason not to be `done`. */
export type PassesEnd =
  | { readonly how: 'done' | 'stopped' | 'disk-full' }
  | { readonly how: 'failed'; readonly fault: Fault }

export interface PassesResult {
  readonly end: PassesEnd
  readonly heard: Heard
  /** Passes of which restic counted other than what was planned, in a sentence each. */
  readonly miscounts: readonly string[]
  /** restic has begun to write. */
  readonly begun: boolean
}

/** More lines than this say nothing new, and a restic gone mad must not fill a journal. The ledger has every error. */
const LOG_LIMIT = 500
const DISK_FULL = /no space left on device|disk quota exceeded|not enough space/i

/** Have restic restore pass after pass and tell what it says; ends early when it is stopped or cannot go on. */
export async function runPasses(request: RestoreFilesRequest): Promise<PassesResult> {
  const listener = new Listener(request)
  let end: PassesEnd = { how: 'done' }
  for (const [at, pass] of request.prepared.passes.entries()) {
    if (request.stopBetween?.aborted) end = { how: 'stopped' }
    if (end.how !== 'done') break
    if (at > 0) await openFolders(request.target.path, pass)
    end = await runPass(request, pass, listener).catch(failedBy)
  }
  return { end, heard: listener.heard, miscounts: listener.miscounts, begun: listener.begun }
}

/** Faults of the closed set are an end like others, and so is a folder that nothing can be made in. */
function failedBy(error: unknown): PassesEnd {
  if (isFault(error, 'cancelled')) return { how: 'stopped' }
  if (error instanceof Fault) return { how: 'failed', fault: error }
  if (error instanceof Error && 'code' in error && 'path' in error) {
    const fault = refusedBySystem(String(error.path), error)
    return { how: 'failed', fault }
  }
  throw error
}

async function runPass(request: RestoreFilesRequest, pass: RestorePass, listener: Listener): Promise<PassesEnd> {
  const folder = joined(request.target.path, pass.folder)
  if (!pass.isPrivate) return await writeTo(request, pass, { listener, targetPath: folder })
  const targetPath = await mkdtemp(join(folder, '.restore-console-'))
  try {
    const end = await writeTo(request, pass, { listener, targetPath })
    if (end.how === 'done') moveItems({ ...request, pass, privateFolder: targetPath, heard: listener.heard })
    return end
  } finally {
    await rm(targetPath, { recursive: true, force: true })
  }
}

async function writeTo(
  request: RestoreFilesRequest,
  pass: RestorePass,
  { listener, targetPath }: { readonly listener: Listener; readonly targetPath: string },
): Promise<PassesEnd> {
  listener.begin(pass, targetPath)
  const { signal, graceMilliseconds, manner } = request
  const end = await callRestic(request.repository, pass, {
    targetPath,
    mode: 'write',
    privileged: manner.target.kind === 'in-place',
    verify: manner.readBack,
    signal,
    graceMilliseconds,
    onLine: (line) => listener.hear(line),
  })
  return endOf(end, listener, request.repository)
}

function endOf(end: ProgramEnd, listener: Listener, repository: ResticRepository): PassesEnd {
  if (end.stopped) return { how: 'stopped' }
  if (listener.diskFull) return { how: 'disk-full' }
  // Exit code 1 after errors for items is restic's way to say that the others are restored.
  const done = end.exitCode === 0 || (end.exitCode === 1 && listener.errors > 0)
  if (!done) return { how: 'failed', fault: faultOf(end, { place: placeOf(repository.access.url) }) }
  if (end.exitCode === 0) listener.check()
  return { how: 'done' }
}

/** Turns what restic says into events, over all passes. */
class Listener {
  readonly heard: Heard
  readonly miscounts: string[] = []
  readonly #request: RestoreFilesRequest
  #phase: RestoreProgress['phase'] = 'restoring'
  #pass: { readonly pass: RestorePass; readonly targetPath: string } | null = null
  #at = 0
  #before = { files: 0, bytes: 0 }
  #sofar = { files: 0, bytes: 0 }
  #counted: number | null = null
  #logged = 0
  /** Of this pass. */
  errors = 0
  diskFull = false
  begun = false

  constructor(request: RestoreFilesRequest) {
    this.#request = request
    this.heard = new Heard(request.prepared.items)
  }

  begin(pass: RestorePass, targetPath: string): void {
    this.#pass = { pass, targetPath }
    this.#at += 1
    this.#before = { files: this.#before.files + this.#sofar.files, bytes: this.#before.bytes + this.#sofar.bytes }
    this.#sofar = { files: 0, bytes: 0 }
    this.#counted = null
    this.errors = 0
    this.#enter('restoring')
  }

  /** restic's own count of what it restored and passed over must be what was planned. */
  check(): void {
    const planned = this.#pass?.pass.items ?? 0
    if (this.#counted === planned) return
    const counted =
      this.#counted === null ? 'restic did not say how much it restored' : `restic counted ${this.#counted} items`
    this.miscounts.push(`${counted} where ${planned} were planned.`)
    this.#log('warning', this.miscounts.at(-1) ?? '')
  }

  hear(line: RestoreLine): void {
    switch (line.type) {
      case 'status':
        this.begun = true
        this.#sofar = line
        return this.#enter(this.#phase)
      case 'summary':
        this.begun = true
        this.#sofar = line
        this.#counted = line.items
        return this.#enter('verifying')
      case 'error':
        this.begun = true
        return this.#error(line)
      case 'text':
        return this.#log('warning', line.text)
      case 'item':
        return
    }
  }

  #error(line: { readonly path: string; readonly message: string }): void {
    this.errors++
    if (DISK_FULL.test(line.message)) this.diskFull = true
    if (this.#pass !== null) this.heard.error(line, this.#pass.pass, this.#pass.targetPath)
    this.#log('error', `${showFileName(line.path)}: ${line.message}`)
  }

  #log(level: 'warning' | 'error', text: string): void {
    this.#logged++
    if (this.#logged < LOG_LIMIT) this.#request.onEvent({ type: 'log', level, text })
    if (this.#logged === LOG_LIMIT)
      this.#request.onEvent({ type: 'log', level: 'warning', text: 'restic says more than is kept.' })
  }

  #enter(phase: RestoreProgress['phase']): void {
    this.#phase = phase
    const { prepared, onEvent } = this.#request
    const parts = prepared.passes.length
    onEvent({
      type: 'progress',
      phase,
      // restic counts folders and links among its files.
      filesDone: Math.min(this.#before.files + this.#sofar.files, prepared.files),
      bytesDone: Math.min(this.#before.bytes + this.#sofar.bytes, prepared.bytes),
      currentItem: null,
      part: parts > 1 ? { at: Math.max(this.#at, 1), of: parts } : null,
    })
  }
}
