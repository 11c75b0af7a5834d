import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveBackup } from './backup-server.ts'
import { expect, test } from './fixture.ts'
import { oddNames, writeOddNames } from './odd-names.ts'
import { browsePage } from './pages/browse.ts'
import { hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import { filesBelow } from './restored-files.ts'

test('every odd name is seen, selected and restored, and no other file with it', async ({ app, place, secrets }) => {
  const source = join(place.path, 'odd')
  writeOddNames(source)
  await using backup = await serveBackup({
    directory: place.path,
    source,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
  })
  await app.setViewportSize({ width: 1280, height: 1200 })
  await addRepository(app, backup.answers)
  await hostPage(app).rows.first().click()
  const browse = browsePage(app)
  for (const { shown } of oddNames) {
    await browse.box(shown).click()
    await expect(browse.box(shown)).toBeChecked()
  }
  await browse.restore.click()
  await expect(app.getByText(new RegExp(`^Restore ${oddNames.length} files`))).toBeVisible()
  await restorePage(app).start.click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()

  const [folder = ''] = readdirSync(place.stagingDirectory)
  const all = filesBelow(source)
  const names = oddNames.map(({ bytes }) => bytes.toString('latin1'))
  expect(filesBelow(join(place.stagingDirectory, folder))).toEqual(
    Object.fromEntries(names.map((name) => [name, all[name]])),
  )
})
