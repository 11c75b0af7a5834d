import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { postgresVersion, startCluster } from '../test/postgres.ts'
import { backUp } from '../test/restic.ts'
import { type BackupServer, serveBackup } from './backup-server.ts'
import { expect, test } from './fixture.ts'
import { openConsumers } from './pages/consumers.ts'
import { connectDrawer, openPlanes } from './pages/planes.ts'
import { declarationForm, openReplicas, replicaDrawer } from './pages/replicas.ts'
import { expectNoViolations } from './violations.ts'

const NAME = 'web-verify'

/** The plane looks at repositories once a minute. */
const NEXT_LOOK = 90_000

test('one switch, and a backup of a database is proven; a broken one fails for the right reason', async ({
  app,
  place,
  secrets,
}) => {
  // In CI a missing one is an error.
  test.skip(postgresVersion() === undefined && process.env['CI'] !== 'true', 'PostgreSQL is not found')
  // Whoever proves has no rights, and is let through.
  for (const folder of [place.path, place.stagingDirectory]) chmodSync(folder, 0o711)
  await using cluster = await startCluster({ directory: place.path })
  await cluster.query('CREATE TABLE patients AS SELECT generate_series(1, 1000) AS id')
  await cluster.stop('fast')
  await using backup = await serveBackup({
    directory: place.path,
    source: cluster.dataDirectory,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
  })
  await begin(app, backup)
  await declare(app)
  const consumers = await openConsumers(app)
  await expect(consumers.own).toContainText('is proven')
  await expect(consumers.own).toContainText('no scratch space taken')
  await expectNoViolations(app, 'the console proves backups')
  await healthy(app)

  writeFileSync(join(cluster.dataDirectory, 'global/pg_control'), Buffer.alloc(8192, 1))
  await backUp(backup.made.repository, cluster.dataDirectory, ['--force', '--tag', 'type=postgres'])
  await openConsumers(app)
  await expect(consumers.own).toContainText('is tried again later', { timeout: NEXT_LOOK })
  await expect(consumers.own).toContainText('PostgreSQL could not start')
  const replicas = await openReplicas(app)
  await app.keyboard.press('r')
  await expect(replicas.row(NAME)).toContainText('failing')
  await replicas.row(NAME).click()
  await expect(replicaDrawer(app, NAME).said.first()).toContainText(/pg_control|control file|incompatible/)
})

async function begin(page: Page, { answers, made }: BackupServer): Promise<void> {
  await backUp(made.repository, made.source, ['--tag', 'type=postgres'])
  await page.getByRole('link', { name: 'Replicas', exact: true }).click()
  await page.getByRole('button', { name: 'Switch on the one in this console' }).click()
  const planes = await openPlanes(page)
  await planes.connectRepository.click()
  const drawer = connectDrawer(page)
  await drawer.fill(answers)
  await drawer.connect.click()
  await expect(planes.group('web')).toContainText('ready')
  const consumers = await openConsumers(page)
  await expect(consumers.own).toContainText('off')
  await consumers.ownSwitch.press('Space')
  await expect(consumers.own).toContainText('at work')
  await expect(consumers.own).toContainText('Nothing is declared for it')
}

async function declare(page: Page): Promise<void> {
  const { declareFirst } = await openReplicas(page)
  await expect(declareFirst).toBeVisible()
  await page.keyboard.press('n')
  const form = declarationForm(page, 'Declare a replica')
  await form.drawer.getByLabel('Type', { exact: true }).fill('postgres')
  await page.keyboard.press('Tab')
  await form.choose('Intent', 'verify')
  await form.field('Name').fill(NAME)
  await form.declare.click()
  await expect(replicaDrawer(page, NAME).drawer).toBeVisible()
  await replicaDrawer(page, NAME).close.click()
}

async function healthy(page: Page): Promise<void> {
  const replicas = await openReplicas(page)
  await page.keyboard.press('r')
  await expect(replicas.row(NAME)).toContainText('healthy')
  await replicas.row(NAME).click()
  const { drawer, history } = replicaDrawer(page, NAME)
  await expect(history).toContainText('healthy')
  await expect(drawer).toContainText(/15|16|17/)
  await page.keyboard.press('Escape')
}
