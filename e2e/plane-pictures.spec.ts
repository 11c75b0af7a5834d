import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { IntentDescriptor } from '../contract/control-plane/intent.ts'
import type { WorklistEntry } from '../contract/control-plane/worklist.ts'
import { backUp, makeRepository, runRestic } from '../test/restic.ts'
import { type Consumer, enrolWith } from './consumer.ts'
import { expect, test } from './fixture.ts'
import { projectDirectory } from './launch/running-console.ts'
import { openConsumers } from './pages/consumers.ts'
import { connectDrawer, openPlanes } from './pages/planes.ts'
import { declarationForm, openReplicas, replicaDrawer } from './pages/replicas.ts'

const folder = join(projectDirectory, 'docs', 'images')
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

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pictures of what must be restorable, ${colorScheme}`, { tag: '@pictures' }, async ({ open, place }) => {
    const { page } = await open()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const consumer = await prepare(page, place.path, colorScheme)
    await declare(page, { machine: 'All machines of north', intent: 'verify' })
    await declare(page, { machine: 'db-02', intent: 'analytics' })
    await tell(consumer)
    await consumer.offer([VERIFY])
    const replicas = await openReplicas(page)
    await page.keyboard.press('r')
    await expect(replicas.row('north-db-02-analytics')).toContainText('gap')
    await page.getByRole('button', { name: 'Machines of north-verify' }).click()
    await picture(page, `replicas-${colorScheme}`)
    await replicas.row('north-verify').first().click()
    await expect(replicaDrawer(page, /^north-verify/).drawer).toContainText('failing')
    await expect(
      replicaDrawer(page, /^north-verify/)
        .history.getByRole('row')
        .nth(1),
    ).toBeVisible()
    await picture(page, `replica-${colorScheme}`)
  })
}

/** A control plane that reads a repository of several machines, and a consumer of it. */
async function prepare(page: Page, place: string, colorScheme: string): Promise<Consumer> {
  // A path that is not too long to be read in a picture.
  const directory = join(tmpdir(), `north-${colorScheme}`)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory)
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
  const consumers = await openConsumers(page)
  await consumers.enrolFirst.click()
  const consumer = await enrolWith(await consumers.codeFor('prover-1'), place)
  await consumers.done.click()
  await consumer.offer([VERIFY, ANALYTICS])
  await page.keyboard.press('r')
  await expect(consumers.rows.first()).toContainText('analytics')
  return consumer
}

interface Wanted {
  readonly machine: string
  readonly intent: string
}

async function declare(page: Page, { machine, intent }: Wanted): Promise<void> {
  const replicas = await openReplicas(page)
  await replicas.declare.click()
  const form = declarationForm(page, 'Declare a replica')
  await form.choose('Machine', machine)
  await form.choose('Intent', intent)
  await form.declare.click()
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

/** Fonts are there, and no tooltip hangs at the pointer. */
async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
