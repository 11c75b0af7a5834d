import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { BrowserContext } from '@playwright/test'
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

/** Start the console without a shell of its own and open it in a page of this browser. */
export async function openInBrowser(context: BrowserContext, options: ConsoleOptions): Promise<RunningConsole> {
  const program = startHeadless(options)
  const address = await announcedAddress(program)
  const page = await context.newPage()
  await page.goto(address)
  return {
    page,
    pid: program.process.pid ?? 0,
    output: program.output,
    kill: () => endProgram(program.process, 'SIGKILL'),
    async [Symbol.asyncDispose]() {
      await page.close()
      await endProgram(program.process, 'SIGTERM')
    },
  }
}

/** Only the server half: for tests of the door itself. */
export function startHeadless(options: ConsoleOptions): StartedProgram {
  const script = join(projectDirectory, 'out', 'main', 'headless.js')
  return startProgram(process.execPath, [script, ...consoleArguments(options)], consoleEnvironment(options))
}

/** The address that a headless console prints first, ticket and all; throws when it ends before it does. */
export async function announcedAddress({ process, output }: StartedProgram): Promise<string> {
  const { stdout } = process
  if (stdout === null) throw new Error('The console has no standard output.')
  for await (const line of createInterface({ input: stdout })) {
    const address = /^console ready at (\S+)$/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error(`The console ended before it was ready:\n${output()}`)
}
