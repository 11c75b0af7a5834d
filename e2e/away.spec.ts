import { type BackupServer, serveBackup } from './backup-server.ts'
import { expect, test } from './fixture.ts'
import { browsePage, openDirectories } from './pages/browse.ts'
import { hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import type { Secrets } from './secrets.ts'

test('what was seen can be browsed while the server is away, also by a console that was started since', async ({
  open,
  place,
  secrets,
}) => {
  await using backup = await twoFolders(place.path, secrets)
  const first = await open()
  await addRepository(first.page, backup.answers)
  await hostPage(first.page).rows.first().click()
  await openDirectories(first.page, 'seen')
  await expect(browsePage(first.page).row('kept.txt')).toBeVisible()

  await backup.goAway()
  await test.step('in the window that has it open', async () => {
    const browse = browsePage(first.page)
    await openDirectories(first.page, 'unseen')
    await expect(browse.tree.getByText(/^Not read before/)).toBeVisible()
    await expect(browse.away).toContainText('The server of this repository cannot be reached from')
    await openDirectories(first.page, 'seen', 'seen')
    await expect(browse.row('kept.txt')).toBeVisible()
  })
  await first[Symbol.asyncDispose]()

  const { page } = await open()
  const browse = browsePage(page)
  await test.step('in a console that was started since', async () => {
    await page
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell') })
      .first()
      .click()
    await expect(hostPage(page).rows).toHaveCount(1)
    await hostPage(page).rows.first().click()
    await expect(browse.away).toContainText('the list of snapshots of')
    await openDirectories(page, 'seen')
    await expect(browse.row('kept.txt')).toBeVisible()
    await expect(browse.away).toContainText('folders read')
    await openDirectories(page, 'unseen')
    await expect(browse.tree.getByText(/^Not read before/)).toBeVisible()
  })
  await test.step('and what was not, by itself as soon as the server is back', async () => {
    await backup.comeBack()
    await expect(browse.away).toBeHidden()
    await expect(browse.row('new.txt')).toBeVisible()
  })
})

function twoFolders(directory: string, secrets: Secrets): Promise<BackupServer> {
  return serveBackup({
    directory,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
    files: { 'seen/kept.txt': 'kept\n', 'unseen/new.txt': 'new\n' },
  })
}
