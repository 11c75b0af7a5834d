import { expect, test } from '@playwright/test'
import { findClipped } from './clipped.ts'
import { type Gallery, serveGallery, showScene, standStill } from './gallery-server.ts'
import { listenTo } from './read-out.ts'
import { everythingTold } from './told.ts'

// One gallery for all of them: building it takes longer than any.
test.describe.configure({ mode: 'default' })
// What is traced here is many pages.
test.use({ trace: 'off' })

let gallery: Gallery
test.beforeAll(async () => {
  gallery = await serveGallery()
})
test.afterAll(async () => {
  await gallery[Symbol.asyncDispose]()
})
test.beforeEach(async ({ page }) => standStill(page))

/** Screens of each kind, with drawers, forms and what is long; the tool for pictures looks at all. */
const SCREENS = `
  welcome hosts host host-error host-none-fits browse-details compare compare-text search-everywhere restore-ready
  restore-in-place run-million run-phase-restoring run-unread runs audit audit-all audit-record restorability replicas
  replica-failing consumers consumer-worklist planes workspaces settings palette about-you`
  .trim()
  .split(/\s+/)

test('nothing is cut off where the text is largest and the window smallest', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 800 })
  const found: string[] = []
  for (const name of SCREENS) {
    await showScene(page, gallery, { name, asked: { font: '150' } })
    for (const clipped of await page.evaluate(findClipped)) found.push(`${name}: ${clipped}`)
  }
  expect(found).toEqual([])
})

/** As they are loaded, with nothing done in them. */
const LOADED = 'hosts host runs run-million audit restorability replicas consumers planes workspaces settings'.split(
  ' ',
)
/** Of the window, as browsers reckon a layout's shift: what moves, by how far. A tenth is seen as restless. */
const STEADY = 0.05

test('nothing that is seen moves while a screen is loaded', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 800 })
  await page.addInitScript(() => {
    const moved: number[] = []
    Object.assign(window, { moved })
    const note = (list: PerformanceObserverEntryList): void => {
      for (const entry of list.getEntries()) moved.push((entry as PerformanceEntry & { value: number }).value)
    }
    new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true })
  })
  const restless: string[] = []
  for (const name of LOADED) {
    await showScene(page, gallery, { name })
    const moved = await page.evaluate(() => (window as unknown as { moved: number[] }).moved)
    const sum = moved.reduce((all, one) => all + one, 0)
    if (sum > STEADY) restless.push(`${name}: ${sum.toFixed(3)}`)
  }
  expect(restless).toEqual([])
})

/** What is called so in the world of the gallery: hosts, people, consumers, control planes, workspaces, folders, files. */
const NAMES =
  /db-0\d|web-0\d|files-north|lab-win-7|pacs-archive|vpn-gate|ops-laptop|clinics?\.example|\bmaria\b|jonas|prover-\d|Canopy south|Laboratory plane|Northern clinics|\/(etc|srv|home|var)\b|postgresql\.conf|\.sql\.zst|radiology|\w-verify\b/

// @security The window: While names are masked, no screen says the name of a host, a person, a machine, a consumer or a path, in its text, its titles or what is read out.
test('while names are masked no screen says one, seen or read out', async ({ page }) => {
  const found: string[] = []
  for (const name of SCREENS) {
    await showScene(page, gallery, { name, asked: { masked: '' } })
    const told = (await page.evaluate(everythingTold)).filter((text) => NAMES.test(text) && !EXAMPLES.test(text))
    found.push(...new Set(told.map((text) => `${name}: ${text}`)))
  }
  expect(found).toEqual([])
})

/** Help that stands there whatever there is. */
const EXAMPLES = /“db-01 yesterday”/

test('names are there again when the mask is taken off', async ({ page }) => {
  await showScene(page, gallery, { name: 'hosts' })
  await expect(page.getByText('vpn-gate', { exact: true }).first()).toBeVisible()
  const before = await page.evaluate(everythingTold)
  await page.keyboard.press('Alt+m')
  await expect(page.getByText('db-01', { exact: true })).toHaveCount(0)
  await page.keyboard.press('Alt+m')
  await expect(page.getByText('db-01', { exact: true }).first()).toBeVisible()
  // The first is the window's title, which tells of runs as they go on.
  const names = ([, ...told]: readonly string[]) => told.filter((text) => NAMES.test(text))
  expect(names(await page.evaluate(everythingTold))).toEqual(names(before))
})

test('who does not see the page hears where they are, how a restore goes and how it ended', async ({ page }) => {
  await showScene(page, gallery, { name: 'restore-ready' })
  await expect(page.getByText('plan made just now')).toBeVisible()
  const said = await listenTo(page)
  await page.getByRole('button', { name: 'Restore', exact: true }).press('Enter')
  const heading = page.getByRole('heading', { level: 1, name: 'Restore on db-01' })
  await expect(
    page.getByRole('list', { name: 'Steps' }).or(page.getByRole('heading', { name: /^succeeded/ })),
  ).toBeVisible()
  await expect(heading).toBeFocused()
  await expect.poll(async () => (await said()).at(-1)).toMatch(/^The run is over: succeeded/)
  const heard = await said()
  expect(heard.filter((text) => /^Restoring.*, \d+ %$/.test(text)).length).toBeGreaterThan(0)
  // What is said is new: no share is said twice.
  expect(new Set(heard).size).toBe(heard.length)
})

test('what is read out of the tree names each file once, and the groups of choices have names', async ({ page }) => {
  await showScene(page, gallery, { name: 'browse-details' })
  await expect(page.getByRole('row', { name: 'postgresql.conf 29.1 KiB' })).toHaveCount(1)
  await expect(page.getByRole('checkbox', { name: 'postgresql.conf' })).toHaveCount(1)
  await showScene(page, gallery, { name: 'restore-in-place' })
  await expect(page.getByRole('radiogroup', { name: 'Target' })).toHaveCount(1)
  await expect(page.getByRole('radiogroup', { name: 'If a file is already there' })).toHaveCount(1)
  for (const role of ['button', 'link', 'textbox', 'grid', 'treegrid', 'dialog'] as const)
    await expect(page.getByRole(role, { name: /^$/ }), `a ${role} without a name`).toHaveCount(0)
})
