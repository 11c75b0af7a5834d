import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backUp, writeFiles } from '../../test/restic.ts'
import { serveBackup } from '../backup-server.ts'
import { installAgent } from '../installed-agent.ts'
import { browsePage, openDirectories } from '../pages/browse.ts'
import { enrolHost, openEnrolment } from '../pages/enrolment.ts'
import { fanOutPage, severalHostsPage } from '../pages/fan-outs.ts'
import { openFleet, openHost } from '../pages/fleet.ts'
import { hostPage } from '../pages/hosts.ts'
import { addRepository } from '../pages/repositories.ts'
import { restorePage } from '../pages/restore.ts'
import { runPage } from '../pages/runs.ts'
import { tellStory } from '../story.ts'
import { expect, test } from './picture.ts'

const NIGHTS = 6
/** Bytes per second and connection: some seconds for each of the nights. */
const SLOW = 300_000

test.describe('a fleet', () => {
  test.use({ called: 'fleet' })

  test('hosts are enrolled and restored on together', { tag: '@pictures' }, async ({
    app,
    place,
    secrets,
    picture,
  }) => {
    const story = await tellStory(place.path, secrets.use('password of the repository'))
    await using first = await installAgent(join(place.path, 'db-01'))
    await using second = await installAgent(join(place.path, 'db-02'))
    await using third = await installAgent(join(place.path, 'web-01'))
    const form = await openEnrolment(app)
    await form.line.fill(await first.enrol('admin'))
    await form.name.fill('db-01')
    await expect(form.facts).toBeVisible()
    await picture(app, 'enrol')
    await form.enrol.click()
    await expect(app.getByRole('heading', { level: 1, name: 'db-01' })).toBeVisible()
    await addRepository(app, story.answers)
    for (const [name, agent, role] of [
      ['db-02', second, 'admin'],
      ['web-01', third, 'viewer'],
    ] as const) {
      await openFleet(app)
      await enrolHost(app, await agent.enrol(role), name)
      if (role === 'admin') await addRepository(app, story.answers)
    }
    await openFleet(app)
    const throughSsh = await openEnrolment(app)
    await throughSsh.throughSsh.click()
    await throughSsh.destination.fill('root@db-03.example')
    await throughSsh.name.fill('db-03')
    await picture(app, 'enrol-ssh')
    await app.keyboard.press('Escape')
    await expect(throughSsh.drawer).toBeHidden()
    await expect((await openFleet(app)).row('db-02')).toContainText('connected')
    await picture(app, 'hosts')

    await openHost(app, 'db-01')
    await hostPage(app).restore(hostPage(app).rows.first()).click()
    await restorePage(app).wholeSnapshot.click()
    await expect(restorePage(app).start).toBeEnabled()
    const several = severalHostsPage(app)
    await several.open.click()
    await expect(several.choose('db-01')).toBeChecked()
    await several.choose('db-02').check()
    await several.plan.click()
    await expect(several.start).toBeEnabled()
    await picture(app, 'several-hosts')
    // Where it restores to, something else is in the way meanwhile.
    rmSync(second.stagingDirectory, { recursive: true })
    writeFileSync(second.stagingDirectory, 'no folder')
    await several.start.click()
    const fanOut = fanOutPage(app)
    await expect(fanOut.host('db-01')).toContainText('succeeded')
    await expect(fanOut.retry).toBeVisible()
    await picture(app, 'fan-out')
    rmSync(second.stagingDirectory)
    mkdirSync(second.stagingDirectory, { mode: 0o700 })
  })
})

test.describe('a bad link', () => {
  test.use({ called: 'away' })

  test('what is seen while a host or a server is away', { tag: '@pictures' }, async ({
    app,
    place,
    secrets,
    picture,
  }) => {
    await using agent = await installAgent(join(place.path, 'db-01'))
    await using backup = await serveBackup({
      directory: place.path,
      files: { 'etc/hosts': '127.0.0.1 localhost\n' },
      serverPassword: secrets.useAs('olivia', 'password of the server'),
      password: secrets.use('password of the repository'),
    })
    // A pack each night, so that a restore of them gets on in steps.
    for (let night = 1; night <= NIGHTS; night += 1) {
      await writeFiles(backup.made.source, { [`srv/data/volume-${night}.bin`]: randomBytes(2_000_000) })
      await backUp(backup.made.repository, backup.made.source)
    }
    await enrolHost(app, await agent.enrol('admin'), 'db-01')
    await addRepository(app, backup.answers)
    await hostPage(app).rows.first().click()
    await openDirectories(app, 'srv')
    await expect(browsePage(app).row('data')).toBeVisible()
    await openHost(app, 'db-01')
    await hostPage(app).restore(hostPage(app).rows.first()).click()
    await restorePage(app).wholeSnapshot.click()
    await expect(restorePage(app).start).toBeEnabled()
    backup.setRate(SLOW)
    await restorePage(app).start.click()
    const run = runPage(app)
    await expect(app.getByText(/^[1-9]\d? %$/)).toBeVisible()
    await picture(app, 'run-live')
    await agent.proxy.cutAfter(0)
    agent.proxy.lead(1)
    await expect(app.getByText('unknown', { exact: true }).first()).toBeVisible()
    await picture(app, 'run-unknown')
    agent.proxy.lead(agent.port)
    backup.setRate(1 << 30)
    await expect(run.verdict(/^succeeded/)).toBeVisible()

    await openHost(app, 'db-01')
    await hostPage(app).rows.first().click()
    await openDirectories(app, 'data')
    await expect(browsePage(app).row('volume-1.bin')).toBeVisible()
    await agent.proxy.cutAfter(0)
    agent.proxy.lead(1)
    await expect(browsePage(app).away).toBeVisible()
    await picture(app, 'away')
  })
})
