import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

export interface ConsoleOptions {
  readonly dataDirectory: string
  readonly stagingDirectory: string
  /** More arguments of the console. */
  readonly arguments?: readonly string[]
  /** False takes the keychain away from it. */
  readonly keychain?: boolean
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

const PASSPHRASE = 'a passphrase for the tests'

/** A console's arguments, the same for both shells. Where the tests have no keychain of their own, with a passphrase. */
export function consoleArguments(options: ConsoleOptions): string[] {
  const { dataDirectory, stagingDirectory, arguments: more = [] } = options
  const places = ['--data-dir', dataDirectory, '--staging-dir', stagingDirectory]
  if (hasPrivateKeychain || options.keychain === false) return [...places, ...more]
  const file = `${dataDirectory}.passphrase`
  writeFileSync(file, PASSPHRASE, { mode: 0o600 })
  return [...places, '--passphrase-file', file, ...more]
}

/** A console's environment: ours, but never with the keychain of whoever runs the tests. */
export function consoleEnvironment(options: ConsoleOptions): Record<string, string> {
  const { DBUS_SESSION_BUS_ADDRESS: session, ...others } = process.env
  const bus = hasPrivateKeychain && options.keychain !== false ? session : 'disabled:'
  return Object.fromEntries(
    Object.entries({ ...others, DBUS_SESSION_BUS_ADDRESS: bus }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
}

const hasPrivateKeychain = process.env['RESTORE_CONSOLE_KEYRING'] === 'private'

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

export interface Process {
  readonly pid: number
  readonly commandLine: string
}

/** A process and all that it has started, from any of its threads, as far as they are still there. */
export function processesBelow(pid: number): Process[] {
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    )
    return [{ pid, commandLine }, ...children.flatMap((child) => processesBelow(Number(child)))]
  } catch {
    return []
  }
}
