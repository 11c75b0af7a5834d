import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { openInBrowser } from './launch/browser.ts'
import { openInElectron } from './launch/electron.ts'
import { type ConsoleOptions, processesBelow, type RunningConsole } from './launch/running-console.ts'
import { Secrets } from './secrets.ts'

export { expect }

/** How often the arguments of everything a console has started are looked at. */
const WATCH_MILLISECONDS = 50

interface Place {
  /** A folder of this test's own; gone afterwards. */
  readonly path: string
  readonly dataDirectory: string
  readonly stagingDirectory: string
}

interface Fixtures {
  readonly place: Place
  /** What must not be found anywhere afterwards. */
  readonly secrets: Secrets
  /** Errors of the page that this test provokes, and that are therefore none. */
  readonly provoked: RegExp[]
  /** Open a console over this test's data directory; all are closed at the end. */
  readonly open: (more?: Partial<ConsoleOptions>) => Promise<RunningConsole>
  /** The page of a console opened as it comes. */
  readonly app: Page
}

/**
 * Each test has its own data directory and its own console. It fails, whatever it expected, when the page logged an
 * error or when one of its secrets is found in what the console printed, sent to the page, started or left on disk.
 */
export const test = base.extend<Fixtures>({
  place: async ({}, use) => {
    await using directory = temporaryDirectory()
    const [dataDirectory, stagingDirectory] = [join(directory.path, 'data'), join(directory.path, 'staging')]
    for (const folder of [dataDirectory, stagingDirectory]) mkdirSync(folder, { mode: 0o700 })
    await use({ path: directory.path, dataDirectory, stagingDirectory })
  },

  secrets: async ({}, use) => {
    await use(new Secrets())
  },

  provoked: async ({}, use) => {
    await use([])
  },

  open: async ({ context, place, secrets, provoked }, use, testInfo) => {
    const errors: string[] = []
    const consoles: RunningConsole[] = []
    context.on('page', (page) => listen(page, errors, secrets))
    const watch = setInterval(() => {
      for (const { pid } of consoles)
        for (const { commandLine } of processesBelow(pid))
          secrets.lookThrough(commandLine, 'the arguments of a process')
    }, WATCH_MILLISECONDS)
    const launch = testInfo.project.name === 'electron' ? openInElectron : openInBrowser.bind(undefined, context)

    await use(async (more = {}) => {
      const running = await launch({ ...place, ...more })
      if (testInfo.project.name === 'electron') listen(running.page, errors, secrets)
      consoles.push(running)
      return running
    })

    clearInterval(watch)
    for (const running of consoles) await running[Symbol.asyncDispose]()
    const output = consoles.map((running) => running.output()).join('\n')
    writeFileSync(testInfo.outputPath('console.log'), output)
    secrets.lookThrough(output, 'what the console printed')
    secrets.lookBelow(place.dataDirectory)
    const unexpected = errors.filter((error) => !provoked.some((pattern) => pattern.test(error)))
    expect(unexpected, 'errors in the page').toEqual([])
    expect(secrets.seen, 'places where a secret was seen').toEqual([])
  },

  app: async ({ open }, use) => {
    const running = await open()
    await use(running.page)
  },
})

function listen(page: Page, errors: string[], secrets: Secrets): void {
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    secrets.lookThrough(message.text(), "the page's console")
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      secrets.lookThrough(payload.toString(), 'what was sent to the page')
    })
  })
}
