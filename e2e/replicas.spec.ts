import type { Page } from '@playwright/test'
import type { IntentDescriptor } from '../contract/control-plane/intent.ts'
import { type BackupServer, serveBackup } from './backup-server.ts'
import { type Consumer, enrolWith } from './consumer.ts'
import { expect, test } from './fixture.ts'
import { openAudit } from './pages/audit.ts'
import { openConsumers } from './pages/consumers.ts'
import { connectDrawer, openPlanes } from './pages/planes.ts'
import { declarationForm, deleteDialog, openReplicas, replicaDrawer } from './pages/replicas.ts'
import { expectNoViolations } from './violations.ts'

const VERIFY: IntentDescriptor = {
  intent: 'verify',
  description: 'Restores the newest backup and boots from it.',
  semantics: ['check'],
  params: { ready_timeout: { type: 'duration', default: 1800 }, memory: { type: 'bytes', default: 4 * 1024 ** 3 } },
}
const NAME = 'web-verify'
const ERROR = ['could not locate a valid checkpoint record', 'PANIC: startup process was terminated', 'exit code 1']

test('from no control plane to a restore that is proven, through a failure and a gap', async ({
  app,
  place,
  secrets,
}) => {
  await using backup = await serveBackup({
    directory: place.path,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
    files: { 'srv/clinic.sql': 'create table patients ();\n' },
  })
  await switchOn(app)
  await connectRepository(app, backup)
  const consumer = await enrol(app, place.path)
  await declare(app, consumer)
  await fail(app, consumer)
  await heal(app, consumer)
  await gapAndBack(app, consumer)
  await switchOffAndOn(app, consumer)
  await remove(app, consumer)
})

async function switchOn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Replicas', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'There is no control plane yet' })).toBeVisible()
  await expectNoViolations(page, 'replicas without a control plane')
  await page.getByRole('button', { name: 'Switch on the one in this console' }).click()
  await expect(page.getByRole('heading', { name: 'Nobody restores anything yet' })).toBeVisible()
  await expectNoViolations(page, 'replicas without a consumer')
}

async function connectRepository(page: Page, { answers }: BackupServer): Promise<void> {
  const planes = await openPlanes(page)
  await expectNoViolations(page, 'control planes')
  await planes.connectRepository.click()
  const drawer = connectDrawer(page)
  await drawer.fill({ ...answers, password: 'not the password' })
  await drawer.connect.click()
  await expect(drawer.problem).toContainText('password')
  await expectNoViolations(page, 'a repository that the plane cannot read')
  await drawer.fill(answers)
  await drawer.connect.click()
  await expect(drawer.drawer).toBeHidden()
  await expect(planes.group('web')).toContainText('ready')
  await expect(planes.group('web')).toContainText('1 machine')
}

async function enrol(page: Page, directory: string): Promise<Consumer> {
  const consumers = await openConsumers(page)
  await expectNoViolations(page, 'no consumer yet')
  await consumers.enrolFirst.click()
  const commands = await consumers.codeFor('prover-1')
  expect(commands).toHaveLength(2)
  await expectNoViolations(page, 'the code of a consumer')
  const consumer = await enrolWith(commands, directory)
  await consumers.done.click()
  await page.keyboard.press('r')
  await expect(consumers.rows.filter({ hasText: 'prover-1' })).toContainText('not begun')
  await consumer.offer([VERIFY])
  expect(await consumer.worklist()).toEqual([])
  await page.keyboard.press('r')
  await expect(consumers.rows.filter({ hasText: 'prover-1' })).toContainText('at work')
  await consumers.rows.first().click()
  await expect(consumers.consumer('prover-1')).toContainText('memory (size), 4Gi unless set')
  await expectNoViolations(page, 'a consumer')
  await consumers.tab('prover-1', 'Connections').click()
  await expect(consumers.consumer('prover-1')).toContainText('GET /restore-worklist')
  await page.keyboard.press('Escape')
  await expect(consumers.consumer('prover-1')).toBeHidden()
  return consumer
}

async function declare(page: Page, consumer: Consumer): Promise<void> {
  const replicas = await openReplicas(page)
  await expect(replicas.declareFirst).toBeVisible()
  await expectNoViolations(page, 'no replica yet')
  await page.keyboard.press('n')
  const form = declarationForm(page, 'Declare a replica')
  await expect(form.field('Name')).toHaveValue(NAME)
  await expect(form.preview).toContainText('prover-1 would be sent 1 restore')
  await expect(form.preview).toContainText('prover-1 gains access to read')
  await form.field('memory').fill('much')
  await expect(form.declare).toBeDisabled()
  await form.field('memory').fill('8Gi')
  await form.field('Overdue after').fill('2h 30m')
  await expectNoViolations(page, 'declare a replica')
  await form.declare.click()
  await expect(replicaDrawer(page, NAME).drawer).toContainText('never reported')
  await expect(replicaDrawer(page, NAME).drawer).toContainText('memory = 8Gi')
  expect(page.url()).toMatch(/replicas\/[0-9a-f-]{36}\/[0-9a-f-]{36}/)
  expect(await consumer.worklist()).toMatchObject([
    { name: NAME, overdue_after_seconds: 9000, params: { memory: 8 * 1024 ** 3, ready_timeout: 1800 } },
  ])
  await replicaDrawer(page, NAME).close.click()
}

async function only(consumer: Consumer) {
  const [entry] = await consumer.worklist()
  if (entry === undefined) throw new Error('the worklist is empty')
  return entry
}

