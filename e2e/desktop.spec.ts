import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { findTool } from '../test/tools.ts'
import { expect, test } from './fixture.ts'
import { shellOf, startElectron } from './launch/electron.ts'
import { consoleArguments, projectDirectory } from './launch/running-console.ts'
import { runPage } from './pages/runs.ts'
import { bigBackup, FAST, startSlowRestore } from './slow-restore.ts'

/** What only the real Electron shows of the shell; everything else of it is tested against a double of Electron. */
test.describe('the shell', { tag: '@desktop' }, () => {
  test('one window comes, with its title, from a scheme of its own, and nothing of Node is in it', async ({ open }) => {
    const running = await open()
    const shell = shellOf(running)
    await expect(running.page.getByRole('heading', { name: 'Get data back' })).toBeVisible()
    await expect.poll(() => windowsOf(shell)).toMatchObject([{ visible: true, title: /Restore Console/ }])
    expect(new URL(running.page.url())).toMatchObject({ protocol: 'console:', host: 'app' })
    const inThePage = await running.page.evaluate(() =>
      ['require', 'process', 'module'].filter((name) => name in window),
    )
    expect(inThePage).toEqual([])
  })

  test('the page is under a policy that allows nothing by default', async ({ app, provoked }) => {
    provoked.push(/Content Security Policy/)
    const refused = await app.evaluate(async () => {
      const violated = new Promise<{ readonly directive: string; readonly policy: string }>((resolve) => {
        document.addEventListener(
          'securitypolicyviolation',
          ({ effectiveDirective, originalPolicy }) =>
            resolve({ directive: effectiveDirective, policy: originalPolicy }),
          { once: true },
        )
      })
      new Image().src = 'https://elsewhere.invalid/picture.png'
      return violated
    })
    expect(refused.directive).toBe('img-src')
    expect(refused.policy).toContain("default-src 'none'")
    expect(refused.policy).toContain("require-trusted-types-for 'script'")
  })

  test('the page cannot be led elsewhere, and only named places open in the browser', async ({ open, provoked }) => {
    provoked.push(/elsewhere\.invalid|ERR_ABORTED|ERR_BLOCKED/)
    const running = await open()
    const { page } = running
    const shell = shellOf(running)
    await page.getByRole('heading', { name: 'Get data back' }).waitFor()
    await shell.evaluate(({ shell: desktop }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      Object.assign(desktop, { openExternal: async (url: string) => void opened.push(url) })
    })
    const before = page.url()
    await page.evaluate(() => window.location.assign('https://elsewhere.invalid/'))
    expect(await page.evaluate(() => window.open('https://elsewhere.invalid/'))).toBeNull()
    expect(await page.evaluate(() => window.open('https://restic.readthedocs.io/en/stable/'))).toBeNull()
    await expect
      .poll(() => shell.evaluate(() => (globalThis as unknown as { readonly opened: readonly string[] }).opened))
      .toEqual(['https://restic.readthedocs.io/en/stable/'])
    expect(page.url()).toBe(before)
    expect(await windowsOf(shell)).toHaveLength(1)
    await expect(page.getByRole('heading', { name: 'Get data back' })).toBeVisible()
  })

  test('the menu has what a program of the platform has, and leads to the settings', async ({ open }) => {
    const running = await open()
    const { page } = running
    const shell = shellOf(running)
    await page.getByRole('heading', { name: 'Get data back' }).waitFor()
    const labels = await labelsOfMenu(shell)
    for (const label of ['Open data folder', 'Open log folder', 'Open crash reports', 'Look for updates…', 'Settings…'])
      expect(labels).toContain(label)
    expect(labels.some((label) => /^(About|Quit|Exit)/.test(label))).toBe(true)
    await choose(shell, 'Settings…')
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await expect(page.getByText('This console runs from its sources')).toBeVisible()
    expect(await shell.evaluate(({ app }) => app.getName())).not.toBe('')
  })

  test('links lead to a host and to a run: from the system, and from a second console that hands its own over', async ({
    open,
    place,
  }) => {
    const running = await open()
    const { page } = running
    const shell = shellOf(running)
    const { hostId, runId } = await makeSample(page)

    await page.getByRole('link', { name: 'Recent restores' }).first().click()
    // As a Mac hands a link over.
    await shell.evaluate(
      ({ app }, link) => void app.emit('open-url', { preventDefault: () => undefined }, link),
      `restore-console://run/${runId}`,
    )
    await expect(runPage(page).verdict(/^succeeded/)).toBeVisible()
    expect(page.url()).toContain(`/hosts/${encodeURIComponent(hostId)}/runs/${encodeURIComponent(runId)}`)

    // As Windows and Linux do.
    const link = `restore-console://host/${hostId}`
    const second = startElectron(place, [...consoleArguments(place), link])
    await ended(second.process)
    await expect.poll(() => page.url()).toMatch(new RegExp(`/hosts/${hostId}(\\?.*)?$`))
    expect(await windowsOf(shell)).toHaveLength(1)
  })

  test('--version and --help are answered without a window', async ({ place }) => {
    const { version } = JSON.parse(readFileSync(join(projectDirectory, 'package.json'), 'utf8')) as { version: string }
    for (const [argument, answer] of [
      ['--version', version],
      ['--help', '--passphrase-file PATH'],
    ] as const) {
      const program = startElectron(place, [argument])
      await ended(program.process)
      expect(program.process.exitCode).toBe(0)
      expect(program.output()).toContain(answer)
    }
    expect(existsSync(join(place.dataDirectory, 'console.db'))).toBe(false)
  })

  test('the window is where and as large as it was, over a restart', async ({ open }) => {
    const first = await open()
    await first.page.getByRole('heading', { name: 'Get data back' }).waitFor()
    await shellOf(first).evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 80, width: 1000, height: 640 }),
    )
    // As the desktop granted it: a window manager may have a mind of its own.
    const [granted] = await windowsOf(shellOf(first))
    await first[Symbol.asyncDispose]()

    const again = await open()
    await again.page.getByRole('heading', { name: 'Get data back' }).waitFor()
    const [now] = await windowsOf(shellOf(again))
    expect(now?.bounds).toEqual(granted?.bounds)
  })

  test('quitting while a run goes on asks, and whoever stays loses nothing', async ({ open, place, secrets }) => {
    test.skip(findTool('rest-server') === undefined, 'rest-server is not here: a run that takes its time needs it')
    const running = await open()
    const { page } = running
    const shell = shellOf(running)
    await using backup = await bigBackup(place.path, secrets)
    await startSlowRestore(page, backup)
    await answerWith(shell, 'Stay')
    await shell.evaluate(({ app }) => app.quit())
    await expect
      .poll(() => asked(shell))
      .toMatchObject([{ message: 'A run goes on', buttons: ['Quit when it is done', 'Stay', 'Interrupt and quit'] }])
    await expect(runPage(page).cancel).toBeVisible()
    expect(await windowsOf(shell)).toMatchObject([{ visible: true }])

    backup.setRate(FAST)
    await expect(runPage(page).verdict(/^succeeded/)).toBeVisible()
    const gone = once(shell.process(), 'exit')
    await shell.evaluate(({ app }) => app.quit()).catch(() => undefined)
    await gone
  })
})

