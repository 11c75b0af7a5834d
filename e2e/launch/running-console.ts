import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { findTool } from '../../test/tools.ts'

export interface ConsoleOptions {
  readonly dataDirectory: string
  readonly stagingDirectory: string
  /** More arguments of the console. */
  readonly arguments?: readonly string[]
  /** More environment of the console; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** A console that a test has started, whatever its shell. */
export interface RunningConsole extends AsyncDisposable {
  readonly page: Page
  /** Its main process. */
  readonly pid: number
  /** Everything it has written to its standard streams. */
  output(): string
  /** End it at once, as a crash or a power cut would; answers when it has gone. */
  kill(): Promise<void>
}

export const projectDirectory = join(import.meta.dirname, '..', '..')

/** A console's arguments, the same for both shells. */
export function consoleArguments(options: ConsoleOptions): string[] {
  const { dataDirectory, stagingDirectory, arguments: more = [] } = options
  return ['--data-dir', dataDirectory, '--staging-dir', stagingDirectory, ...more]
}

/** What a console gets of our environment: with the tests' restic in reach, and our session's keychain only if it is a private one. */
export function consoleEnvironment(options: ConsoleOptions): Record<string, string> {
  const { env } = process
  const restic = findTool('restic')
  const merged = {
    ...env,
    PATH: [...(restic === undefined ? [] : [dirname(restic)]), env['PATH'] ?? ''].join(delimiter),
    // Without a session of their own the tests would write into the user's keychain.
    ...(env['RESTORE_CONSOLE_KEYRING'] === 'private' ? {} : { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }),
    ...options.environment,
  }
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

export interface StartedProgram {
  readonly process: ChildProcess
  output(): string
}

/** Start a program and keep what it writes. */
export function startProgram(file: string, args: readonly string[], env: Record<string, string>): StartedProgram {
  const child = spawn(file, args, { cwd: projectDirectory, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return { process: child, output: () => Buffer.concat(chunks).toString('utf8') }
}

/** Send a signal to a program that may have ended, and wait until it has. */
export async function endProgram(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

/** The command line of a process and of all that it has started, for those that are still there. */
export function commandLinesBelow(pid: number): string[] {
  try {
    const own = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    return [own, ...children.flatMap((child) => commandLinesBelow(Number(child)))]
  } catch {
    return []
  }
}
