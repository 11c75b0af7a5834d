import type { Page } from '@playwright/test'
import { serveBackup } from './backup-server.ts'
import { expectNoViolations } from './violations.ts'
import { expect, test } from './fixture.ts'
import { auditPage, openAudit } from './pages/audit.ts'
import { browsePage } from './pages/browse.ts'
import { bodyRows, hostPage } from './pages/hosts.ts'
import { previewDrawer } from './pages/preview.ts'
import { openRepositoryForm } from './pages/repositories.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import { searchPage } from './pages/search.ts'
import { choosePassphrase, vault } from './pages/vault.ts'
import { versionsDrawer } from './pages/versions.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen can be used by everyone, in ${colorScheme} colours`, async ({ app, place, secrets }) => {
    await app.emulateMedia({ colorScheme })
    await using backup = await serveBackup({
      directory: place.path,
      serverPassword: secrets.useAs('olivia', 'password of the server'),
      password: secrets.use('password of the repository'),
      files: { 'etc/hosts': '127.0.0.1 localhost\n', 'readme.txt': 'read me\n' },
    })
    await expect(app.getByRole('heading', { name: 'Get data back' })).toBeVisible()
    await expectNoViolations(app, 'welcome')
    const form = await openRepositoryForm(app)
    await form.fill({ ...backup.answers, password: 'not the password' })
    await form.test.click()
    await expect(form.problem).toBeVisible()
    await expectNoViolations(app, 'add a repository')
    await form.fill(backup.answers)
    await form.test.click()
    await form.save.click()
    await expect(hostPage(app).rows).toHaveCount(1)
    await expectNoViolations(app, 'host')
    await hostPage(app).rows.first().click()
    await browsePage(app).box('etc').click()
    await expectNoViolations(app, 'browse')
    await checkReading(app)
    await browsePage(app).restore.click()
    await expect(restorePage(app).start).toBeEnabled()
    await expectNoViolations(app, 'restore')
    await restorePage(app).start.click()
    await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
    await expectNoViolations(app, 'run')
    for (const place of ['Runs', 'Recent restores', 'Hosts']) {
      await app.getByRole('link', { name: place }).first().click()
      await expect(bodyRows(app.getByRole('grid', { name: place })).first()).toBeVisible()
      await expectNoViolations(app, place)
    }
  })
}

/** The search, the drawers and the list of previews; it ends where it began, in the tree. */
async function checkReading(page: Page): Promise<void> {
  const [search, versions, preview] = [searchPage(page), versionsDrawer(page), previewDrawer(page)]
  await page.keyboard.press('/')
  await expect(search.text).toBeFocused()
  await expectNoViolations(page, 'search, before anything was typed')
  await search.look('All hosts')
  await search.text.fill('host')
  await search.row('hosts').click()
  await page.keyboard.press('ArrowRight')
  await expectNoViolations(page, 'search')
  await page.keyboard.press('v')
  await expect(versions.chosen).toBeFocused()
  await expectNoViolations(page, 'versions')
  await page.keyboard.press('p')
  await expect(preview.content).toBeVisible()
  await expectNoViolations(page, 'preview')
  await preview.close.click()
  await page.keyboard.press('Escape')
  await expect(versions.drawer).toBeHidden()
  await (await openAudit(page)).show('Previews')
  await expect(auditPage(page).previews).toHaveCount(1)
  await expectNoViolations(page, 'previews')
  await page.goBack()
  await page.goBack()
  await expect(browsePage(page).row('etc')).toBeVisible()
}

test('the passphrase can be chosen by everyone', { tag: '@headless' }, async ({ open }) => {
  const { page } = await open({ keychain: false })
  await expect(vault(page).choose).toBeVisible()
  await expectNoViolations(page, 'choose a passphrase')
  await choosePassphrase(page, 'a passphrase of several words')
  await expect(page.getByRole('heading', { name: 'Get data back' })).toBeVisible()
})
