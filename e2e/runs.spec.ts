import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { processesBelow } from './launch/running-console.ts'
import { bodyRows } from './pages/hosts.ts'
import { restorePage } from './pages/restore.ts'
import { cancelRun, runPage, runsPage } from './pages/runs.ts'
import { filesBelow } from './restored-files.ts'
import { bigBackup, FAST, goBackToWizard, startSlowRestore } from './slow-restore.ts'

test('a restore is cancelled: restic ends, and what is left is said', async ({ open, place, secrets }) => {
  const running = await open()
  await using backup = await bigBackup(place.path, secrets)
  await startSlowRestore(running.page, backup)
  await expect.poll(() => resticBelow(running.pid)).not.toEqual([])
  await cancelRun(running.page)
  expect(resticBelow(running.pid)).toEqual([])
  await expect(running.page.getByText('Remark')).toBeVisible()
  await expect(runPage(running.page).cancel).toBeHidden()

  // The host is free again at once.
  backup.setRate(FAST)
  await goBackToWizard(running.page)
  await restorePage(running.page).start.click()
  await expect(runPage(running.page).verdict(/^succeeded/)).toBeVisible()
})

test('a host does one run at a time, and a second restore leads to the first', async ({ app, place, secrets }) => {
  await using backup = await bigBackup(place.path, secrets)
  await startSlowRestore(app, backup)
  const first = app.url()
  await goBackToWizard(app)
  const restore = restorePage(app)
  await restore.start.click()
  await expect(restore.problem).toContainText('This host is busy with another run')
  await restore.openBusyRun.click()
  await expect.poll(() => app.url()).toBe(first)
  await cancelRun(app)
  expect(readdirSync(place.stagingDirectory).length).toBeLessThanOrEqual(1)
})

test('a page that is loaded again in the middle shows the same as one that watched', async ({
  app,
  place,
  secrets,
}) => {
  await using backup = await bigBackup(place.path, secrets)
  await startSlowRestore(app, backup)
  const run = runPage(app)
  await expect(run.log).not.toBeEmpty()
  const before = await linesOf(app)
  await app.reload()
  await expect(run.cancel).toBeVisible()
  await expect.poll(() => linesOf(app)).toEqual(expect.arrayContaining(before))
  backup.setRate(FAST)
  await expect(run.verdict(/^succeeded/)).toBeVisible()
  const [folder = ''] = readdirSync(place.stagingDirectory)
  expect(filesBelow(join(place.stagingDirectory, folder))).toEqual(filesBelow(backup.made.source))

  // And who comes when it is over sees its end at once.
  const whole = await linesOf(app)
  await app.reload()
  await expect(run.verdict(/^succeeded/)).toBeVisible()
  await expect.poll(() => linesOf(app)).toEqual(whole)
})

test('a crash in the middle leaves an interrupted run and no restic, and the restore goes on from there', async ({
  open,
  place,
  secrets,
  provoked,
}) => {
  provoked.push(/WebSocket|ERR_CONNECTION/)
  const first = await open()
  await using backup = await bigBackup(place.path, secrets)
  await startSlowRestore(first.page, backup)
  await expect.poll(() => resticBelow(first.pid)).not.toEqual([])
  await expect(runPage(first.page).log).not.toBeEmpty()
  const orphans = resticBelow(first.pid)
  await first.kill()

  const { page } = await open()
  await page.getByRole('link', { name: 'Runs' }).click()
  const runs = bodyRows(page.getByRole('grid', { name: 'Runs' }))
  await expect(runs.first()).toContainText('interrupted')
  expect(orphans.flatMap((pid) => processesBelow(pid).filter(isRestic))).toEqual([])
  await runs.first().click()
  await expect(runPage(page).verdict(/^interrupted/)).toBeVisible()
  await expect(runPage(page).log).not.toBeEmpty()
  await page.getByRole('link', { name: 'Recent restores' }).click()
  const audit = bodyRows(page.getByRole('grid', { name: 'Recent restores' }))
  await expect(audit.first()).toContainText('interrupted')

  backup.setRate(FAST)
  await page.goBack()
  await runPage(page).resume.click()
  await restorePage(page).start.click()
  await expect(runPage(page).verdict(/^succeeded/)).toBeVisible()
  // To the same folder.
  const [folder = '', ...others] = readdirSync(place.stagingDirectory)
  expect(others).toEqual([])
  expect(filesBelow(join(place.stagingDirectory, folder))).toEqual(filesBelow(backup.made.source))
})

test('with the keyboard alone a run is found, opened, and come back to', async ({ app }) => {
  await app.getByRole('button', { name: 'Try it with a sample' }).click()
  await app.getByRole('link', { name: 'Browse the sample' }).waitFor()
  await app.getByRole('link', { name: 'Runs' }).first().click()
  const { rows, filter } = runsPage(app)
  await expect(rows).toHaveCount(1)

  await app.keyboard.press('/')
  await expect(filter).toBeFocused()
  await app.keyboard.type('restore-')
  await expect(app.getByText('No run matches the filters')).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(rows).toHaveCount(1)
  await app.keyboard.type('INIT-')
  await expect(app.getByText('1 run matches')).toBeVisible()
  await app.keyboard.press('ArrowDown')
  await expect(rows.first()).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()

  await app.goBack()
  await expect(filter).toHaveValue('INIT-')
  await expect(rows).toHaveCount(1)
  await app.keyboard.press('Escape')
  await expect(filter).toHaveValue('')
})

function resticBelow(pid: number): number[] {
  return processesBelow(pid)
    .filter(isRestic)
    .map((process) => process.pid)
}

function isRestic({ commandLine }: { readonly commandLine: string }): boolean {
  return /(^|\/)restic /.test(commandLine)
}

/** What of the log is in sight, in lines. */
async function linesOf(page: Page): Promise<string[]> {
  const text = await runPage(page).log.innerText()
  return text.split('\n').filter((line) => line.trim() !== '')
}
