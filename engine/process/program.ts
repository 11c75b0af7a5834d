import { execa } from 'execa'
import { Fault } from '../../contract/errors.ts'
import { keepTail, type LineSplitter, splitLines } from './lines.ts'
import { redactor } from './redact.ts'

export interface ProgramRequest {
  /** What it is called in errors: `restic`. */
  readonly tool: string
  /** The version that will do, for `tool_missing`. */
  readonly wanted?: string
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** The child's whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
  /** Put as `***` in every line of text, tail and error. */
  readonly secrets: readonly string[]
  /** What it is given on standard input: at once, or as it comes, of which it is given no more than it takes. */
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array>
  /** Its abort is SIGTERM to the program and its children, a grace, then SIGKILL. */
  readonly signal?: AbortSignal
  readonly graceMilliseconds?: number
  /** Whole lines without their end, cut at a mebibyte; see `runProgram` for what is redacted. */
  readonly onStdoutLine?: (line: string) => void
  readonly onStderrLine?: (line: string) => void
  /** Standard output as it comes, in bytes and not redacted; then no lines are made of it. */
  readonly onStdoutBytes?: (chunk: Uint8Array) => void
}

/** What is to be started, without who looks after it. */
export type Program = Pick<ProgramRequest, 'file' | 'args' | 'cwd' | 'env' | 'input'>

export interface ProgramEnd {
  readonly exitCode: number | null
  /** The signal that ended it, e.g. `SIGKILL`. */
  readonly signal: string | null
  /** It was ended by the request's signal. */
  readonly stopped: boolean
  /** It did not heed SIGTERM within the grace. */
  readonly killed: boolean
  /** All it printed, unless lines or bytes were asked for. */
  readonly stdout: string
  /** The last 8 KiB of standard error, redacted. */
  readonly stderrTail: string
}

const GRACE_MILLISECONDS = 10_000
const STDERR_TAIL = 8 * 1024
const STDOUT_LIMIT = 128 * 1024 * 1024

/**
 * Run a program to its end and say how it ended; every exit code is an answer, also that of a program that was stopped.
 * Lines that are JSON objects reach their reader as they are (a password that is a word must not change a file's name
 * in them); all other lines, and the tail, are redacted. An error thrown by a reader stops the program and is thrown.
 * Throws `tool_missing` when the file is not there or not executable, `tool_failed` when it cannot be started for another
 * reason, or prints without end.
 */
export async function runProgram(request: ProgramRequest): Promise<ProgramEnd> {
  if (request.signal?.aborted) return NOT_STARTED
  const redact = redactor(request.secrets)
  const tail = keepTail(STDERR_TAIL)
  const kept: Uint8Array[] = []
  const failure = new AbortController()
  const guard = guardReader(failure)

  const child = execa(request.file, request.args, {
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    ...inputOf(request.input),
    env: request.env,
    extendEnv: false,
    buffer: false,
    encoding: 'buffer',
    reject: false,
    cancelSignal: request.signal ? AbortSignal.any([request.signal, failure.signal]) : failure.signal,
    forceKillAfterDelay: request.graceMilliseconds ?? GRACE_MILLISECONDS,
    killDescendants: true,
  })

  const onStdout = readStdout(request, { redact, keep: keepWithin(request.tool, kept) })
  const stderr = splitLines((line) => {
    const text = redact(line)
    tail.add(text)
    request.onStderrLine?.(isJsonObject(line) ? line : text)
  })
  child.stdout.on('data', (chunk: Uint8Array) => guard(() => onStdout.push(chunk)))
  child.stderr.on('data', (chunk: Uint8Array) => guard(() => stderr.push(chunk)))

  const result = await child
  guard(() => onStdout.end())
  guard(() => stderr.end())
  if (failure.signal.aborted) throw failure.signal.reason
  if (result.code === 'ENOENT' || result.code === 'EACCES') {
    throw new Fault('tool_missing', { tool: request.tool, wanted: request.wanted ?? '', found: null })
  }
  const isStarted = result.exitCode !== undefined || result.signal !== undefined || result.isCanceled
  if (!isStarted) throw notStarted(request.tool, result.code ?? result.message ?? '')
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    stopped: result.isCanceled,
    killed: result.isForcefullyTerminated,
    stdout: Buffer.concat(kept).toString('utf8'),
    stderrTail: tail.text(),
  }
}

function notStarted(tool: string, why: string): Fault<'tool_failed'> {
  return new Fault('tool_failed', { tool, exitCode: null, stderrTail: `It could not be started: ${why}` })
}

function inputOf(input: ProgramRequest['input']) {
  if (input === undefined) return { stdin: 'ignore' as const }
  return typeof input === 'string' || input instanceof Uint8Array ? { input } : { stdin: input }
}

const NOT_STARTED: ProgramEnd = {
  exitCode: null,
  signal: null,
  stopped: true,
  killed: false,
  stdout: '',
  stderrTail: '',
}

interface StdoutUse {
  readonly redact: (text: string) => string
  readonly keep: (chunk: Uint8Array) => void
}

function readStdout(request: ProgramRequest, { redact, keep }: StdoutUse): LineSplitter {
  const { onStdoutLine, onStdoutBytes } = request
  if (onStdoutLine) return splitLines((line) => onStdoutLine(isJsonObject(line) ? line : redact(line)))
  return { push: onStdoutBytes ?? keep, end: () => undefined }
}

function keepWithin(tool: string, kept: Uint8Array[]): (chunk: Uint8Array) => void {
  let length = 0
  return (chunk) => {
    length += chunk.length
    if (length > STDOUT_LIMIT) {
      throw new Fault('tool_failed', { tool, exitCode: null, stderrTail: 'It printed more than can be read.' })
    }
    kept.push(chunk)
  }
}

/** Errors of a reader must not be lost in an event listener: the first one ends the program. */
function guardReader(failure: AbortController): (read: () => void) => void {
  return (read) => {
    if (failure.signal.aborted) return
    try {
      read()
    } catch (error) {
      failure.abort(error)
    }
  }
}

function isJsonObject(line: string): boolean {
  return line.startsWith('{') && line.endsWith('}')
}
