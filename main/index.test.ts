import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { app, ipcMain, seen } from '../test/electron-double.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { claimDataDirectory } from './store/index.ts'

vi.mock('electron', () => import('../test/electron-double.ts'))
// A keychain of whoever runs the tests is none of their business.
vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'disabled:')

let open: AsyncDisposableStack
let directory: string

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  app.switches.set('data-dir', directory)
})

afterEach(async () => {
  if (seen.opened.includes('window') && !seen.opened.includes('quit')) {
    app.quit()
    await hasOpened('quit')
  }
  for (const emitter of [app, ipcMain]) emitter.removeAllListeners()
  for (const list of [seen.opened, seen.windows, seen.schemes]) list.splice(0)
  app.first = true
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
  app.emit('second-instance')
  expect(seen.opened).toEqual(['window', 'restored', 'focused'])
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
