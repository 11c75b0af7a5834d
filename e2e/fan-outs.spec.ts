import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixture.ts'
import { installAgent } from './installed-agent.ts'
import { enrolHost } from './pages/enrolment.ts'
import { fanOutPage, severalHostsPage } from './pages/fan-outs.ts'
import { openFleet, openHost } from './pages/fleet.ts'
import { hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import { filesBelow } from './restored-files.ts'
import { tellStory } from './story.ts'
import { expectNoViolations } from './violations.ts'

test('one restore on two hosts: planned on both, failed on one, and tried again there alone', async ({
  app,
  place,
  secrets,
}) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  await using first = await installAgent(join(place.path, 'first'))
  await using second = await installAgent(join(place.path, 'second'))
  const agents = { 'db-01': first, 'db-02': second }
  for (const [name, agent] of Object.entries(agents)) {
    await openFleet(app)
    await enrolHost(app, await agent.enrol('admin'), name)
    await addRepository(app, story.answers)
    await expect(hostPage(app).rows).toHaveCount(4)
  }

  await openHost(app, 'db-01')
  await hostPage(app).restore(hostPage(app).rows.first()).click()
  await restorePage(app).wholeSnapshot.click()
  await expect(restorePage(app).start).toBeEnabled()
  const several = severalHostsPage(app)
  await several.open.click()
  await expect(several.choose('db-01')).toBeChecked()
  await several.choose('db-02').check()
  await several.plan.click()
  await expect(several.start).toHaveText('Restore on 2 hosts')
  await expect(several.start).toBeEnabled()
  await expectNoViolations(app, 'plan of a restore on several hosts')

  // Where it restores to, something else is in the way meanwhile.
  rmSync(second.stagingDirectory, { recursive: true })
  writeFileSync(second.stagingDirectory, 'no folder')
  await several.start.click()
  const fanOut = fanOutPage(app)
  await expect(fanOut.host('db-01')).toContainText('succeeded')
  await expect(fanOut.host('db-02')).toContainText(/failed|refused/)
  await expect(app.getByText('partial', { exact: true })).toBeVisible()
  await expectNoViolations(app, 'restore on several hosts')
  expect(restoredBy(first.stagingDirectory)).toEqual(filesBelow(join(place.path, 'source')))

  rmSync(second.stagingDirectory)
  mkdirSync(second.stagingDirectory, { mode: 0o700 })
  await expect(fanOut.retry).toHaveText('Try again on 1 host')
  await fanOut.retry.click()
  await expect(several.host('db-02')).toBeVisible()
  await expect(several.host('db-01')).toHaveCount(0)
  await several.plan.click()
  await expect(several.start).toBeEnabled()
  await several.start.click()
  await expect(fanOut.host('db-02')).toContainText('succeeded')
  await expect(fanOut.host('db-01')).toHaveCount(0)
  expect(restoredBy(second.stagingDirectory)).toEqual(filesBelow(join(place.path, 'source')))
  // Nothing was restored twice where it had succeeded.
  expect(readdirSync(first.stagingDirectory)).toHaveLength(1)

  await fanOut.host('db-02').getByRole('link', { name: 'View run' }).click()
  await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
})

function restoredBy(stagingDirectory: string): Record<string, string> {
  const [folder = ''] = readdirSync(stagingDirectory)
  return filesBelow(join(stagingDirectory, folder))
}
