import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ENTRY = join(import.meta.dirname, '..', 'index.ts')

export interface ProgramResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** `restore-agent` as a program, to its end. */
export async function agentProgram(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<ProgramResult> {
  const child = startProgram(args, environment)
  child.stdin?.end()
  const [out, err] = [textOf(child.stdout), textOf(child.stderr)]
  const [code] = await once(child, 'close')
  return { code, out: await out, err: await err }
}

/** The same, to be spoken with and stopped by the test. */
export function startProgram(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [ENTRY, ...args], {
    stdio: 'pipe',
    env: { ...process.env, SSH_CONNECTION: undefined, ...environment },
  })
}

export interface ServedProgram extends AsyncDisposable {
  readonly child: ChildProcess
  /** What it has logged. */
  readonly log: readonly string[]
  /** Ask it to stop; gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** `restore-agent serve`, once it has begun to serve. */
export async function serveProgram(args: readonly string[]): Promise<ServedProgram> {
  const child = startProgram(['serve', ...args])
  const log: string[] = []
  const stderr = child.stderr
  if (stderr === null) throw new Error('the agent has no standard error')
  const started = Promise.withResolvers<void>()
  createInterface(stderr).on('line', (line) => {
    log.push(line)
    if (line.includes('"agent.started"')) started.resolve()
  })
  const ended = once(child, 'exit').then(([code]): number | null => code)
  await Promise.race([started.promise, ended.then(() => Promise.reject(new Error(log.join('\n'))))])
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    child.kill(signal)
    return ended
  }
  return {
    child,
    log,
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL')
    },
  }
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = ''
  for await (const piece of stream ?? []) text += String(piece)
  return text
}
