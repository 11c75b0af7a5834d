import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixture.ts'
import { browsePage } from './pages/browse.ts'
import { comparePage } from './pages/compare.ts'
import { hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import { filesBelow } from './restored-files.ts'
import { SETTINGS, tellStory } from './story.ts'
import { expectNoViolations } from './violations.ts'

test('by keyboard alone: what changed in a night, looked at, and the older version of one file brought back', async ({
  app,
  place,
  secrets,
}) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  await addRepository(app, story.answers)
  await expect(hostPage(app).rows).toHaveCount(4)
  const key = (name: string): Promise<void> => app.keyboard.press(name)
  const compare = comparePage(app)

  await expect(async () => {
    await key('Tab')
    await expect(hostPage(app).rows.first()).toBeFocused({ timeout: 100 })
  }).toPass({ intervals: [0] })
  await key('ArrowDown')
  await key('ArrowDown')
  await key('c')

  await expect(compare.row('etc')).toBeFocused()
  await expect(compare.row('home')).toContainText('1 added')
  await expect(compare.row('etc')).toContainText('1 changed')
  await expectNoViolations(app, 'comparison')
  await key('ArrowRight')
  await expect(compare.row('app')).toBeVisible()
  await key('ArrowRight')
  await key('ArrowRight')
  await expect(compare.row('settings.conf')).toContainText('content changed')
  await key('ArrowRight')
  await expect(compare.row('settings.conf')).toBeFocused()
  await key('Enter')
  await expect(compare.difference).toContainText('colour = red')
  await expect(compare.difference).toContainText('colour = blue')
  await expect(compare.difference).toContainText('width = 80')
  await expectNoViolations(app, 'difference of a text')
  await compare.metadata.click()
  await expect(compare.record.getByRole('row', { name: /^Size.*differs/ })).toBeVisible()
  await expectNoViolations(app, 'difference of metadata')
  await key('Escape')
  await expect(compare.drawer).toBeHidden()
  await expect(compare.row('settings.conf')).toBeFocused()

  await key('Alt+e')
  await expect(app.getByText('In the basket')).toBeVisible()
  await key('Alt+b')
  await expect(restorePage(app).start).toBeEnabled()
  await key('Control+Enter')
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
  const [folder = ''] = readdirSync(place.stagingDirectory)
  expect(readFileSync(join(place.stagingDirectory, folder, 'etc/app/settings.conf'), 'utf8')).toBe(SETTINGS[0])
  expect(Object.keys(filesBelow(join(place.stagingDirectory, folder)))).toEqual(['etc/app/settings.conf'])
})

