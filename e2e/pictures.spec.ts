import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { seedConsole } from '../test/seed-console.ts'
import { expect, test } from './fixture.ts'
import { projectDirectory } from './launch/running-console.ts'
import { openAudit, openBoard } from './pages/audit.ts'
import { browsePage, openDirectories } from './pages/browse.ts'
import { hostPage } from './pages/hosts.ts'
import { previewDrawer } from './pages/preview.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import { searchPage } from './pages/search.ts'
import { versionsDrawer } from './pages/versions.ts'

const folder = join(projectDirectory, 'docs', 'images')

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pictures for the documents, ${colorScheme}`, { tag: '@pictures' }, async ({ open }) => {
    // Paths that are not too long to be read in a picture.
    const place = join(tmpdir(), `console-${colorScheme}`)
    rmSync(place, { recursive: true, force: true })
    const [dataDirectory, stagingDirectory] = [join(place, 'data'), join(place, 'restored')]
    for (const folder of [dataDirectory, stagingDirectory]) mkdirSync(folder, { recursive: true, mode: 0o700 })
    const first = await open({ dataDirectory, stagingDirectory })
    const { page } = first
    const pictureOf = async (shown: Page, name: string) => {
      await settled(shown)
      await shown.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
    }
    const picture = (name: string) => pictureOf(page, name)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.getByRole('heading', { name: 'Get data back' })).toBeVisible()
    await picture('welcome')
    await page.getByRole('button', { name: 'Try it with a sample' }).click()
    await page.getByRole('link', { name: 'Browse the sample' }).click()

    const [host, browse, restore, run] = [hostPage(page), browsePage(page), restorePage(page), runPage(page)]
    await expect(host.rows.nth(2)).toBeVisible()
    const second = host.rows.nth(1)
    await host.restore(second).click()
    await restore.wholeSnapshot.click()
    await restore.start.click()
    await expect(run.verdict(/^succeeded/)).toBeVisible()
    await page.getByRole('link', { name: 'Hosts' }).first().click()
    await page.getByRole('row').nth(1).click()
    await expect(host.recentRestores).toHaveCount(1)
    await picture('host')

    await host.rows.first().click()
    const directories = browse.tree.getByRole('row', { expanded: false })
    await directories.first().waitFor()
    const names = await directories
      .getByRole('checkbox')
      .evaluateAll((boxes) => boxes.map((box) => box.ariaLabel ?? ''))
    for (const name of names.slice(0, 3)) await openDirectories(page, name)
    await browse.box(names[1] ?? '').click()
    await picture('browse')
    const todo = await searchFor(page, 'todo')
    await picture('search')
    await todo.click()
    await page.keyboard.press('v')
    await expect(versionsDrawer(page).all.first()).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await picture('versions')
    await page.keyboard.press('p')
    await expect(previewDrawer(page).content).toBeVisible()
    await picture('preview')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(versionsDrawer(page).drawer).toBeHidden()
    await page.goBack()
    await browse.restore.click()
    await expect(restore.start).toBeEnabled()
    await picture('restore')
    await restore.start.click()
    await expect(run.verdict(/^succeeded/)).toBeVisible()
    await picture('run')
    await first[Symbol.asyncDispose]()

    // Who restored what is looked at where much was restored.
    seedConsole(dataDirectory, { hosts: ['db-01', 'db-02', 'files-north', 'web-01'], restores: 400, days: 88 })
    const later = (await open({ dataDirectory, stagingDirectory })).page
    await later.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const audit = await openAudit(later)
    await expect(audit.restores.nth(2)).toBeVisible()
    await pictureOf(later, 'audit')
    const board = await openBoard(later)
    await expect(board.rows.first()).toBeVisible()
    await pictureOf(later, 'restorability')
  })
}

/** Look for a name in all snapshots from the tree; the row of what was found, open. */
async function searchFor(page: Page, name: string): Promise<Locator> {
  const search = searchPage(page)
  await page.getByRole('link', { name: 'Search' }).click()
  await search.look('All hosts')
  await search.text.fill(name)
  const found = search.rows.filter({ hasText: name }).first()
  await found.click()
  await page.keyboard.press('ArrowRight')
  return found
}

/** Fonts are there, and no tooltip hangs at the pointer. */
async function settled(page: Page): Promise<void> {
  await page.mouse.move(0, 0)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}
