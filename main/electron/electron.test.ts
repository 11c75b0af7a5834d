import { EventEmitter } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import type { App, MenuItemConstructorOptions, Session } from 'electron'
import { afterEach, expect, test, vi } from 'vitest'
import { messagePort } from '../../contract/wire/message-port.ts'
import type { Port } from '../../contract/wire/port.ts'
import { ipcMain, seen, WebContents } from '../../test/electron-double.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { openLogFolder } from '../log-folder.ts'
import { guard } from './guards.ts'
import { ENGLISH } from './english-words.ts'
import { menuTemplate } from './menu.ts'
import { Speech } from './speech.ts'
import { desktopNotifier } from './notifications.ts'
import { desktopLog, electronPlatform } from './platform.ts'
import { isOurPage, PAGE, registerScheme, servePage } from './scheme.ts'
import { openWindow } from './window.ts'

vi.mock('electron', () => import('../../test/electron-double.ts'))

const ASK = 'restore-console:ask'

afterEach(() => {
  seen.windows.splice(0)
  seen.opened.splice(0)
  ipcMain.removeAllListeners()
  vi.unstubAllGlobals()
  vi.resetModules()
})

async function world() {
  const served: { readonly port: Port; closed: string }[] = []
  await openWindow({
    preload: '/out/preload/index.cjs',
    dataDirectory: '/nowhere',
    serve: (port) => {
      const one = { port, closed: '' }
      port.onClose((reason) => {
        one.closed = reason
      })
      port.onFrame((frame) => port.send(`heard ${frame}`))
      served.push(one)
    },
  })
  const window = seen.windows[0]
  if (window === undefined) throw new Error('no window')
  return { served, window, contents: window.webContents }
}

// @security The window: The page runs in a sandboxed, isolated window with nothing of Node in it.
test('the window is sandboxed and isolated, and shows only when there is something to see', async () => {
  const { window } = await world()
  expect(window.options).toMatchObject({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  })
  expect(window.options['webPreferences']).not.toHaveProperty('webSecurity')
  expect(seen.opened).toEqual(['window'])
  expect(window.webContents.getURL()).toBe(PAGE)
})

test('the page asks the preload, the preload asks main, and the port goes all the way back', async () => {
  const { contents, served } = await world()
  const page = new EventEmitter()
  const got: MessagePort[] = []
  const window = {
    location: { origin: 'console://app' },
    addEventListener: (type: string, listener: (event: unknown) => void) => page.on(type, listener),
    postMessage: (data: unknown, origin: string, ports: MessagePort[] = []) => {
      expect(origin).toBe('console://app')
      got.push(...ports)
      page.emit('message', { source: window, data, ports })
    },
  }
  vi.stubGlobal('window', window)
  await import('../../preload/index.ts')

  page.emit('message', { source: {}, data: ASK, ports: [] })
  expect(served).toHaveLength(0)
  window.postMessage(ASK, 'console://app')
  expect(served).toHaveLength(1)

  const [end] = got
  if (end === undefined) throw new Error('no port')
  const port = messagePort(end)
  const heard: string[] = []
  port.onFrame((frame) => heard.push(frame))
  port.send('hello')
  await expect.poll(() => heard).toEqual(['heard hello'])
  expect(contents.mainFrame.url).toBe(PAGE)
  port.close('done')
})

// @security The window: Only the main frame of our own page in our own window is given a way to the services; frames inside it, other windows and other pages are given none.
test.each([
  ['another window', () => new WebContents(), 'main'],
  ['a frame inside the page', (own: WebContents) => own, 'inner'],
  ['a page that is not ours', (own: WebContents) => own, 'foreign'],
  ['a frame that is gone', (own: WebContents) => own, 'gone'],
] as const)('%s is given no port', async (_, sender, which) => {
  const { contents, served } = await world()
  if (which === 'foreign') contents.mainFrame.url = 'https://evil.example/'
  const from = sender(contents)
  const frames = { main: from.mainFrame, inner: { url: PAGE }, foreign: contents.mainFrame, gone: null }
  ipcMain.emit(ASK, { sender: from, senderFrame: frames[which] })
  expect(served).toHaveLength(0)
})

test('the port of a page that was left or that asks again is closed', async () => {
  const { contents, served, window } = await world()
  const ask = () => ipcMain.emit(ASK, { sender: contents, senderFrame: contents.mainFrame })
  ask()
  contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false })
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
  expect(served[0]?.closed).toBe('')
  ask()
  expect(served[0]?.closed).toBe('the page asked anew')
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
  expect(served[1]?.closed).toBe('the page was left')
  ask()
  window.emit('closed')
  expect(served[2]?.closed).toBe('the window was closed')
  ask()
  expect(served).toHaveLength(3)
})

