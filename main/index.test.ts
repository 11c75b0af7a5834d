import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { app, ipcMain, seen } from '../test/electron-double.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { claimDataDirectory } from './store/index.ts'

vi.mock('electron', () => import('../test/electron-double.ts'))
// A keychain of whoever runs the tests is none of their business.
vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'disabled:')

let open: AsyncDisposableStack
let directory: string
const given = process.argv

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  process.argv = ['/opt/Restore Console/restore-console', '--data-dir', directory]
})

afterEach(async () => {
  if (seen.opened.includes('window') && !seen.opened.includes('quit')) {
    app.quit()
    await hasOpened('quit')
  }
  for (const emitter of [app, ipcMain]) emitter.removeAllListeners()
  for (const list of [seen.opened, seen.windows, seen.schemes, seen.protocols, seen.questions, seen.menus])
    list.splice(0)
  app.first = true
  process.argv = given
  vi.resetModules()
  await open.disposeAsync()
})

/** Resolves when the shell has done something: shown its window, quit, exited. */
function hasOpened(what: string): Promise<boolean> {
  return vi.waitUntil(() => seen.opened.includes(what), 10_000)
}

test('opens the console in one sandboxed window, and ends all of it before it quits', async () => {
  await import('./index.ts')
  await hasOpened('window')
  expect(app.sandboxed).toBe(true)
  expect(seen.schemes).toHaveLength(1)
  expect(seen.opened).toEqual(['window'])
  expect(() => claimDataDirectory(directory)).toThrow('conflict')

  app.emit('window-all-closed')
  app.quit()
  expect(seen.opened).not.toContain('quit')
  await hasOpened('quit')
  claimDataDirectory(directory)[Symbol.dispose]()
})

test('a second instance shows the window of the first, and is none itself', async () => {
  await import('./index.ts')
  await hasOpened('window')
  app.emit('second-instance', {}, [])
  await hasOpened('focused')
  expect(seen.opened).toEqual(['window', 'restored', 'focused'])
})

test('is the one console of its data directory, and what the system hands its links to', async () => {
  await import('./index.ts')
  await hasOpened('window')
  expect(app.paths.get('userData')).toBe(join(directory, 'desktop'))
  expect(seen.protocols).toEqual(['restore-console'])
  expect(app.aboutPanel).toMatchObject({ applicationName: 'Restore Console', applicationVersion: '0.1.0' })
  expect(seen.menus).toHaveLength(1)
  expect(readdirSync(directory)).toEqual(expect.arrayContaining(['logs', 'crashes', 'console.db']))
})

test('its window is where it was, and it is quit by closing it', async () => {
  await import('./index.ts')
  await hasOpened('window')
  const [window] = seen.windows
  expect(window?.options).toMatchObject({ width: 1280, height: 860 })
  app.emit('window-all-closed')
  window?.emit('close', { preventDefault: () => undefined })
  await hasOpened('quit')
  expect(JSON.parse(readFileSync(join(directory, 'window.json'), 'utf8'))).toEqual({
    ...window?.bounds,
    maximised: false,
  })
})

test.each([
  [['--version'], /^\d+\.\d+\.\d+\n$/],
  [['--help'], /--data-dir PATH/],
  [['--headless', '--version'], /^\d+\.\d+\.\d+\n$/],
] as const)('%j is answered without a window', async (args, answer) => {
  process.argv = ['restore-console', ...args]
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await import('./index.ts')
  await hasOpened('exit 0')
  expect(String(written.mock.calls[0]?.[0])).toMatch(answer)
  written.mockRestore()
  expect(seen.opened).toEqual(['exit 0'])
})

test('--headless is the other front door, and refuses what it does not know', async () => {
  process.argv = ['restore-console', '--headless', '--no-sandbox', '--unknown']
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await import('./index.ts')
  await hasOpened('exit 2')
  expect(String(written.mock.calls[0]?.[0])).toContain("'--unknown'")
  written.mockRestore()
  expect(seen.windows).toEqual([])
})

// @security Secrets: A passphrase is read from no file that others may use, or that is somebody else's, by either front door.
test.each([
  ['its user alone may read', 0o600, 'window'],
  ['others may read', 0o644, 'exit 1'],
  ['its group may write', 0o620, 'exit 1'],
])('of the secrets file the passphrase is taken from a file that %s', async (_, mode, what) => {
  const file = join(directory, 'passphrase')
  writeFileSync(file, 'a passphrase for tests\n')
  chmodSync(file, mode)
  process.argv.push('--passphrase-file', file)
  await import('./index.ts')
  await hasOpened(what)
  const isMade = readdirSync(directory).includes('console-secrets.json')
  expect(isMade).toBe(what === 'window')
  if (what !== 'window') expect(seen.opened[0]).toContain('chmod 600')
})

test('a passphrase file that is not there, and one with another passphrase, are said, and the data is let go of', async () => {
  const file = join(directory, 'passphrase')
  process.argv.push('--passphrase-file', file)
  await import('./index.ts')
  await hasOpened('exit 1')
  expect(seen.opened[0]).toBe(`The passphrase file ${file} cannot be read.`)
  claimDataDirectory(directory)[Symbol.dispose]()

  writeFileSync(file, 'a passphrase for tests', { mode: 0o600 })
  vi.resetModules()
  seen.opened.splice(0)
  await import('./index.ts')
  await hasOpened('window')
  app.quit()
  await hasOpened('quit')

  writeFileSync(file, 'another passphrase')
  vi.resetModules()
  for (const emitter of [app, ipcMain]) emitter.removeAllListeners()
  seen.opened.splice(0)
  await import('./index.ts')
  await hasOpened('exit 1')
  expect(seen.opened[0]).toBe(
    'The passphrase does not open the secrets file. Start again with the one that was chosen for it.',
  )
  claimDataDirectory(directory)[Symbol.dispose]()
})

test('an instance that is not the first opens nothing', async () => {
  app.first = false
  await import('./index.ts')
  expect(seen.opened).toEqual(['quit'])
})

test('a data directory that is in use is said to be', async () => {
  using _held = claimDataDirectory(directory)
  await import('./index.ts')
  await hasOpened('exit 1')
  expect(seen.opened[0]).toContain(`process ${process.pid}`)
})
