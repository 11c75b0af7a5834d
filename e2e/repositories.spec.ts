import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { runRestic } from '../test/restic.ts'
import { serveBackup } from './backup-server.ts'
import { expect, test } from './fixture.ts'
import { hostPage } from './pages/hosts.ts'
import { openRepositoryForm } from './pages/repositories.ts'
import { runPage } from './pages/runs.ts'

test('a repository is tested before it is kept, and each failure is told apart', async ({ app, place, secrets }) => {
  const serverPassword = secrets.useAs('olivia', 'ein Passwort: für den Server & mehr')
  const password = secrets.use('pässword of the repository "1"')
  await using backup = await serveBackup({ directory: place.path, files: { a: 'b' }, serverPassword, password })
  const form = await openRepositoryForm(app)
  await expect(form.save).toBeDisabled()

  const port = await closedPort()
  await form.fill({ ...backup.answers, url: `rest:http://127.0.0.1:${port}/olivia/web/` })
  await form.test.click()
  await expect(form.problem).toContainText('cannot be reached')

  await form.fill({ ...backup.answers, serverPassword: secrets.useAs('olivia', 'not the password of the server') })
  await expect(form.problem).toBeHidden()
  await form.test.click()
  await expect(form.problem).toContainText('The server refused the user name or password')

  await form.fill({ ...backup.answers, url: backup.answers.url.replace('/olivia/', '/marek/') })
  await form.test.click()
  await expect(form.problem).toContainText('The server refused the user name or password')

  await form.fill({ ...backup.answers, password: secrets.use('not the password of the repository') })
  await form.test.click()
  await expect(form.problem).toContainText('The password is wrong')

  await form.fill({ ...backup.answers, url: backup.answers.url.replace('/web/', '/mail/') })
  await form.test.click()
  await expect(form.problem).toContainText('There is no repository at this place yet')
  await expect(form.initialise).toBeVisible()
  await expect(form.save).toBeDisabled()

  await form.fill(backup.answers)
  await form.test.click()
  await expect(form.result).toContainText('opened, 1 snapshot')
  await form.save.click()
  await expect(hostPage(app).repository('web')).toBeVisible()
  await expect(hostPage(app).rows).toHaveCount(1)
})

test('a repository that is not there yet is initialised by a run', async ({ app, place, secrets }) => {
  const password = secrets.use('password of a fresh repository')
  const form = await openRepositoryForm(app)
  await form.fill({ url: `${place.path}/fresh`, password, name: 'fresh' })
  await form.test.click()
  await form.initialise.click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
  await app.getByRole('link', { name: 'Open the repository' }).click()
  await expect(app.getByRole('heading', { name: 'No snapshots yet' })).toBeVisible()
})

test('credentials in a pasted address are taken out of it and shown nowhere', async ({ app, place, secrets }) => {
  const serverPassword = secrets.useAs('olivia', 'p@ss/word of the server')
  const password = secrets.use('password of the repository')
  await using backup = await serveBackup({ directory: place.path, files: { a: 'b' }, serverPassword, password })
  const form = await openRepositoryForm(app)
  const pasted = backup.answers.url.replace('http://', `http://olivia:${encodeURIComponent(serverPassword)}@`)
  await form.fill({ url: pasted, password })
  await form.test.click()
  await expect(form.result).toContainText('opened, 1 snapshot')
  await form.save.click()
  await expect(hostPage(app).rows).toHaveCount(1)
  await expect(app.getByText(backup.answers.url.replace(/\/$/, ''))).toBeVisible()
  expect(await app.content()).not.toContain(serverPassword)
})

test('a repository is removed from the console and left where it is', async ({ app, place, secrets }) => {
  const password = secrets.use('password of the repository')
  const serverPassword = secrets.useAs('olivia', 'password of the server')
  await using backup = await serveBackup({ directory: place.path, files: { a: 'b' }, serverPassword, password })
  const form = await openRepositoryForm(app)
  await form.fill(backup.answers)
  await form.test.click()
  await form.save.click()
  await app.getByRole('button', { name: 'Remove…' }).click()
  await app.getByRole('button', { name: 'Remove it' }).click()
  await expect(app.getByRole('heading', { name: 'No repository on this host yet' })).toBeVisible()
  expect(await runRestic(backup.made.repository, ['snapshots', '--json'])).toContain(backup.made.snapshotId)
})

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