/** A repository with a snapshot on this computer, and the run that made it. */
async function makeSample(page: Page): Promise<{ readonly hostId: string; readonly runId: string }> {
  await page.getByRole('button', { name: 'Try it with a sample' }).click()
  await page.getByRole('link', { name: 'Browse the sample' }).waitFor()
  await page.getByRole('link', { name: 'Runs' }).first().click()
  await page.getByRole('grid', { name: 'Runs' }).getByRole('gridcell').first().click()
  await runPage(page)
    .verdict(/^succeeded/)
    .waitFor()
  const [, hostId = '', runId = ''] = /\/hosts\/([^/]+)\/runs\/([^/?]+)/.exec(page.url()) ?? []
  return { hostId: decodeURIComponent(hostId), runId: decodeURIComponent(runId) }
}

async function windowsOf(shell: ElectronApplication) {
  const windows = await shell.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      visible: window.isVisible(),
      title: window.getTitle(),
      bounds: window.getNormalBounds(),
    })),
  )
  return windows
}

/** Every entry of the application's menu, also those that Electron names by its roles. */
function labelsOfMenu(shell: ElectronApplication): Promise<string[]> {
  return shell.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ label, submenu }) => [
      label,
      ...(submenu?.items.map((item) => item.label) ?? []),
    ]),
  )
}

async function choose(shell: ElectronApplication, label: string): Promise<void> {
  await shell.evaluate(({ Menu }, wanted) => {
    const items = (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items ?? [])
    items.find((item) => item.label === wanted)?.click()
  }, label)
}

interface Asked {
  readonly message: string
  readonly buttons: readonly string[]
}

/** From now on each question of the shell is written down, and answered with this button. */
async function answerWith(shell: ElectronApplication, button: string): Promise<void> {
  await shell.evaluate(({ dialog }, wanted) => {
    const questions: Asked[] = []
    Object.assign(globalThis, { questions })
    Object.assign(dialog, {
      showMessageBox: async (...given: unknown[]) => {
        const { message, buttons } = given.at(-1) as Asked
        questions.push({ message, buttons })
        return { response: buttons.indexOf(wanted), checkboxChecked: false }
      },
    })
  }, button)
}

function asked(shell: ElectronApplication): Promise<readonly Asked[]> {
  return shell.evaluate(() => (globalThis as unknown as { readonly questions: readonly Asked[] }).questions)
}

async function ended(child: ReturnType<typeof startElectron>['process']): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}
