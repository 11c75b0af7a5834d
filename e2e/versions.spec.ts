import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { browsePage, openDirectories } from './pages/browse.ts'
import { hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import { searchPage } from './pages/search.ts'
import { versionsDrawer } from './pages/versions.ts'
import { filesBelow } from './restored-files.ts'
import { SETTINGS, tellStory } from './story.ts'

test('by keyboard alone: from the search to a version of weeks ago, restored as it was', async ({
  app,
  place,
  secrets,
}) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  await addRepository(app, story.answers)
  await expect(hostPage(app).rows).toHaveCount(4)
  const key = (name: string): Promise<void> => app.keyboard.press(name)
  const search = searchPage(app)

  // Past the links, the tabs and the buttons above the table.
  await expect(async () => {
    await key('Tab')
    await expect(hostPage(app).rows.first()).toBeFocused({ timeout: 100 })
  }).toPass({ intervals: [0] })
  await key('Enter')
  await expect(browsePage(app).row('etc')).toBeFocused()
  await key('/')
  await expect(search.text).toBeFocused()
  await app.keyboard.type('settings')
  await expect(search.row('settings.conf')).toBeVisible()
  await key('ArrowDown')
  await expect(search.row('settings.conf')).toBeFocused()
  await key('v')

  const versions = versionsDrawer(app)
  await expect(versions.all).toHaveCount(4)
  await expect(versions.all).toContainText([/^Back/, /^Gone/, /^Changed/, /^First seen/])
  await expect(versions.chosen).toContainText('looked at')
  await key('ArrowDown')
  await expect(versions.chosen).toContainText('Gone')
  await expect(versions.restore).toBeDisabled()
  await key('ArrowDown')
  await expect(versions.chosen).toContainText('Changed')
  // Looking into it changes nothing of what was chosen.
  await key('p')
  await expect(app.getByText('width = 80')).toBeVisible()
  await key('Escape')
  await expect(app.getByText('width = 80')).toBeHidden()
  await expect(versions.chosen).toBeFocused()
  await expect(versions.chosen).toContainText('Changed')
  await key('r')
  await expect(restorePage(app).start).toBeEnabled()
  await key('Control+Enter')

  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
  const [folder = ''] = readdirSync(place.stagingDirectory)
  expect(readFileSync(join(place.stagingDirectory, folder, 'etc/app/settings.conf'), 'utf8')).toBe(SETTINGS[1])
  expect(Object.keys(filesBelow(join(place.stagingDirectory, folder)))).toEqual(['etc/app/settings.conf'])
})

test('a folder that was gone for a night: as it was before, in the tree and restored', async ({
  app,
  place,
  secrets,
}) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  await addRepository(app, story.answers)
  await hostPage(app).rows.first().click()
  await openDirectories(app, 'home', 'olivia')
  await goTo(app, 'project')
  const browse = browsePage(app)
  const versions = versionsDrawer(app)
  await browse.versions.click()
  await expect(versions.all).toContainText([/^Back/, /^Gone/, /^Changed/, /^First seen/])
  await versions.all.nth(2).click()
  await versions.show.click()
  await expect(versions.drawer).toBeHidden()
  await expect(browse.row('project')).toBeFocused()
  await openDirectories(app, 'project')
  await expect(browse.row('notes.txt')).toBeVisible()

  await test.step('its size is counted on demand, and stands in its row', async () => {
    await goTo(app, 'home')
    await browse.count.click()
    await expect(browse.details).toContainText('1.91 MiB in 3 files, 2 directories')
    await expect(browse.row('home')).toContainText('1.91 MiB')
  })

  await goTo(app, 'project')
  await browse.versions.click()
  await expect(versions.all.nth(2)).toContainText('looked at')
  await versions.restore.click()
  await restorePage(app).start.click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
  const [folder = ''] = readdirSync(place.stagingDirectory)
  const restored = Object.keys(filesBelow(join(place.stagingDirectory, folder)))
  expect(restored.toSorted()).toEqual(
    ['data.bin', 'notes.txt', 'plan.txt'].map((name) => `home/olivia/project/${name}`),
  )
})

/** Put the keyboard on a row without opening it. */
async function goTo(page: Page, name: string): Promise<void> {
  await browsePage(page).row(name).getByRole('gridcell').last().click()
}
