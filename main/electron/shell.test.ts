import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App, BrowserWindow } from 'electron'
import { afterEach, expect, test, vi } from 'vitest'
import { languageSchema } from '../../contract/shapes/language.ts'
import { runKindSchema } from '../../contract/shapes/run.ts'
import { shellWordsSchema } from '../../contract/shapes/shell-words.ts'
import { app, seen, BrowserWindow as Window } from '../../test/electron-double.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { GoingRun } from '../services/notices/index.ts'
import { headlessArguments, readDesktopArguments } from './desktop-arguments.ts'
import { ENGLISH } from './english-words.ts'
import { LinkDoor } from './link-door.ts'
import { Quitter, questionOf } from './quit.ts'
import { QUIT_WORDS } from './quit-words.ts'
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

function quitting(going: GoingRun[], speech = new Speech()) {
  const window = new Window({})
  const ended = vi.fn(async () => undefined)
  const front = { window: window as unknown as BrowserWindow }
  const quitter = new Quitter({
    app: app as unknown as App,
    front,
    speech,
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
  expect(questionOf([{ ...ELSEWHERE, certain: false }], QUIT_WORDS.en).detail).toBe(
    'db-01 cannot be reached: whether its restore still goes on is not known.',
  )
})

// @security The window: What is asked before the console quits while runs go on is in the shell's own words, in the language of the window; no page can call its buttons something else.
test('what is asked before it quits is asked in the language of the window, and in no words of a page', async () => {
  const speech = new Speech()
  const { ended, quitter } = quitting([HERE, ELSEWHERE, { ...ELSEWHERE, host: '{host}', certain: false }], speech)
  const menu = { ...ENGLISH.menu, quit: 'Alles gut' }
  const told = { ...ENGLISH, menu, language: 'de', quit: { interrupt: 'Bleiben' } } as const
  speech.learn(shellWordsSchema.parse(told))
  seen.answers.push(1)
  app.quit()
  await vi.waitUntil(() => seen.questions.length === 1)
  expect(seen.questions).toMatchObject([
    {
      message: '3 Läufe sind im Gange',
      detail: [
        'Die Wiederherstellung auf db-01 läuft ohne die Konsole weiter.',
        '{host} ist nicht erreichbar: Ob die Wiederherstellung dort noch läuft, ist nicht bekannt.',
        'Die Sicherung auf diesem Computer würde unterbrochen.',
      ].join('\n'),
      buttons: ['Beenden, wenn alles fertig ist', 'Bleiben', 'Unterbrechen und beenden'],
    },
  ])
  expect(ended).not.toHaveBeenCalled()
  expect(quitter.mayClose()).toBe(false)
})

test('while names are masked the question names no host', async () => {
  const speech = new Speech()
  quitting([ELSEWHERE], speech)
  speech.learn({ ...ENGLISH, masked: true })
  seen.answers.push(1)
  app.quit()
  await vi.waitUntil(() => seen.questions.length === 1)
  expect(seen.questions).toMatchObject([{ detail: 'The restore on ••• goes on without the console.' }])
})

test('each language has its own words for every run, and names its host', () => {
  const said = languageSchema.options.flatMap((language) => {
    const words = QUIT_WORDS[language]
    return runKindSchema.options.flatMap((kind) => {
      const onHost = [words.goesOnElsewhere(kind, 'db-01'), words.notKnown(kind, 'db-01')]
      for (const line of onHost) expect(line).toContain('db-01')
      return [...onHost, words.interruptedHere(kind)]
    })
  })
  for (const line of said) expect(line).toMatch(/^(db-01|[A-ZÄÖÜ]).*\.$/)
  expect(new Set(said).size).toBe(said.length)
})

test('Escape stays, whatever is asked', () => {
  for (const words of Object.values(QUIT_WORDS)) {
    for (const going of [[ELSEWHERE], [HERE], [HERE, ELSEWHERE]]) {
      const { cancelId = -1, buttons = [] } = questionOf(going, words)
      expect(buttons[cancelId]).toBe(words.stay)
    }
  }
})
