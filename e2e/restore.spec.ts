import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { type OriginalPlace, workedIn } from './original-place.ts'
import { openAudit } from './pages/audit.ts'
import { browsePage, openDirectories } from './pages/browse.ts'
import { bodyRows, hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { basketChip, restorePage } from './pages/restore.ts'
import { exportLedger, runPage } from './pages/runs.ts'
import { filesBelow } from './restored-files.ts'
import { tellStory } from './story.ts'

test('in place: what was planned changes and nothing else, it is proven, and it can be taken back', async ({
  app,
  place,
  secrets,
}) => {
  const here = await workedIn(place.path, secrets.use('password of the repository'))
  const before = here.now()
  await addRepository(app, here.answers)
  await chooseOriginal(app, here)
  const restore = restorePage(app)
  await restore.inPlace.click()

  await test.step('the plan names each item, and making it has written nothing', async () => {
    await expect(restore.planned('app.conf')).toContainText('update')
    await expect(restore.planned('second.bin')).toContainText('create')
    await expect(restore.planned('run.sh')).toContainText('mode')
    await expect(restore.planned('new.txt')).toBeHidden()
    expect(here.now()).toEqual(before)
  })
  await test.step("it needs the host's name and a reason", async () => {
    await expect(restore.safetySnapshot).toBeChecked()
    await expect(restore.startInPlace).toBeDisabled()
    await restore.hostName.fill('another host')
    await restore.reason.fill('the colour was wrong')
    await expect(restore.startInPlace).toBeDisabled()
    await restore.hostName.fill(hostname())
    await restore.startInPlace.click()
  })
  const run = runPage(app)
  await expect(run.verdict(/^succeeded/)).toBeVisible()
  await expect(run.fact('Reason')).toContainText('the colour was wrong')
  // What was made since stays; all else is as it was backed up, to the mode and the time of each file.
  const madeSince = (line: string): boolean => !line.startsWith('./data/new.txt ') && !line.startsWith('./data ')
  expect(here.now().filter(madeSince)).toEqual(here.backedUp.filter(madeSince))

  await test.step('it is taken back, which is planned and confirmed too', async () => {
    await run.revert.click()
    await expect(restore.planned('second.bin')).toContainText('delete')
    await restore.hostName.fill(hostname())
    await restore.reason.fill('the new colour was right')
    await restore.startInPlace.click()
    await expect(run.verdict(/^succeeded/)).toBeVisible()
    expect(withoutFolders(here)).toEqual(before.filter(isNoFolder))
  })
  await test.step('both stand in the audit, with their reasons', async () => {
    await openAudit(app)
    const rows = bodyRows(app.getByRole('grid', { name: 'Recent restores' }))
    await expect(rows).toHaveCount(2)
    await expect(rows.filter({ hasText: 'succeeded' })).toHaveCount(2)
  })
})

test('what the snapshot does not have is deleted where that is wanted, and nothing beside it', async ({
  app,
  place,
  secrets,
}) => {
  const here = await workedIn(place.path, secrets.use('password of the repository'))
  writeFileSync(join(here.folder, '..', 'beside.txt'), 'not of the application\n')
  await addRepository(app, here.answers)
  await chooseOriginal(app, here)
  const restore = restorePage(app)
  await restore.inPlace.click()
  await restore.deleteExtra.click()
  await expect(bodyRows(restore.plan).first()).toContainText('new.txt')
  await expect(bodyRows(restore.plan).first()).toContainText('delete')
  await restore.hostName.fill(hostname())
  await restore.reason.fill('only what was backed up')
  await restore.startInPlace.click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
  expect(withoutFolders(here)).toEqual(here.backedUp.filter(isNoFolder))
  expect(readFileSync(join(here.folder, '..', 'beside.txt'), 'utf8')).toBe('not of the application\n')
})

test('a host that has moved on since the plan is not written to, and the new plan is shown', async ({
  app,
  place,
  secrets,
}) => {
  const here = await workedIn(place.path, secrets.use('password of the repository'))
  await addRepository(app, here.answers)
  await chooseOriginal(app, here)
  const restore = restorePage(app)
  await restore.inPlace.click()
  await restore.hostName.fill(hostname())
  await restore.reason.fill('the colour was wrong')
  await expect(restore.startInPlace).toBeEnabled()
  writeFileSync(join(here.folder, 'logs/app.log'), 'somebody works here\n')
  const moved = here.now()
  await restore.startInPlace.click()
  await expect(restore.problem).toContainText('has changed since the plan')
  expect(here.now()).toEqual(moved)
  await restore.lookAtNewPlan.click()
  await expect(restore.planned('app.log')).toContainText('update')
  // What was typed is still there.
  await expect(restore.reason).toHaveValue('the colour was wrong')
  await restore.startInPlace.click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
  expect(readFileSync(join(here.folder, 'logs/app.log'), 'utf8')).toBe('started\n')
})

const IN_THE_WAY = 'written after the backup\n'

for (const { mode, settings, beside, words } of [
  { mode: 'Replace it if it differs', settings: 'colour = green\n', beside: 0, words: 'update' },
  { mode: 'Replace it if size or time differ', settings: 'colour = green\n', beside: 0, words: 'update' },
  { mode: 'Only if the snapshot’s is newer', settings: IN_THE_WAY, beside: 0, words: 'skip' },
  { mode: 'Keep the existing one', settings: IN_THE_WAY, beside: 0, words: 'skip' },
  { mode: 'Keep both', settings: IN_THE_WAY, beside: 1, words: 'create' },
] as const) {
  test(`into a folder that holds something: ${mode}`, async ({ app, place, secrets }) => {
    const story = await tellStory(place.path, secrets.use('password of the repository'))
    const chosen = join(place.path, 'chosen', 'etc', 'app')
    await addRepository(app, story.answers)
    mkdirSync(chosen, { recursive: true })
    writeFileSync(join(chosen, 'settings.conf'), IN_THE_WAY)
    const tomorrow = Date.now() / 1000 + 86_400
    utimesSync(join(chosen, 'settings.conf'), tomorrow, tomorrow)
    await hostPage(app).restore(hostPage(app).rows.first()).click()
    const restore = restorePage(app)
    await restore.wholeSnapshot.click()
    await restore.chosenFolder.click()
    await restore.folder.fill(join(place.path, 'chosen'))
    await restore.conflict(mode).click()
    // The plan of the fresh folder, which was chosen before, lists nothing by itself.
    await expect(bodyRows(restore.plan).first()).toBeVisible()
    await restore.planFilter.fill('settings')
    // The plan of the other way may still stand there, of which all are changes.
    await expect(async () => {
      await restore.planView('all').click()
      await expect(bodyRows(restore.plan).first()).toContainText(words, { timeout: 2000 })
    }).toPass()
    await restore.start.click()
    await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
    expect(readFileSync(join(chosen, 'settings.conf'), 'utf8')).toBe(settings)
    const others = readdirSync(chosen).filter((name) => name.startsWith('settings') && name !== 'settings.conf')
    expect(others).toHaveLength(beside)
    for (const name of others) expect(readFileSync(join(chosen, name), 'utf8')).toBe('colour = green\n')
    expect(Object.keys(filesBelow(join(place.path, 'chosen')))).toContain('home/olivia/project/plan.txt')
  })
}

test('what was selected comes without the folders above it, from two snapshots', async ({ app, place, secrets }) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  await addRepository(app, story.answers)
  await hostPage(app).rows.first().click()
  await openDirectories(app, 'etc', 'app')
  await browsePage(app).box('settings.conf').click()
  await app.goBack()
  await hostPage(app).rows.nth(2).click()
  await openDirectories(app, 'home', 'olivia', 'project')
  await browsePage(app).box('notes.txt').click()
  await basketChip(app).click()
  const restore = restorePage(app)
  await restore.selectedOnly.click()
  await restore.start.click()
  const run = runPage(app)
  await expect(run.verdict(/^succeeded/)).toBeVisible()
  const [folder = ''] = readdirSync(place.stagingDirectory)
  expect(Object.keys(filesBelow(join(place.stagingDirectory, folder))).sort()).toEqual(['notes.txt', 'settings.conf'])
  const ledger: unknown = JSON.parse(readFileSync(await exportLedger(app, 'JSON'), 'utf8'))
  expect(JSON.stringify(ledger)).toContain('settings.conf')
})

async function chooseOriginal(page: Page, here: OriginalPlace): Promise<void> {
  await hostPage(page).rows.first().click()
  const above = here.parts.slice(0, -1)
  await openDirectories(page, ...above)
  await browsePage(page)
    .box(here.parts.at(-1) ?? '')
    .click()
  await browsePage(page).restore.click()
}

/** A folder's time is of the last that came or went in it. */
function isNoFolder(line: string): boolean {
  return !/ 4\d{4} /.test(line)
}

function withoutFolders(here: OriginalPlace): string[] {
  return here.now().filter(isNoFolder)
}
