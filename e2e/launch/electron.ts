import { _electron, type ElectronApplication } from '@playwright/test'
import {
  type ConsoleOptions,
  consoleArguments,
  consoleEnvironment,
  endProgram,
  projectDirectory,
  type RunningConsole,
  type StartedProgram,
  startProgram,
} from './running-console.ts'

const applications = new WeakMap<RunningConsole, ElectronApplication>()

/** Start the console in Electron, whose binary RESTORE_CONSOLE_ELECTRON names, and take its window. */
export async function openInElectron(options: ConsoleOptions): Promise<RunningConsole> {
  const electron = await _electron.launch({
    executablePath: binary(),
    args: [projectDirectory, ...consoleArguments(options)],
    env: environmentOf(options),
  })
  const child = electron.process()
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const running: RunningConsole = {
    page: await electron.firstWindow(),
    pid: child.pid ?? 0,
    output: () => Buffer.concat(chunks).toString('utf8'),
    kill: () => endProgram(child, 'SIGKILL'),
    async [Symbol.asyncDispose]() {
      // As a signal would: to quit while runs go on would ask somebody, and nobody is there.
      await electron.evaluate(() => process.emit('SIGTERM', 'SIGTERM')).catch(() => undefined)
      await electron.close()
    },
  }
  applications.set(running, electron)
  return running
}

/** The shell of a console that runs in Electron: for tests of the shell itself. */
export function shellOf(running: RunningConsole): ElectronApplication {
  const electron = applications.get(running)
  if (electron === undefined) throw new Error('This console does not run in Electron.')
  return electron
}

/** The same program once more, without a window that a test looks at: a second instance, or one that only says something. */
export function startElectron(options: ConsoleOptions, args: readonly string[]): StartedProgram {
  return startProgram(binary(), [projectDirectory, ...args], environmentOf(options))
}

function binary(): string {
  return process.env['RESTORE_CONSOLE_ELECTRON'] ?? ''
}

/** The private session has put the display aside; this is the one program that needs it. */
function environmentOf(options: ConsoleOptions): Record<string, string> {
  const { env } = process
  return { ...consoleEnvironment(options), DISPLAY: env['RESTORE_CONSOLE_DISPLAY'] || env['DISPLAY'] || '' }
}
