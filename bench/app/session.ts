import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'
import { auditPage, boardPage, openAudit, openBoard } from '../../e2e/pages/audit.ts'
import { browsePage } from '../../e2e/pages/browse.ts'
import { comparePage } from '../../e2e/pages/compare.ts'
import { fleetPage, openFleet } from '../../e2e/pages/fleet.ts'
import { hostPage } from '../../e2e/pages/hosts.ts'
import { openPlanes } from '../../e2e/pages/planes.ts'
import { previewDrawer } from '../../e2e/pages/preview.ts'
import { openReplicas } from '../../e2e/pages/replicas.ts'
import { restorePage } from '../../e2e/pages/restore.ts'
import { runPage, runsPage } from '../../e2e/pages/runs.ts'
import { searchPage } from '../../e2e/pages/search.ts'
import { versionsDrawer } from '../../e2e/pages/versions.ts'
import { LARGE, type World } from './world.ts'

/** Something that a person does and then looks at. */
export interface Step {
  readonly name: string
  readonly act: (page: Page, world: World) => Promise<unknown>
}

/** Milliseconds from one thing that is done to the next: as fast as a person can who knows the way. */
const HAND = 250

/** All main screens, and what is done on each; it ends where it can begin again. */
export const SESSION: readonly Step[] = [
  { name: 'hosts', act: (page) => openFleet(page).then(({ rows }) => rows.first().waitFor()) },
  {
    name: 'filter hosts',
    act: async (page) => {
      await page.getByLabel('Filter hosts').fill('db-')
      await fleetPage(page).row('web-01').waitFor({ state: 'hidden' })
      await page.getByLabel('Filter hosts').fill('')
      await fleetPage(page).row('web-01').waitFor()
    },
  },
  {
    name: 'host and its snapshots',
    act: async (page) => {
      await page.getByRole('grid', { name: 'Hosts' }).getByText('this computer').first().click()
      await hostPage(page).rows.first().waitFor()
    },
  },
  {
    name: 'snapshot',
    act: async (page) => {
      await hostPage(page).rows.first().click()
      await browsePage(page).row(LARGE.name).waitFor()
    },
  },
  { name: 'open a folder of 5,000', act: (page) => toggle(page, LARGE.name, 'true') },
  { name: 'scroll it', act: scrollTree },
  { name: 'select three of it', act: selectThree },
  { name: 'close it', act: (page) => toggle(page, LARGE.name, 'false') },
  { name: 'preview a file', act: previewFile },
  { name: 'versions of it', act: versionsOfFile },
  {
    name: 'plan a restore',
    act: async (page) => {
      await browsePage(page).box('etc').click()
      await browsePage(page).restore.click()
      await restorePage(page).start.waitFor()
      await page.goBack()
      await browsePage(page).box('etc').click()
    },
  },
  { name: 'search', act: searchFiles },
  { name: 'compare', act: compareSnapshots },
  {
    name: 'recent restores',
    act: async (page) => {
      const audit = await openAudit(page)
      await audit.restores.first().waitFor()
      await audit.table.hover()
      for (let at = 0; at < 10; at += 1) await page.mouse.wheel(0, 400)
    },
  },
  { name: 'filter restores', act: filterRestores },
  { name: 'a restore’s record', act: restoreRecord },
  { name: 'plots of restores', act: plotsOfRestores },
  {
    name: 'runs',
    act: async (page) => {
      await page.getByRole('link', { name: 'Runs' }).first().click()
      const { rows, filter } = runsPage(page)
      await rows.first().waitFor()
      await filter.fill('jonas')
      await pause(HAND)
      await filter.fill('')
      await rows.first().waitFor()
    },
  },
  {
    name: 'a run and its ledger',
    act: async (page, { runAddress }) => {
      await page.evaluate((address) => (location.hash = address), runAddress)
      await runPage(page).ledger.first().waitFor()
    },
  },
  { name: 'restorability', act: (page) => openBoard(page).then(() => boardPage(page).rows.first().waitFor()) },
  { name: 'replicas', act: (page) => openReplicas(page).then(() => heading(page, 'Replicas')) },
  { name: 'consumers', act: (page) => linkTo(page, 'Consumers') },
  { name: 'control planes', act: (page) => openPlanes(page).then(() => heading(page, 'Control planes')) },
  {
    name: 'settings',
    act: async (page) => {
      await page.keyboard.press('Control+,')
      await heading(page, 'Settings')
    },
  },
  { name: 'palette', act: findInPalette },
  {
    name: 'all keys',
    act: async (page) => {
      await page.keyboard.press('Shift+?')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    },
  },
]

