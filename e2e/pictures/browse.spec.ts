import type { Locator, Page } from '@playwright/test'
import { browsePage, openDirectories } from '../pages/browse.ts'
import { hostPage } from '../pages/hosts.ts'
import { previewDrawer } from '../pages/preview.ts'
import { restorePage } from '../pages/restore.ts'
import { runPage } from '../pages/runs.ts'
import { searchPage } from '../pages/search.ts'
import { versionsDrawer } from '../pages/versions.ts'
import { expect, test } from './picture.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, called: `browse-${colorScheme}` })

    test(`the tree of a snapshot, ${colorScheme}`, { tag: '@pictures' }, async ({ app, picture }) => {
      await openSample(app)
      await hostPage(app).rows.first().click()
      await selectInTree(app)
      await picture(app, `browse-${colorScheme}`)
    })
  })
}

test.describe('the sample', () => {
  test.use({ called: 'console' })

  test('a file is found, looked into and restored', { tag: '@pictures' }, async ({ app: page, picture }) => {
    const [host, browse, restore, run] = [hostPage(page), browsePage(page), restorePage(page), runPage(page)]
    await openSample(page)
    await host.restore(host.rows.nth(1)).click()
    await restore.wholeSnapshot.click()
    await restore.start.click()
    await expect(run.verdict(/^succeeded/)).toBeVisible()
    await page.getByRole('link', { name: 'Hosts' }).first().click()
    await page.getByRole('row').nth(1).click()
    await expect(host.recentRestores).toHaveCount(1)
    await picture(page, 'host')

    await host.rows.first().click()
    await selectInTree(page)
    const todo = await searchFor(page, 'todo')
    await picture(page, 'search')
    await todo.click()
    await page.keyboard.press('v')
    await expect(versionsDrawer(page).all.first()).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await picture(page, 'versions')
    await page.keyboard.press('p')
    await expect(previewDrawer(page).content).toBeVisible()
    await picture(page, 'preview')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(versionsDrawer(page).drawer).toBeHidden()
    await page.goBack()
    await browse.restore.click()
    await expect(restore.start).toBeEnabled()
    await picture(page, 'restore', { height: 960 })
    await restore.start.click()
    await expect(run.verdict(/^succeeded/)).toBeVisible()
    await picture(page, 'run', { height: 960 })
  })
})

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try it with a sample' }).click()
  await page.getByRole('link', { name: 'Browse the sample' }).click()
  await expect(hostPage(page).rows.nth(2)).toBeVisible()
}

/** Opens the first folders and selects one of them. */
async function selectInTree(page: Page): Promise<void> {
  const browse = browsePage(page)
  const directories = browse.tree.getByRole('row', { expanded: false })
  await directories.first().waitFor()
  const names = await directories.getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => box.ariaLabel ?? ''))
  for (const name of names.slice(0, 3)) await openDirectories(page, name)
  await browse.box(names[1] ?? '').click()
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
