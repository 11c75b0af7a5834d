import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App, BrowserWindow } from 'electron'
import { afterEach, expect, test, vi } from 'vitest'
import { app, seen, BrowserWindow as Window } from '../../test/electron-double.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { GoingRun } from '../services/notices/index.ts'
import { headlessArguments, readDesktopArguments } from './desktop-arguments.ts'
import { ENGLISH } from './english-words.ts'
import { LinkDoor } from './link-door.ts'
import { Quitter, questionOf } from './quit.ts'
import { Speech } from './speech.ts'
import { keepPlace, placeOfWindow } from './window-state.ts'

vi.mock('electron', () => import('../../test/electron-double.ts'))

afterEach(() => {
  app.removeAllListeners()
  for (const list of [seen.opened, seen.windows, seen.questions, seen.answers]) list.splice(0)
})

const SCREEN = { x: 0, y: 30, width: 1920, height: 1050 }

test('what it is started with is read with and without "=", and the rest is left to Electron', () => {
  const places = ['--data-dir', '/data', '--staging-dir=/staging', '--passphrase-file', '/run/passphrase']
  expect(readDesktopArguments(['--ozone-platform=x11', ...places, '.'])).toEqual({
    wants: 'window',
    dataDirectory: '/data',
    stagingRoot: '/staging',
    passphraseFile: '/run/passphrase',
    link: null,
  })
  expect(readDesktopArguments(['--no-sandbox', 'restore-console://run/1'])).toMatchObject({
    link: 'restore-console://run/1',
  })
  expect(readDesktopArguments(['--headless', '--port', '0']).wants).toBe('headless')
  expect(headlessArguments(['--headless', '--no-sandbox', '--port', '0'])).toEqual(['--port', '0'])
})

test('links wait until there is a console, and what is no link only brings the window forward', () => {
  const did: string[] = []
  const door = new LinkDoor(app as unknown as App, 'restore-console://run/first')
  const prevented = vi.fn()
  app.emit('open-url', { preventDefault: prevented }, 'restore-console://run/second')
  expect(prevented).toHaveBeenCalledOnce()
  door.openTo({ bringUp: () => did.push('up'), open: (link) => did.push(link) })
  expect(did).toEqual(['up', 'restore-console://run/first', 'up', 'restore-console://run/second'])
  did.splice(0)
  app.emit('second-instance', {}, ['/opt/console', '--data-dir=/x', 'https://evil.example/'])
  app.emit('second-instance', {}, ['/opt/console', 'restore-console://run/third'])
  expect(did).toEqual(['up', 'up', 'restore-console://run/third'])
})

test('a window opens where it was closed, maximised as it was', async () => {
  await using directory = temporaryDirectory()
  const file = join(directory.path, 'window.json')
  const window = new Window({})
  keepPlace(window as unknown as BrowserWindow, file)
  window.maximised = true
  window.emit('close')
  expect(placeOfWindow(file, [SCREEN])).toEqual({ bounds: window.bounds, maximised: true })
})

test.each([
  ['on no screen', { x: 4000, y: 100 }],
  ['with its upper edge above the screen', { x: 100, y: 0 }],
  ['below what can be reached', { x: 100, y: 1075 }],
  ['with too little of it to the right', { x: 1900, y: 100 }],
])('a window that was %s keeps its size, and the desktop chooses its place', async (_, at) => {
  await using directory = temporaryDirectory()
  const file = join(directory.path, 'window.json')
  const size = { width: 1000, height: 700 }
  writeFileSync(file, JSON.stringify({ ...at, ...size, maximised: false }))
  expect(placeOfWindow(file, [SCREEN])).toEqual({ bounds: size, maximised: false })
  expect(placeOfWindow(file, [SCREEN, { x: at.x, y: at.y, width: 1920, height: 1080 }])).toMatchObject({ bounds: at })
})

test.each(['', '{', '[]', '{"x":1}', '{"x":0,"y":30,"width":1,"height":1,"maximised":false}', '{"x":1e99}'])(
  'a window state %j is none',
  async (text) => {
    await using directory = temporaryDirectory()
    const file = join(directory.path, 'window.json')
    writeFileSync(file, text)
    expect(placeOfWindow(file, [SCREEN])).toEqual({ bounds: { width: 1280, height: 860 }, maximised: false })
    expect(readFileSync(file, 'utf8')).toBe(text)
  },
)

const ELSEWHERE: GoingRun = {
  hostId: 'h',
  host: 'db-01',
  local: false,
  certain: true,
  runId: 'r',
  kind: 'restore',
  share: null,
}
const HERE: GoingRun = { ...ELSEWHERE, host: 'laptop', local: true, kind: 'backup' }