/** Once through all of it; `before` is told of each step as it begins. */
export async function playRound(page: Page, world: World, before: (step: Step) => Promise<void>): Promise<void> {
  for (const step of SESSION) {
    await before(step)
    await step.act(page, world)
    await pause(HAND)
  }
}

async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

async function linkTo(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).first().click()
  await heading(page, name)
}

async function toggle(page: Page, name: string, expanded: 'true' | 'false'): Promise<void> {
  const row = browsePage(page).row(name)
  await row.getByText(name, { exact: true }).click()
  await page.locator(`[role="row"][aria-level="1"][aria-expanded="${expanded}"]`).filter({ hasText: name }).waitFor()
}

/** Open a folder that may be open: a tree that was left is found again as it was. */
async function unfold(row: Locator, name: string): Promise<void> {
  if ((await row.getAttribute('aria-expanded')) !== 'true') await row.getByText(name, { exact: true }).click()
}

async function scrollTree(page: Page): Promise<void> {
  await browsePage(page).tree.hover()
  for (const direction of [1, -1])
    for (let at = 0; at < 20; at += 1) {
      await page.mouse.wheel(0, direction * 600)
      await pause(16)
    }
  await browsePage(page).row(LARGE.name).waitFor()
}

async function selectThree(page: Page): Promise<void> {
  const { box } = browsePage(page)
  for (const turn of ['on', 'off'])
    for (const name of ['00000.txt', '00001.txt', '00002.txt']) await box(name).setChecked(turn === 'on')
}

async function openSettings(page: Page): Promise<void> {
  for (const name of ['etc', 'app']) await unfold(browsePage(page).row(name), name)
  await browsePage(page).row('settings.conf').getByText('settings.conf', { exact: true }).click()
}

async function previewFile(page: Page): Promise<void> {
  await openSettings(page)
  await browsePage(page).preview.click()
  const { content, close, drawer } = previewDrawer(page)
  await content.first().waitFor()
  await close.click()
  await drawer.waitFor({ state: 'hidden' })
}

async function versionsOfFile(page: Page): Promise<void> {
  await browsePage(page).versions.click()
  const { all, drawer } = versionsDrawer(page)
  await all.nth(2).waitFor()
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
}

async function searchFiles(page: Page): Promise<void> {
  await linkTo(page, 'Search')
  const search = searchPage(page)
  await search.look('All hosts')
  for (const text of ['0012', 'plan', '.conf']) {
    await search.text.fill(text)
    await search.rows.filter({ hasText: text }).first().waitFor()
    await pause(HAND)
  }
}

async function compareSnapshots(page: Page): Promise<void> {
  await openFleet(page)
  await page.getByRole('grid', { name: 'Hosts' }).getByText('this computer').first().click()
  await hostPage(page).rows.nth(2).getByRole('button', { name: 'Changes' }).click()
  const compare = comparePage(page)
  for (const name of ['etc', 'app']) await unfold(compare.row(name), name)
  await compare.row('settings.conf').getByText('settings.conf', { exact: true }).click()
  await compare.difference.getByText('colour').first().waitFor()
  await page.keyboard.press('Escape')
  await compare.drawer.waitFor({ state: 'hidden' })
}

async function filterRestores(page: Page): Promise<void> {
  const { text, restores } = auditPage(page)
  await text.fill('pacs-archive')
  await restores.filter({ hasText: 'web-01' }).first().waitFor({ state: 'hidden' })
  await text.fill('')
  await restores.filter({ hasText: 'web-01' }).first().waitFor()
}

async function restoreRecord(page: Page): Promise<void> {
  const { restores, record } = auditPage(page)
  await restores.first().focus()
  await page.keyboard.press('Enter')
  await record.waitFor()
  for (let at = 0; at < 5; at += 1) await page.keyboard.press('j')
  await page.keyboard.press('Escape')
  await record.waitFor({ state: 'hidden' })
}

async function plotsOfRestores(page: Page): Promise<void> {
  const { plots } = auditPage(page)
  await plots.click()
  await page.locator('[data-place]').first().waitFor()
  await pause(HAND)
  await plots.click()
  await page.locator('[data-place]').first().waitFor({ state: 'hidden' })
}

async function findInPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+K')
  const field = page.getByRole('combobox', { name: 'Go to or do' })
  for (const text of ['db', 'today', 'settings']) {
    await field.fill(text)
    await page.getByRole('option').first().waitFor()
    await pause(HAND)
  }
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'hidden' })
}
