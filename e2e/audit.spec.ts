import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { seedConsole } from '../test/seed-console.ts'
import { expect, test } from './fixture.ts'
import { auditPage, openAudit, openBoard } from './pages/audit.ts'
import { hostPage } from './pages/hosts.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'

const HOSTS = ['db-01', 'db-02', 'files-north', 'web-01', 'web-02', 'mail-01', 'pacs-archive'] as const
const RESTORES = 10_000

test('of ten thousand restores the few that matter are found, looked at, kept as a view and handed over', async ({
  open,
  place,
}) => {
  seedConsole(place.dataDirectory, { hosts: HOSTS, restores: RESTORES, days: 400 })
  const { page } = await open()
  const audit = await openAudit(page)
  await expect(audit.inAll).toContainText('10,000')
  await expect(audit.days).toHaveCount(90)

  await test.step('by the keyboard alone, to those in place on two hosts that are not verified', async () => {
    await chooseByKeyboard(page, 'Target', 'in place')
    await chooseByKeyboard(page, 'Verified', 'not verified')
    await chooseByKeyboard(page, 'Host', 'db-01', 'db-02')
    await expect(audit.restores.first()).toContainText(/db-0[12]/)
    await expect(page).toHaveURL(/host=.*target=in-place.*verified=none/)
    for (const row of await audit.restores.all()) await expect(row).not.toContainText('staging')
  })
  const some = await countOf(page)
  expect(some).toBeGreaterThan(10)
  expect(some).toBeLessThan(RESTORES / 4)

  await test.step('the view is kept, left and chosen again', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('v')
    await audit.view('Save these filters as a view…').press('Enter')
    await page.getByLabel('Name').fill('Databases, unproven')
    await page.keyboard.press('Enter')
    await expect(audit.filter('Databases, unproven')).toBeVisible()
    await page.keyboard.press('v')
    await audit.view('All restores').press('Enter')
    await expect.poll(() => countOf(page)).toBe(RESTORES)
    await page.reload()
    await expect.poll(() => countOf(page)).toBe(RESTORES)
    await page.keyboard.press('v')
    await audit.view('Databases, unproven').press('Enter')
    await expect.poll(() => countOf(page)).toBe(some)
  })

  await test.step('a record is opened by the keyboard, and the next one from there', async () => {
    await audit.restores.first().focus()
    await page.keyboard.press('Enter')
    await expect(audit.record).toContainText(`1 of ${grouped(some)}`)
    await expect(audit.record).toContainText('the original paths')
    await page.keyboard.press('j')
    await expect(audit.record).toContainText(`2 of ${grouped(some)}`)
    await page.keyboard.press('Escape')
    await expect(audit.record).toBeHidden()
  })

  await test.step('what is listed is handed over, and that is in the audit', async () => {
    await audit.export.click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      audit.view('CSV, for people and spreadsheets').click(),
    ])
    const lines = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    expect(lines).toHaveLength(some + 1)
    expect(lines.slice(1).every((line) => line.includes(',in-place,'))).toBe(true)
    await audit.show('All')
    const exported = audit.entries.filter({ hasText: 'restores as csv: on ' })
    await expect(exported).toHaveCount(1)
    await expect(exported).toContainText('done')
    await audit.show('Restores')
  })
})

test('the last days and the plots are there for the eye and for the keyboard, under the page’s own policy', async ({
  open,
  place,
}) => {
  seedConsole(place.dataDirectory, { hosts: HOSTS, restores: 2000, days: 80 })
  const { page } = await open()
  const audit = await openAudit(page)
  await audit.days.last().focus()
  await page.keyboard.press('ArrowLeft')
  const day = audit.days.nth(88)
  await expect(day).toBeFocused()
  const restores = Number(/: (\d+) restores?,/.exec((await day.getAttribute('aria-label')) ?? '')?.[1])
  expect(restores).toBeGreaterThan(5)
  await page.keyboard.press('Enter')
  await expect(day).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => countOf(page)).toBe(restores)
  await page.keyboard.press('Enter')
  await expect.poll(() => countOf(page)).toBe(2000)
  await audit.plots.click()
  const plot = audit.plot('Restores per week, by result')
  await expect(plot.locator('svg rect[fill="url(#outcome-succeeded)"]').nth(1)).toBeVisible()
  await expect(plot.locator('table tbody tr')).toHaveCount(13)
  await expect(audit.plot('Usual duration per host').getByText('db-01').first()).toBeVisible()
})

test('a repository is never proven until it is restored and read back', async ({ app }) => {
  await app.getByRole('button', { name: 'Try it with a sample' }).click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible({ timeout: 90_000 })
  const board = await openBoard(app)
  await expect(board.rows).toHaveCount(1)
  await expect(board.rows.first()).toContainText('never')
  await board.rows.first().press('Enter')
  await board.proveNow.click()
  const restore = restorePage(app)
  await expect(restore.freshFolder).toBeChecked()
  await expect(restore.readBack).toBeChecked()
  await restore.wholeSnapshot.click()
  await restore.start.click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible({ timeout: 90_000 })
  await openBoard(app)
  await expect(board.rows.first()).toContainText('fresh')
  await board.rows.first().press('Enter')
  await expect(board.proof).toContainText('verified')
  await app.keyboard.press('Escape')
  await app.getByRole('link', { name: 'Hosts' }).first().click()
  await app.getByRole('row').nth(1).click()
  await expect(hostPage(app).recentRestores.first()).toContainText('verified')
})

/** Opens a filter and chooses in it without the pointer. */
async function chooseByKeyboard(page: Page, label: string, ...names: readonly string[]): Promise<void> {
  const audit = auditPage(page)
  await audit.filter(label).focus()
  await page.keyboard.press('Enter')
  for (const name of names) {
    await expect(audit.choice(name)).toBeVisible()
    while ((await audit.choice(name).getAttribute('data-combobox-selected')) === null) {
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Escape')
}

/** How many restores fit, as the figure above the list says. */
async function countOf(page: Page): Promise<number> {
  const figure = auditPage(page).inAll.locator('dd').first()
  return Number(((await figure.textContent()) ?? '').replaceAll(/\D/g, ''))
}

function grouped(count: number): string {
  return count.toLocaleString('en')
}
