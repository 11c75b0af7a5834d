import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { openInBrowser } from '../../e2e/launch/browser.ts'
import { projectDirectory } from '../../e2e/launch/running-console.ts'
import { hostPage } from '../../e2e/pages/hosts.ts'
import { addRepository } from '../../e2e/pages/repositories.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

export interface BenchWindow extends AsyncDisposable {
  readonly browser: Browser
  readonly page: Page
}

/** The built console in Chromium, with the tree of a repository's newest snapshot open. */
export async function benchWindow({ access }: ResticRepository): Promise<BenchWindow> {
  await using stack = new AsyncDisposableStack()
  const window = stack.use(await emptyWindow())
  const { page } = window
  await addRepository(page, { url: access.url, password: access.password, name: 'large' })
  await hostPage(page).rows.first().click()
  await page.getByRole('treegrid').getByRole('row').nth(1).waitFor()
  const owned = stack.move()
  return { ...window, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** The built console in Chromium, on its first day. */
export async function emptyWindow(): Promise<BenchWindow> {
  needsBuild()
  await using stack = new AsyncDisposableStack()
  const place = stack.use(temporaryDirectory())
  const [dataDirectory, stagingDirectory] = [join(place.path, 'data'), join(place.path, 'staging')]
  for (const folder of [dataDirectory, stagingDirectory]) mkdirSync(folder, { mode: 0o700 })
  const browser = stack.use(await benchBrowser())
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const { page } = stack.use(await openInBrowser(context, { dataDirectory, stagingDirectory }))
  const owned = stack.move()
  return { browser, page, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

export function needsBuild(): void {
  if (!existsSync(join(projectDirectory, 'out', 'main', 'headless.js')))
    throw new Error('The console is not built: npm run build')
}

export function benchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['RESTORE_CONSOLE_CHROMIUM'] ?? '/usr/bin/chromium',
    // Chromium's sandbox does not start as root.
    chromiumSandbox: process.getuid?.() !== 0,
  })
}
