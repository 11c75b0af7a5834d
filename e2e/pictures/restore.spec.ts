import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { workedIn } from '../original-place.ts'
import { openAudit } from '../pages/audit.ts'
import { browsePage, openDirectories } from '../pages/browse.ts'
import { comparePage } from '../pages/compare.ts'
import { hostPage } from '../pages/hosts.ts'
import { addRepository, openRepositoryForm } from '../pages/repositories.ts'
import { restorePage } from '../pages/restore.ts'
import { runPage } from '../pages/runs.ts'
import { tellStory } from '../story.ts'
import { expect, test } from './picture.ts'

test.describe('in place', () => {
  test.use({ called: 'in-place' })

  test('a restore in place, and its way back', { tag: '@pictures' }, async ({ app, place, secrets, picture }) => {
    const here = await workedIn(place.path, secrets.use('password of the repository'))
    await addRepository(app, here.answers)
    await hostPage(app).rows.first().click()
    await openDirectories(app, ...here.parts.slice(0, -1))
    await browsePage(app)
      .box(here.parts.at(-1) ?? '')
      .click()
    await browsePage(app).restore.click()
    const [restore, run] = [restorePage(app), runPage(app)]
    await restore.inPlace.click()
    await expect(restore.planned('app.conf')).toContainText('update')
    await restore.hostName.fill(hostname())
    await restore.reason.fill('the colour was wrong since the upgrade')
    await expect(restore.startInPlace).toBeEnabled()
    await picture(app, 'in-place', { height: 1420 })
    await restore.startInPlace.click()
    await expect(run.verdict(/^succeeded/)).toBeVisible()
    await expect(run.revert).toBeVisible()
    await picture(app, 'in-place-run', { height: 960 })
    await run.revert.click()
    await expect(restore.planned('second.bin')).toContainText('delete')
    await picture(app, 'revert', { height: 960 })

    const audit = await openAudit(app)
    await audit.restores.first().click()
    await expect(audit.record).toContainText('Before and after')
    await picture(app, 'audit-record', { height: 960 })
    await app.keyboard.press('Escape')
    await expect(audit.record).toBeHidden()
    await app.getByRole('button', { name: 'Verify…' }).click()
    const verify = app.getByRole('dialog', { name: 'Is the record intact?' })
    for (const [at, name] of ['This console', hostname()].entries()) {
      await verify.getByRole('button', { name: `Verify ${name}` }).click()
      await expect(verify.getByText(/^Intact/)).toHaveCount(at + 1)
    }
    await picture(app, 'verify')
  })
})

test.describe('compare', () => {
  test.use({ called: 'web' })

  test('what changed, and what is in a file now', { tag: '@pictures' }, async ({ app, place, secrets, picture }) => {
    const story = await tellStory(place.path, secrets.use('password of the repository'))
    const source = join(place.path, 'source')
    writeFileSync(join(source, 'etc/app/settings.conf'), 'colour = purple\nwidth = 120\n')
    writeFileSync(join(source, 'etc/app/new.conf'), 'new\n')
    rmSync(join(source, 'home/olivia/project/plan.txt'))
    const anHourAgo = Date.now() / 1000 - 3600
    utimesSync(join(source, 'etc/app/limits.conf'), anHourAgo, anHourAgo)
    const form = await openRepositoryForm(app)
    await form.fill(story.answers)
    await form.test.click()
    await expect(form.result).toContainText('opened, 4 snapshots')
    await picture(app, 'add-repository')
    await form.save.click()
    await hostPage(app).rows.first().click()
    await expect(browsePage(app).row('etc')).toBeFocused()
    await app.keyboard.press('Alt+n')
    const compare = comparePage(app)
    await expect(compare.row('home')).toContainText('1 removed')
    for (const name of ['etc', 'app', 'home', 'olivia', 'project'])
      await compare.row(name).getByText(name, { exact: true }).click()
    await expect(compare.row('plan.txt')).toContainText('removed')
    await picture(app, 'compare')
    await compare.row('settings.conf').getByText('settings.conf', { exact: true }).click()
    await expect(compare.difference).toContainText('colour = purple')
    await picture(app, 'difference')
  })
})
