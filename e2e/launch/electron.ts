import { _electron } from '@playwright/test'
import {
  type ConsoleOptions,
  consoleArguments,
  consoleEnvironment,
  endProgram,
  projectDirectory,
  type RunningConsole,
} from './running-console.ts'

/** Start the console in Electron, whose binary RESTORE_CONSOLE_ELECTRON names, and take its window. */
export async function openInElectron(options: ConsoleOptions): Promise<RunningConsole> {
  const { env } = process
  const electron = await _electron.launch({
    executablePath: env['RESTORE_CONSOLE_ELECTRON'] ?? '',
    args: [projectDirectory, ...consoleArguments(options)],
    // The private session has put the display aside; this is the one program that needs it.
    env: { ...consoleEnvironment(options), DISPLAY: env['RESTORE_CONSOLE_DISPLAY'] || env['DISPLAY'] || '' },
  })
  const child = electron.process()
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return {
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
}