// @security The window: The page comes from a scheme of its own, under a policy that allows nothing by default, and the scheme serves no file outside the page.
test('the scheme serves the page under its policy, and nothing else', async () => {
  await using directory = temporaryDirectory()
  const page = join(directory.path, 'page')
  mkdirSync(page)
  writeFileSync(join(directory.path, 'secret.js'), 'secret')
  writeFileSync(join(page, 'index.html'), '<meta name="csp-nonce" nonce="" />')
  registerScheme()
  servePage(page)
  expect(seen.schemes).toEqual([{ scheme: 'console', privileges: { standard: true, secure: true } }])
  const ask = async (url: string, method = 'GET') => seen.pageHandlers.get('console')?.({ url, method })
  const answer = await ask(PAGE)
  expect(answer?.status).toBe(200)
  expect(answer?.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await answer?.text()).toMatch(/nonce="[^"]+"/)
  for (const url of ['console://other/', 'console://app/%2e%2e/secret.js', 'console://app/..%2fsecret.js']) {
    expect((await ask(url))?.status).toBe(404)
  }
  expect((await ask(PAGE, 'POST'))?.status).toBe(404)
})

test.each(['https://app/', 'console://other/', 'console:app', 'file:///etc/passwd', ''])(
  '%s is not our page',
  (url) => {
    expect(isOurPage(url)).toBe(false)
  },
)

function guarded() {
  const app = new EventEmitter()
  const handlers = {} as {
    request: (contents: WebContents, permission: string, answer: (allowed: boolean) => void) => void
    check: (contents: unknown, permission: string, origin: string) => boolean
    device: () => boolean
  }
  const session = {
    setPermissionRequestHandler: (handler: typeof handlers.request) => Object.assign(handlers, { request: handler }),
    setPermissionCheckHandler: (handler: typeof handlers.check) => Object.assign(handlers, { check: handler }),
    setDevicePermissionHandler: (handler: typeof handlers.device) => Object.assign(handlers, { device: handler }),
  }
  // Both stand in for the few members that the guards use.
  guard(app as unknown as App, session as unknown as Session)
  const contents = new WebContents()
  contents.mainFrame.url = PAGE
  app.emit('web-contents-created', {}, contents)
  return { handlers, contents }
}

test.each([
  ['clipboard-sanitized-write', true],
  ['clipboard-read', false],
  ['notifications', false],
  ['media', false],
  ['geolocation', false],
  ['openExternal', false],
  ['toString', false],
])('permission %s: %s', (permission, allowed) => {
  const { handlers, contents } = guarded()
  const answers: boolean[] = []
  handlers.request(contents, permission, (answer) => answers.push(answer))
  expect(answers).toEqual([allowed])
  expect(handlers.check(null, permission, 'console://app/')).toBe(allowed)
  expect(handlers.check(null, permission, 'https://evil.example/')).toBe(false)
  expect(handlers.device()).toBe(false)
})

// @security The window: The page cannot be led elsewhere, opens no other window or webview, and only named places open in the browser.
test('the page cannot be left, opened again elsewhere, or given a webview', () => {
  const { contents } = guarded()
  const prevented = (name: string, details: object) => {
    const event = { ...details, preventDefault: vi.fn() }
    contents.emit(name, event)
    return event.preventDefault.mock.calls.length > 0
  }
  expect(prevented('will-attach-webview', {})).toBe(true)
  expect(prevented('will-frame-navigate', { url: 'https://evil.example/', isMainFrame: true })).toBe(true)
  expect(prevented('will-frame-navigate', { url: PAGE, isMainFrame: false })).toBe(true)
  expect(prevented('will-frame-navigate', { url: PAGE, isMainFrame: true })).toBe(false)
  expect(prevented('will-redirect', { url: 'https://evil.example/' })).toBe(true)

  for (const url of ['https://evil.example/', 'file:///etc/passwd', 'https://restic.readthedocs.io.evil.example/']) {
    expect(contents.openHandler({ url })).toEqual({ action: 'deny' })
  }
  expect(seen.opened).toEqual([])
  contents.openHandler({ url: 'https://restic.readthedocs.io/en/stable/' })
  expect(seen.opened).toEqual(['https://restic.readthedocs.io/en/stable/'])
})

