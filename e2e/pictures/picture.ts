import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test as base } from '../fixture.ts'
import { projectDirectory } from '../launch/running-console.ts'

export { expect }

const FOLDER = join(projectDirectory, 'docs', 'images')
const WIDTH = 1280
const HEIGHT = 800

/** As tall as this where the usual height does not hold what a picture is of. */
interface Size {
  readonly height?: number
}

interface PictureFixtures {
  /** What the folder of this test is called below the system's temporary one: it is read in the pictures. Each has its own. */
  readonly called: string
  /** Take a picture of a page into the documents' folder. */
  readonly picture: (page: Page, name: string, size?: Size) => Promise<void>
}

export const test: ReturnType<typeof base.extend<PictureFixtures, object>> = base.extend<PictureFixtures, object>({
  called: ['console', { option: true }],

  place: async ({ called }, use) => {
    const path = join(tmpdir(), called)
    rmSync(path, { recursive: true, force: true })
    const [dataDirectory, stagingDirectory] = [join(path, 'data'), join(path, 'restored')]
    for (const folder of [dataDirectory, stagingDirectory]) mkdirSync(folder, { recursive: true, mode: 0o700 })
    await use({ path, dataDirectory, stagingDirectory })
    rmSync(path, { recursive: true, force: true })
  },

  picture: async ({}, use) => {
    await use(async (page, name, { height = HEIGHT } = {}) => {
      await page.setViewportSize({ width: WIDTH, height })
      // No notice covers anything, no tooltip hangs at the pointer, and fonts are there.
      await closeNotices(page)
      await page.mouse.move(0, 0)
      await expect(page.getByRole('tooltip')).toHaveCount(0)
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: join(FOLDER, `${name}.png`) })
    })
  },
})

async function closeNotices(page: Page): Promise<void> {
  const notices = page.getByRole('alert').filter({ has: page.getByRole('button', { name: /^View / }) })
  await expect(async () => {
    if ((await notices.count()) > 0) await notices.first().getByRole('button').last().click({ timeout: 2000 })
    await expect(notices).toHaveCount(0, { timeout: 1000 })
  }).toPass()
}
