import { serveBackup } from './backup-server.ts'
import { expect, test } from './fixture.ts'
import { browsePage } from './pages/browse.ts'
import { hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { searchPage } from './pages/search.ts'
import { tellStory } from './story.ts'

test('a file is found by part of its name, by a pattern, and by what else is known of it', async ({
  app,
  place,
  secrets,
}) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  await addRepository(app, story.answers)
  await hostPage(app).rows.first().click()
  await browsePage(app).row('etc').waitFor()
  await app.keyboard.press('/')
  const search = searchPage(app)

  await test.step('in this snapshot, which has two logs', async () => {
    await search.text.fill('LOG')
    await expect(search.row('app.log')).toBeVisible()
    await expect(search.row('app.log.1')).toBeVisible()
    await expect(search.outcome).toHaveText('3 paths')
  })
  await test.step('in all of the repository, with the versions of each', async () => {
    await search.look('This repository')
    await expect(search.row('app.log').getByRole('gridcell').nth(4)).toHaveText('2')
    await search.text.fill('notes')
    await expect(search.row('notes.txt')).toContainText('last seen')
  })
  await test.step('on all hosts, by a regular expression', async () => {
    await search.look('All hosts')
    await search.mean('Regular expression')
    await search.text.fill('^app\\.log(\\.\\d+)?$')
    await expect(search.outcome).toHaveText('2 paths in 1 repository')
  })
  await test.step('a pattern that is none is refused beside the text, and nothing is asked', async () => {
    await search.text.fill('app(')
    await expect(search.text).toHaveAccessibleDescription(/\S/)
    await expect(search.found).toBeHidden()
  })
  await test.step('by a glob, and only what is large', async () => {
    await search.mean('Glob')
    await search.text.fill('/home/**')
    await expect(search.row('plan.txt')).toBeVisible()
    await search.least.fill('1 MB')
    await expect(search.outcome).toHaveText('1 path in 1 repository')
    await expect(search.row('data.bin')).toBeVisible()
  })
  await test.step('nothing fits, and what narrowed it can be left out', async () => {
    await search.narrowTo('Links')
    await expect(app.getByRole('heading', { name: /^Nothing matches/ })).toBeVisible()
    await app.getByRole('button', { name: 'Leave out type, size and time' }).click()
    await expect(search.row('data.bin')).toBeVisible()
  })
  await test.step('what was found is shown in the tree that holds it, and the search is found again', async () => {
    await search.row('notes.txt').click()
    await app.keyboard.press('Enter')
    await expect(browsePage(app).row('notes.txt')).toBeFocused()
    await app.goBack()
    await expect(search.row('notes.txt')).toBeFocused()
  })
})

test('a search that takes long says how far it is, and can be stopped', async ({ app, place, secrets }) => {
  const names = Array.from({ length: 1500 }, (_, at) => `d${at % 30}/${'long name '.repeat(6)}${at * 7919}.txt`)
  await using backup = await serveBackup({
    directory: place.path,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
    files: Object.fromEntries(names.map((name) => [name, name])),
  })
  await addRepository(app, backup.answers)
  await hostPage(app).rows.first().click()
  await browsePage(app).row('d1').waitFor()
  backup.setRate(4_000)
  await app.keyboard.press('/')
  const search = searchPage(app)
  await search.text.fill('nowhere')
  await search.stop.click()
  await expect(app.getByText('stopped before the end')).toBeVisible()
  backup.setRate(1 << 30)
  await app.getByRole('button', { name: 'Search again' }).click()
  await expect(search.outcome).toHaveText('Nothing found')
})
