import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveBackup } from './backup-server.ts'
import { expect, test } from './fixture.ts'
import { openAudit } from './pages/audit.ts'
import { browsePage, openDirectories } from './pages/browse.ts'
import { bodyRows, hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import { filesBelow } from './restored-files.ts'

test('from the first start to a file of the sample', async ({ app, place }) => {
  await expect(app.getByRole('heading', { name: 'Get data back' })).toBeVisible()
  await expect(app.getByRole('button', { name: 'Enrol a host…' })).toBeEnabled()
  await app.getByRole('button', { name: 'Try it with a sample' }).click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible({ timeout: 90_000 })
  await app.getByRole('link', { name: 'Browse the sample' }).click()

  const host = hostPage(app)
  await expect(host.rows.nth(2)).toBeVisible()
  await host.restore(host.rows.first()).click()
  const restore = restorePage(app)
  await expect(restore.start).toBeDisabled()
  await restore.wholeSnapshot.click()
  await restore.start.click()

  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible({ timeout: 90_000 })
  const [folder = ''] = readdirSync(place.stagingDirectory)
  expect(Object.keys(filesBelow(join(place.stagingDirectory, folder))).length).toBeGreaterThan(100)
})

test('from a server to the very same bytes, and into the audit', async ({ app, place, secrets }) => {
  await using backup = await serveBackup({
    directory: place.path,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
    files: {
      'etc/hosts': '127.0.0.1 localhost\n',
      'etc/ssl/key.pem': 'not a key\n',
      'etc/ssl/cert.pem': 'not a certificate\n',
      'home/olivia/notes.txt': 'remember\n',
      'home/olivia/photo.bin': Buffer.alloc(3_000_000, 'photo'),
      'home/marek/notes.txt': 'forget\n',
      'readme.txt': 'read me\n',
    },
  })
  await addRepository(app, backup.answers)
  await hostPage(app).rows.first().click()

  const browse = browsePage(app)
  await browse.box('etc').click()
  await openDirectories(app, 'etc', 'ssl')
  await expect(browse.box('key.pem')).toBeChecked()
  await browse.box('key.pem').click()
  await expect(browse.box('key.pem')).not.toBeChecked()
  await expect(browse.box('etc')).toHaveAttribute('aria-checked', 'mixed')
  await openDirectories(app, 'home', 'olivia')
  await browse.box('photo.bin').click()
  await expect(browse.box('home')).toHaveAttribute('aria-checked', 'mixed')
  // What is folded away stays as it was chosen.
  await openDirectories(app, 'etc')
  await expect(browse.box('key.pem')).toBeHidden()
  await openDirectories(app, 'etc')
  await expect(browse.box('key.pem')).not.toBeChecked()
  await browse.restore.click()

  const restore = restorePage(app)
  await expect(app.getByText(/3 items · /)).toBeVisible()
  await expect(app.getByText(/^Restore 3 files/)).toBeVisible()
  await restore.start.click()
  const run = runPage(app)
  await expect(run.verdict(/^succeeded/)).toBeVisible()
  // Three files, and the four folders that they are in.
  await expect(run.ledger).toHaveCount(7)

  const [folder = ''] = readdirSync(place.stagingDirectory)
  const source = filesBelow(backup.made.source)
  expect(filesBelow(join(place.stagingDirectory, folder))).toEqual({
    'etc/hosts': source['etc/hosts'],
    'etc/ssl/cert.pem': source['etc/ssl/cert.pem'],
    'home/olivia/photo.bin': source['home/olivia/photo.bin'],
  })

  const audit = await openAudit(app)
  await expect(audit.restores).toHaveCount(1)
  await expect(audit.restores).toContainText('succeeded')
  await audit.restores.first().click()
  await expect(audit.record).toContainText(folder)
  await app.keyboard.press('Escape')
  await expect(audit.record).toBeHidden()
  await app.getByRole('link', { name: 'Hosts' }).first().click()
  await bodyRows(app.getByRole('grid', { name: 'Hosts' }))
    .first()
    .click()
  await expect(hostPage(app).recentRestores).toHaveCount(1)
  await hostPage(app).recentRestores.first().click()
  await audit.record.getByRole('link', { name: 'Open the run' }).click()
  await expect(run.verdict(/^succeeded/)).toBeVisible()
})