function quitting(going: GoingRun[]) {
  const window = new Window({})
  const ended = vi.fn(async () => undefined)
  const front = { window: window as unknown as BrowserWindow }
  const quitter = new Quitter({
    app: app as unknown as App,
    front,
    speech: new Speech(),
    goingRuns: () => going,
    end: ended,
    pause: 1,
  })
  return { quitter, window, ended, has: (what: string) => vi.waitUntil(() => seen.opened.includes(what), 5000) }
}

test('with nothing going on nobody is asked', async () => {
  const { ended, has, quitter } = quitting([])
  expect(quitter.mayClose()).toBe(false)
  app.quit()
  await has('quit')
  expect(seen.questions).toEqual([])
  expect(ended).toHaveBeenCalledOnce()
  expect(quitter.mayClose()).toBe(true)
})

test('runs on other hosts go on, and whoever quits is told so', async () => {
  const { has, ended } = quitting([ELSEWHERE, { ...ELSEWHERE, host: 'db-02', kind: 'check' }])
  app.quit()
  app.quit()
  await has('quit')
  expect(seen.questions).toMatchObject([
    {
      message: '2 runs go on',
      detail: 'The restore on db-01 goes on without the console.\nThe check on db-02 goes on without the console.',
      buttons: ['Quit', 'Stay'],
    },
  ])
  expect(ended).toHaveBeenCalledOnce()
})

test('a run on this computer is waited for behind the scenes, and quits the console when it is over', async () => {
  const going = [ELSEWHERE, HERE]
  const { has, ended, quitter } = quitting(going)
  app.quit()
  await has('hidden')
  expect(seen.questions[0]?.buttons).toEqual(['Quit when it is done', 'Stay', 'Interrupt and quit'])
  expect(seen.questions[0]?.detail).toContain('The backup on this computer would be interrupted.')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(ended).not.toHaveBeenCalled()
  expect(quitter.mayClose()).toBe(false)
  going.pop()
  await has('quit')
  expect(ended).toHaveBeenCalledOnce()
})

test('whoever brings the window up again meanwhile, or answers that they stay, stays', async () => {
  const going = [HERE]
  const { has, ended, quitter } = quitting(going)
  app.quit()
  await has('hidden')
  quitter.stay()
  going.pop()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(ended).not.toHaveBeenCalled()

  going.push(ELSEWHERE)
  seen.answers.push(1)
  app.quit()
  await vi.waitUntil(() => seen.questions.length === 2)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(ended).not.toHaveBeenCalled()
  expect(quitter.mayClose()).toBe(false)
})

test('a signal is a decision: nobody is asked, and all is ended once', async () => {
  const { has, ended, quitter } = quitting([HERE])
  quitter.now()
  quitter.now()
  await has('quit')
  expect(seen.questions).toEqual([])
  expect(ended).toHaveBeenCalledOnce()
})

test('what replaces the console comes after all has ended, in place of quitting', async () => {
  const { ended, quitter } = quitting([HERE])
  const act = vi.fn()
  quitter.leaveBy(act)
  quitter.leaveBy(act)
  await vi.waitUntil(() => act.mock.calls.length > 0)
  expect(act).toHaveBeenCalledOnce()
  expect(ended).toHaveBeenCalledOnce()
  expect(seen.opened).not.toContain('quit')
  app.quit()
  expect(seen.opened).toContain('quit')
  expect(seen.questions).toEqual([])
})

test('of a host that cannot be reached is not said what nobody knows', () => {
  expect(questionOf([{ ...ELSEWHERE, certain: false }], ENGLISH.quit).detail).toBe(
    'db-01 cannot be reached: whether its restore still goes on is not known.',
  )
})

test('what is asked before it quits is asked in the words that a window told', async () => {
  const speech = new Speech()
  const goesOnElsewhere = { ...ENGLISH.quit.goesOnElsewhere, restore: 'Auf {host} läuft es weiter.' }
  const runsGoOn = { one: 'Ein Lauf ist im Gange', other: '{count} Läufe sind im Gange' }
  speech.learn({ ...ENGLISH, quit: { ...ENGLISH.quit, goesOnElsewhere, runsGoOn, stay: 'Bleiben', quit: 'Beenden' } })
  expect(questionOf([ELSEWHERE, { ...ELSEWHERE, host: '{count}' }], speech.words.quit)).toMatchObject({
    message: '2 Läufe sind im Gange',
    detail: 'Auf db-01 läuft es weiter.\nAuf {count} läuft es weiter.',
    buttons: ['Beenden', 'Bleiben'],
  })
})

test('Escape stays, whatever is asked', () => {
  for (const going of [[ELSEWHERE], [HERE], [HERE, ELSEWHERE]]) {
    const { cancelId = -1, buttons = [] } = questionOf(going, ENGLISH.quit)
    expect(buttons[cancelId]).toBe('Stay')
  }
})
