import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type BackupServer, serveBackup } from './backup-server.ts'
import { expect } from './fixture.ts'
import { bodyRows, hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import type { Secrets } from './secrets.ts'

/** Bytes per second and connection: some twenty seconds for what is restored here. */
const SLOW = 400_000
export const FAST = 1 << 30

/** Eight files that do not compress, 24 MB in all. */
export function bigBackup(directory: string, secrets: Secrets): Promise<BackupServer> {
  const files = Object.fromEntries(
    Array.from({ length: 8 }, (_, at) => [`big/file-${at}.bin`, randomBytes(3_000_000)] as const),
  )
  return serveBackup({
    directory,
    files,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
  })
}

/** Restore all of it over a slow line, as far as its run's page. */
export async function startSlowRestore(page: Page, backup: BackupServer): Promise<void> {
  await addRepository(page, backup.answers)
  await goToWizard(page)
  await expect(restorePage(page).start).toBeEnabled()
  backup.setRate(SLOW)
  await restorePage(page).start.click()
  await expect(runPage(page).cancel).toBeVisible()
}

async function goToWizard(page: Page): Promise<void> {
  await goBackToWizard(page)
  await restorePage(page).wholeSnapshot.click()
}

/** What was chosen there before is chosen still. */
export async function goBackToWizard(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Hosts' }).first().click()
  await bodyRows(page.getByRole('grid', { name: 'Hosts' }))
    .first()
    .click()
  await hostPage(page).restore(hostPage(page).rows.first()).click()
}
