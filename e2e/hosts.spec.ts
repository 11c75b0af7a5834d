import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { startSshServer } from '../test/sshd.ts'
import { findTool } from '../test/tools.ts'
import { type BackupServer, serveBackup } from './backup-server.ts'
import { expect, test } from './fixture.ts'
import { type InstalledAgent, installAgent } from './installed-agent.ts'
import { browsePage, openDirectories } from './pages/browse.ts'
import { enrolHost, enrolmentForm, openEnrolment } from './pages/enrolment.ts'
import { openFleet, openHost } from './pages/fleet.ts'
import { bodyRows, hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { restorePage } from './pages/restore.ts'
import { runPage } from './pages/runs.ts'
import { filesBelow } from './restored-files.ts'
import type { Secrets } from './secrets.ts'

/** Bytes per second and connection: some seconds for what is restored here. */
const SLOW = 400_000
const FAST = 1 << 30

test('a host is enrolled, browsed and restored on, though the line is cut in the middle', async ({
  app,
  place,
  secrets,
}) => {
  await using agent = await installAgent(join(place.path, 'agent'))
  await using backup = await bigBackup(place.path, secrets)
  const form = await openEnrolment(app)
  await form.line.fill(await agent.enrol('admin'))
  await expect(form.facts).toBeVisible()
  await expect(form.drawer).toContainText('admin')
  await form.name.fill('db-01')
  await form.enrol.click()
  await expect(app.getByRole('heading', { level: 1, name: 'db-01' })).toBeVisible()
  await expect(app.getByText('connected', { exact: true })).toBeVisible()

  await addRepository(app, backup.answers)
  await hostPage(app).rows.first().click()
  await openDirectories(app, 'big')
  await expect(browsePage(app).row('file-0.bin')).toBeVisible()

  await startRestore(app, 'db-01', backup)
  const run = runPage(app)
  await expect(run.log).not.toBeEmpty()
  await test.step('nobody is at the other end of the line for a while', async () => {
    await using nobody = await closedDoor()
    agent.proxy.lead(nobody.port)
    await agent.proxy.cutAfter(0)
    await expect(app.getByText('unknown', { exact: true }).first()).toBeVisible()
    backup.setRate(FAST)
  })
  agent.proxy.lead(agent.port)
  await expect(run.verdict(/^succeeded/)).toBeVisible()
  expect(restoredBy(agent)).toEqual(filesBelow(backup.made.source))

  // One who comes when it is over is given all of it by the agent anew.
  const whole = await linesOf(app)
  await app.reload()
  await expect(run.verdict(/^succeeded/)).toBeVisible()
  await expect.poll(() => linesOf(app)).toEqual(whole)
})

test('two consoles on one host see the same run, until one of them is revoked', async ({ open, place, secrets }) => {
  await using agent = await installAgent(join(place.path, 'agent'))
  await using backup = await bigBackup(place.path, secrets)
  const second = join(place.path, 'second')
  mkdirSync(second, { mode: 0o700 })
  const { page: first } = await open()
  await enrolHost(first, await agent.enrol('admin'), 'db-01')
  const [peer] = (await agent.command('peers', '--json')).split('\n')
  const { pin } = JSON.parse(peer ?? '')
  const { page: other } = await open({ dataDirectory: second })
  await enrolHost(other, await agent.enrol('viewer'), 'the same')
  await addRepository(first, backup.answers)
  await startRestore(first, 'db-01', backup)

  await other.getByRole('link', { name: 'Runs' }).click()
  await bodyRows(other.getByRole('grid', { name: 'Runs' }))
    .first()
    .click()
  await expect(runPage(other).log).not.toBeEmpty()
  backup.setRate(FAST)
  for (const page of [first, other]) await expect(runPage(page).verdict(/^succeeded/)).toBeVisible()
  expect(await linesOf(other)).toEqual(await linesOf(first))

  await agent.command('peers', 'revoke', '--', pin)
  const fleet = await openFleet(first)
  await expect(fleet.row('db-01')).toContainText('refused')
  await expect(fleet.row('db-01')).toContainText('does not know this console')
  await expect((await openFleet(other)).row('the same')).toContainText('connected')
})

test('a line that is used, expired, changed or unknown is each refused in words of its own', async ({
  open,
  place,
}) => {
  await using agent = await installAgent(join(place.path, 'agent'))
  const expired = await agent.enrol('viewer', 10)
  const expiresAt = Date.now() + 10_000
  const used = await agent.enrol('operator')
  const { page: first } = await open()
  await enrolHost(first, used, 'db-01')

  const second = join(place.path, 'second')
  mkdirSync(second, { mode: 0o700 })
  const { page } = await open({ dataDirectory: second })
  const form = await openEnrolment(page)
  await refusedAs(page, used, 'This code was used before')
  const unknown = used.replace(/code=.*$/, `code=${randomBytes(16).toString('base64url')}`)
  await refusedAs(page, unknown, 'The agent does not know this code')
  const otherKey = used.replace(/key=[^&]*/, `key=${randomBytes(32).toString('base64url')}`)
  await refusedAs(page, otherKey, 'This is not the agent that the line names')
  await form.line.fill(used.slice(0, -30))
  await expect(form.drawer).toContainText('The line is cut off')
  await expect(form.enrol).toBeDisabled()
  // A code is good for ten seconds at least, and it is the agent's clock that counts.
  await pause(Math.max(0, expiresAt - Date.now()))
  await refusedAs(page, expired, 'This code is no longer good')
})

test('a host without an open port is reached through ssh', async ({ open, place, secrets }) => {
  // In CI, where nobody reads what was skipped, the server's own error stands.
  test.skip(findTool('sshd') === undefined && process.env['CI'] === undefined, 'sshd is not found: run the set-up')
  const directory = join(place.path, 'host')
  mkdirSync(directory, { mode: 0o700 })
  await using server = await startSshServer(directory)
  await using agent = await installAgent(directory, 'none')
  await using backup = await bigBackup(place.path, secrets)
  using _ = firstInPath(join(place.path, 'bin'), server.program)
  const { page } = await open()
  const form = await openEnrolment(page)
  await form.throughSsh.click()
  await form.destination.fill('box')
  await form.name.fill('db-02')
  await form.connect.click()
  await expect(page.getByRole('heading', { level: 1, name: 'db-02' })).toBeVisible()

  await addRepository(page, backup.answers)
  await hostPage(page).rows.first().click()
  await openDirectories(page, 'big')
  await expect(browsePage(page).row('file-0.bin')).toBeVisible()
  await startRestore(page, 'db-02', backup)
  await expect(runPage(page).log).not.toBeEmpty()
  server.cut()
  backup.setRate(FAST)
  await expect(runPage(page).verdict(/^succeeded/)).toBeVisible()
  expect(restoredBy(agent)).toEqual(filesBelow(backup.made.source))
})

async function refusedAs(page: Page, line: string, sentence: string): Promise<void> {
  const form = enrolmentForm(page)
  await form.line.fill(line)
  await form.enrol.click()
  await expect(form.problem).toContainText(sentence)
}

async function startRestore(page: Page, host: string, backup: BackupServer): Promise<void> {
  await openHost(page, host)
  await hostPage(page).restore(hostPage(page).rows.first()).click()
  await restorePage(page).wholeSnapshot.click()
  await expect(restorePage(page).start).toBeEnabled()
  backup.setRate(SLOW)
  await restorePage(page).start.click()
  await expect(runPage(page).cancel).toBeVisible()
}

/** Four files that do not compress, 8 MB in all. */
function bigBackup(directory: string, secrets: Secrets): Promise<BackupServer> {
  const files = Object.fromEntries(
    Array.from({ length: 4 }, (_, at) => [`big/file-${at}.bin`, randomBytes(2_000_000)] as const),
  )
  return serveBackup({
    directory,
    files,
    serverPassword: secrets.useAs('olivia', 'password of the server'),
    password: secrets.use('password of the repository'),
  })
}

function restoredBy({ stagingDirectory }: InstalledAgent): Record<string, string> {
  const [folder = ''] = readdirSync(stagingDirectory)
  return filesBelow(join(stagingDirectory, folder))
}

/** A port at which whoever comes is sent away. */
async function closedDoor(): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((socket) => void socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Whoever is started from now on finds this program under the name of ssh; the program itself finds the real one. */
function firstInPath(directory: string, program: string): Disposable {
  const before = process.env['PATH'] ?? ''
  mkdirSync(directory)
  writeFileSync(join(directory, 'ssh'), `#!/bin/sh\nPATH='${before}' exec '${program}' "$@"\n`)
  chmodSync(join(directory, 'ssh'), 0o755)
  process.env['PATH'] = `${directory}:${before}`
  return {
    [Symbol.dispose]: () => {
      process.env['PATH'] = before
    },
  }
}

/** What of the log is in sight, in lines. */
async function linesOf(page: Page): Promise<string[]> {
  const text = await runPage(page).log.innerText()
  return text.split('\n').filter((line) => line.trim() !== '')
}
