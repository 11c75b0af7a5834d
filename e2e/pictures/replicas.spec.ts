import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'
import type { WorklistEntry } from '../../contract/control-plane/worklist.ts'
import { backUp, makeRepository, runRestic } from '../../test/restic.ts'
import { type Consumer, enrolWith } from '../consumer.ts'
import { openConsumers } from '../pages/consumers.ts'
import { connectDrawer, openPlanes } from '../pages/planes.ts'
import { declarationForm, openReplicas, replicaDrawer } from '../pages/replicas.ts'
import { expect, test } from './picture.ts'

const MACHINES = ['db-01', 'db-02', 'db-03', 'db-04']
const PASSWORD = 'password of the repository'
const ERROR = 'could not locate a valid checkpoint record at 5C/A81B3F28\npg_ctl: could not start server'

const VERIFY: IntentDescriptor = {
  intent: 'verify',
  description: 'Restores the newest backup, boots PostgreSQL from it, and reads all tables.',
  semantics: ['check'],
  params: { ready_timeout: { type: 'duration', default: 1800 }, memory: { type: 'bytes', default: 4 * 1024 ** 3 } },
}
const ANALYTICS: IntentDescriptor = {
  intent: 'analytics',
  description: 'Keeps a copy of the newest backup running, for reports.',
  semantics: ['check', 'url'],
  params: { storage: { type: 'bytes', default: 20 * 1024 ** 3 } },
}

test.use({ called: 'north' })

test('what must be restorable, and how it stands', { tag: '@pictures' }, async ({ app, place, picture }) => {
  await connect(app, place.path)
  await picture(app, 'planes')
  const consumer = await enrol(app, place.path)
  await picture(app, 'consumers')
  const replicas = await openReplicas(app)
  await replicas.declareFirst.click()
  const form = declarationForm(app, 'Declare a replica')
  await form.choose('Machine', 'All machines of north')
  await form.choose('Intent', 'verify')
  await expect(form.preview).toContainText('north')
  await picture(app, 'declare')
  await declareIt(app)
  await replicas.declare.click()
  await form.choose('Machine', 'db-02')
  await form.choose('Intent', 'analytics')
  await declareIt(app)
  await tell(consumer)
  await consumer.offer([VERIFY])
  await app.keyboard.press('r')
  await expect(replicas.row('north-db-02-analytics')).toContainText('gap')
  await app.getByRole('button', { name: 'Machines of north-verify' }).click()
  await picture(app, 'replicas')
  await replicas.row('north-verify').first().click()
  const replica = replicaDrawer(app, /^north-verify/)
  await expect(replica.drawer).toContainText('failing')
  await expect(replica.history.getByRole('row').nth(1)).toBeVisible()
  await picture(app, 'replica')
})

/** A control plane that reads a repository of several machines. */
async function connect(page: Page, directory: string): Promise<void> {
  const url = join(directory, 'repository')
  const files = { 'var/lib/postgresql/data': 'a cluster\n' }
  const { repository, source, snapshotId } = await makeRepository({
    directory,
    files,
    access: { url, password: PASSWORD },
  })
  // The first backup is of the computer on which the pictures are taken.
  await runRestic(repository, ['forget', snapshotId])
  for (const machine of MACHINES) await backUp(repository, source, ['--host', machine, '--tag', 'type=postgres'])
  await page.getByRole('link', { name: 'Replicas', exact: true }).click()
  await page.getByRole('button', { name: 'Switch on the one in this console' }).click()
  const planes = await openPlanes(page)
  await planes.connectRepository.click()
  const drawer = connectDrawer(page)
  await drawer.fill({ name: 'north', url, username: '', serverPassword: '', password: PASSWORD })
  await drawer.connect.click()
  await expect(planes.group('north')).toContainText('ready')
}

async function enrol(page: Page, place: string): Promise<Consumer> {
  const consumers = await openConsumers(page)
  await consumers.enrolFirst.click()
  const consumer = await enrolWith(await consumers.codeFor('prover-1'), place)
  await consumers.done.click()
  await consumer.offer([VERIFY, ANALYTICS])
  await page.keyboard.press('r')
  await expect(consumers.rows.first()).toContainText('analytics')
  return consumer
}

async function declareIt(page: Page): Promise<void> {
  await declarationForm(page, 'Declare a replica').declare.click()
  await expect(replicaDrawer(page, /^north-/).drawer).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(replicaDrawer(page, /^north-/).drawer).toBeHidden()
}

/** One of the machines fails, all others are healthy. */
async function tell(consumer: Consumer): Promise<void> {
  const entries: readonly WorklistEntry[] = await consumer.worklist()
  for (const [at, entry] of entries.entries())
    await consumer.report(entry, at === 2 ? { healthy: false, error: ERROR } : { healthy: true })
}