test('a snapshot beside the host now, after files were edited there', async ({ app, place, secrets }) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  const source = join(place.path, 'source')
  writeFileSync(join(source, 'etc/app/settings.conf'), 'colour = purple\n')
  writeFileSync(join(source, 'etc/app/new.conf'), 'new\n')
  rmSync(join(source, 'home/olivia/project/plan.txt'))
  // The same size, at another time: one holds the same all the same.
  utimesSync(join(source, 'etc/app/limits.conf'), 1, 1)
  writeFileSync(join(source, 'var/log/app.log.1'), 'STARTED the week before\n')
  await addRepository(app, story.answers)
  await hostPage(app).rows.first().click()
  await expect(browsePage(app).row('etc')).toBeFocused()
  await app.keyboard.press('Alt+n')

  const compare = comparePage(app)
  await expect(compare.row('etc')).toContainText('1 added, 1 changed, 1 not compared yet')
  await expect(compare.row('home')).toContainText('1 removed')
  await expect(compare.row('var')).toContainText('1 not compared yet')
  await compare.row('etc').getByText('etc', { exact: true }).click()
  await compare.row('app').getByText('app', { exact: true }).click()
  await expect(compare.row('new.conf')).toContainText('added')
  await expect(compare.row('settings.conf')).toContainText('content changed')
  await expectNoViolations(app, 'comparison with the host now')
  await compare.row('settings.conf').getByText('settings.conf', { exact: true }).click()
  await expect(compare.difference).toContainText('colour = green')
  await expect(compare.difference).toContainText('colour = purple')
  await app.keyboard.press('Escape')
  for (const name of ['home', 'olivia', 'project']) await compare.row(name).getByText(name, { exact: true }).click()
  await expect(compare.row('plan.txt')).toContainText('removed')

  await test.step('the host says of files of the same size whether they hold the same', async () => {
    for (const name of ['var', 'log']) await compare.row(name).getByText(name, { exact: true }).click()
    await compare.row('app.log.1').getByRole('gridcell').last().click()
    await compare.compareContent.click()
    await expect(compare.row('app.log.1')).toContainText('content changed')
    await expect(compare.row('var')).toContainText('1 changed')
    await compare.row('limits.conf').getByRole('gridcell').last().click()
    await app.keyboard.press('Alt+c')
    await expect(app.getByText('It holds the same')).toBeVisible()
    await expect(compare.row('limits.conf')).toContainText('the same')
    await expect(compare.row('etc')).not.toContainText('not compared yet')
  })

  await test.step('all that was removed on the host goes into the basket', async () => {
    await compare.row('project').getByRole('gridcell').last().click()
    await app.keyboard.press('Alt+r')
    await expect(app.getByText('1 removed path.')).toBeVisible()
  })

  await test.step('as a list, and as a file', async () => {
    await compare.filter.fill('APP')
    await expect(compare.changedPaths.getByRole('row').filter({ hasText: '/etc/app/new.conf' })).toBeVisible()
    await expectNoViolations(app, 'list of what differs from the host now')
    await compare.filter.fill('')
    await expect(compare.row('etc')).toBeVisible()
    await app.getByRole('button', { name: 'Export' }).click()
    const download = app.waitForEvent('download')
    await app.getByRole('menuitem', { name: /^Text/ }).click()
    const text = readFileSync(await (await download).path(), 'utf8')
    expect(text.split('\n').slice(2)).toEqual([
      '+    /etc/app/new.conf',
      'M    /etc/app/settings.conf',
      '-    /home/olivia/project/plan.txt',
      'M    /var/log/app.log.1',
      '',
    ])
  })
})

test('one file in two snapshots and on the host now, all three beside each other', async ({ app, place, secrets }) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  writeFileSync(join(place.path, 'source', 'etc/app/settings.conf'), 'colour = purple\n')
  await addRepository(app, story.answers)
  await hostPage(app).rows.nth(2).getByRole('button', { name: 'Changes' }).click()
  const compare = comparePage(app)
  for (const name of ['etc', 'app']) await compare.row(name).getByText(name, { exact: true }).click()
  await compare.row('settings.conf').getByText('settings.conf', { exact: true }).click()
  await expect(compare.difference).toContainText('colour = red')
  await compare.drawer.getByText('all three').click()
  for (const colour of ['red', 'blue', 'purple']) await expect(compare.allThree).toContainText(`colour = ${colour}`)
  await expect(compare.drawer).toContainText('2 lines changed by the later version, 2 lines since then')
  await expectNoViolations(app, 'difference of three texts')
})

test('two snapshots weeks apart: filtered, swapped, and compared by restic for a record', async ({
  app,
  place,
  secrets,
}) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  await addRepository(app, story.answers)
  await hostPage(app).rows.first().getByRole('button', { name: 'Changes' }).click()
  const compare = comparePage(app)
  await expect(compare.row('etc')).toContainText('1 added')
  await app.keyboard.press('Alt+x')
  await expect(compare.row('etc')).toContainText('1 removed')
  await expect(app.getByText('The earlier side is the newer one')).toBeVisible()
  await compare.filter.fill('PLAN')
  await expect(compare.changedPaths.getByRole('row').filter({ hasText: '/home/olivia/project/plan.txt' })).toBeVisible()
  await compare.filter.fill('')
  await compare.asRun.click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
  await expect(app.getByText('/etc/app/settings.conf')).toBeVisible()
  await expectNoViolations(app, 'run of a comparison')
})