// @security The window: The file manager is only ever given folders, so that a file that was restored is never started.
test('only folders are opened in the file manager', async () => {
  await using directory = temporaryDirectory()
  const script = join(directory.path, 'run.sh')
  writeFileSync(script, '')
  const locations = {
    agentWorker: new URL('file:///agent-worker.js'),
    planeWorker: new URL('file:///control-plane-worker.js'),
    consumerWorker: new URL('file:///consumer-worker.js'),
    pageDirectory: '',
    preload: '',
    resticCandidates: [],
    version: '0',
  }
  const notifier = desktopNotifier({ window: null })
  const log = desktopLog(openLogFolder(directory.path))
  const given = { dataDirectory: directory.path, stagingRoot: null, locations, notifier, log, speech: new Speech() }
  const { shell } = electronPlatform({ ...given, updater: 'not-packaged' })
  expect(await shell.openFolder?.(script)).toBe(false)
  expect(await shell.openFolder?.(join(directory.path, 'none'))).toBe(false)
  expect(await shell.openFolder?.(directory.path)).toBe(true)
  expect(seen.opened).toEqual([directory.path])
  expect(await shell.pickFolder?.()).toBeNull()
})

type Entry = Pick<MenuItemConstructorOptions, 'label' | 'role' | 'type' | 'accelerator' | 'click' | 'submenu'>

function menuOf(platform: NodeJS.Platform, packaged = true) {
  const chosen: string[] = []
  const deeds = {
    openSettings: () => void chosen.push('settings'),
    openDataFolder: () => void chosen.push('data'),
    openLogFolder: () => void chosen.push('logs'),
    openCrashFolder: () => void chosen.push('crashes'),
    lookForUpdates: () => void chosen.push('updates'),
  }
  const top: Entry[] = menuTemplate({ platform, packaged, deeds, words: ENGLISH.menu })
  const below = (name: string): Entry[] => {
    const found = top.find(({ label, role }) => label === name || role === name)?.submenu
    return Array.isArray(found) ? found : []
  }
  return { top, below, chosen }
}

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s the menu has what a program of it has, and ours do their deeds',
  (platform) => {
    const { top, below, chosen } = menuOf(platform)
    const isMac = platform === 'darwin'
    const usual = ['File', 'editMenu', 'View', 'windowMenu', 'help']
    expect(top.map(({ label, role }) => role ?? label)).toEqual(isMac ? ['appMenu', ...usual] : usual)
    const first = below(isMac ? 'appMenu' : 'File')
    expect(first.map(({ role }) => role).filter((role) => role !== undefined)).toEqual(
      isMac ? ['about', 'services', 'hide', 'hideOthers', 'unhide', 'quit'] : ['close', 'quit'],
    )
    expect(first.find(({ label }) => label === 'Settings…')?.accelerator).toBe('CmdOrCtrl+,')
    expect(below('help').some(({ role }) => role === 'about')).toBe(!isMac)
    // Electron hands an entry, the window and the event over; ours look at none of them.
    for (const { click } of [...first, ...below('help')]) (click as (() => void) | undefined)?.()
    expect(chosen).toEqual(['settings', 'data', 'logs', 'crashes', 'updates'])
  },
)

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s no entry of the menu is left in another language',
  (platform) => {
    const words = { ...ENGLISH.menu }
    for (const word of Object.keys(words) as (keyof typeof words)[]) words[word] = `» ${words[word]}`
    const deed = (): void => undefined
    const deeds = {
      openSettings: deed,
      openDataFolder: deed,
      openLogFolder: deed,
      openCrashFolder: deed,
      lookForUpdates: deed,
    }
    const all = (entries: Entry[]): Entry[] =>
      entries.flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? all(entry.submenu) : [])])
    const said = all(menuTemplate({ platform, packaged: false, deeds, words }))
    // A Mac's own menu is called as the program is.
    const spoken = said.filter(({ type, role }) => type !== 'separator' && role !== 'appMenu')
    expect(spoken.filter(({ label }) => label?.startsWith('» ') !== true)).toEqual([])
    expect(spoken.length).toBeGreaterThan(25)
  },
)

test.each([
  ['a package', true],
  ['a developer’s own build', false],
])('the menu of %s', (_, packaged) => {
  const { below } = menuOf('linux', packaged)
  expect(below('View').some(({ role }) => role === 'toggleDevTools')).toBe(!packaged)
})