async function fail(page: Page, consumer: Consumer): Promise<void> {
  const replicas = await openReplicas(page)
  const anHourAgo = new Date(Date.now() - 3_600_000)
  await consumer.report(await only(consumer), { healthy: false, error: ERROR.join('\n'), observedAt: anHourAgo })
  await page.keyboard.press('r')
  await expect(replicas.row(NAME)).toContainText('failing')
  await expect(replicas.row(NAME)).toContainText(ERROR[0] ?? '')
  await replicas.attention.click()
  await expect(replicas.row(NAME)).toBeVisible()
  await expectNoViolations(page, 'a replica that fails')
  await replicas.row(NAME).click()
  const { drawer, said, history } = replicaDrawer(page, NAME)
  for (const line of ERROR) await expect(said.first()).toContainText(line)
  await expect(drawer).toContainText('by the consumer’s clock')
  await expect(history).toContainText('failed')
  await expectNoViolations(page, 'the drawer of a replica that fails')
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
}

async function heal(page: Page, consumer: Consumer): Promise<void> {
  const replicas = await openReplicas(page)
  await consumer.report(await only(consumer), { healthy: true })
  await page.keyboard.press('r')
  await expect(replicas.row(NAME)).toContainText('healthy')
  await page.keyboard.press('a')
  await expect(page.getByRole('heading', { name: 'No replica matches the filters' })).toBeVisible()
  await expectNoViolations(page, 'nothing needs attention')
  await page.keyboard.press('a')
  await expect(replicas.row(NAME)).toBeVisible()
}

async function gapAndBack(page: Page, consumer: Consumer): Promise<void> {
  const replicas = await openReplicas(page)
  await consumer.offer([{ ...VERIFY, intent: 'analytics' }])
  await page.keyboard.press('r')
  await expect(replicas.row(NAME)).toContainText('prover-1 does not offer “verify” now')
  expect(await consumer.worklist()).toEqual([])
  await replicas.row(NAME).click()
  await expect(replicaDrawer(page, NAME).drawer).toContainText('It closes as soon as prover-1 offers it again')
  await page.keyboard.press('Escape')
  await consumer.offer([VERIFY])
  await page.keyboard.press('r')
  await expect(replicas.row(NAME)).toContainText('healthy')
  expect(await consumer.worklist()).toHaveLength(1)
}

async function switchOffAndOn(page: Page, consumer: Consumer): Promise<void> {
  const replicas = await openReplicas(page)
  const entry = await only(consumer)
  expect(await consumer.askForCredentials(entry)).toBe(200)
  await replicas.row(NAME).getByRole('switch').click({ force: true })
  await expect(replicas.disabling).toContainText('may then not read any more')
  await expectNoViolations(page, 'what disabling takes away')
  await replicas.disabling.getByRole('button', { name: 'Disable it' }).click()
  await expect(replicas.row(NAME)).toContainText('disabled')
  expect(await consumer.worklist()).toEqual([])
  expect(await consumer.askForCredentials(entry)).toBe(403)
  await replicas.row(NAME).focus()
  await page.keyboard.press('s')
  await expect(replicas.row(NAME)).not.toContainText('disabled')
  expect(await consumer.worklist()).toHaveLength(1)
}

async function remove(page: Page, consumer: Consumer): Promise<void> {
  const replicas = await openReplicas(page)
  await replicas.row(NAME).click()
  await replicaDrawer(page, NAME).delete.click()
  const deleting = deleteDialog(page, NAME)
  await expect(deleting.confirm).toBeDisabled()
  await expectNoViolations(page, 'delete a replica')
  await deleting.name.fill(NAME)
  await deleting.confirm.click()
  await expect(replicas.declareFirst).toBeVisible()
  expect(await consumer.worklist()).toEqual([])
  const audit = await openAudit(page)
  await audit.show('All')
  for (const done of ['replica declared', 'replica disabled', 'replica removed', 'consumer invited'])
    await expect(audit.entries.filter({ hasText: done })).toHaveCount(1)
}

test('two operators change one replica: the second is told, and nothing of either is lost', {
  tag: '@headless',
}, async ({ open, context, place, secrets }) => {
  const { page } = await open()
  await using backup = await serveBackup({
    directory: place.path,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
  })
  await switchOn(page)
  await connectRepository(page, backup)
  await declare(page, await enrol(page, place.path))
  const replicas = await openReplicas(page)
  await replicas.row(NAME).click()
  await replicaDrawer(page, NAME).edit.click()
  const mine = declarationForm(page, `Change ${NAME}`)
  await mine.field('memory').fill('16Gi')

  const ticket = await page.evaluate(() => sessionStorage.getItem('ticket'))
  const second = await context.newPage()
  await second.goto(`${new URL(page.url()).origin}/#ticket=${ticket}`)
  await second.getByRole('link', { name: 'Replicas', exact: true }).click()
  await (await openReplicas(second)).row(NAME).click()
  await replicaDrawer(second, NAME).edit.click()
  const theirs = declarationForm(second, `Change ${NAME}`)
  await theirs.field('Overdue after').fill('12h')
  await theirs.save.click()
  await expect(replicaDrawer(second, NAME).drawer).toContainText('12h')

  await expect(mine.changedMeanwhile).toContainText('has changed it since you began')
  await expectNoViolations(page, 'somebody else changed it')
  await mine.drawer.getByRole('button', { name: 'Keep theirs and add mine' }).click()
  await expect(mine.field('Overdue after')).toHaveValue('12h')
  await expect(mine.field('memory')).toHaveValue('16Gi')
  await mine.save.click()
  await expect(replicaDrawer(page, NAME).drawer).toContainText('memory = 16Gi')
  await expect(replicaDrawer(second, NAME).drawer).toContainText('memory = 16Gi')
  await expect(replicaDrawer(second, NAME).drawer).toContainText('12h')
  await second.close()
})
