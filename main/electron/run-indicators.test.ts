import type { App, BrowserWindow } from 'electron'
import { afterEach, expect, test, vi } from 'vitest'
import { app, BrowserWindow as Window, type MenuEntry, seen } from '../../test/electron-double.ts'
import type { GoingRun } from '../services/notices/index.ts'
import { desktopNotifier, type Front } from './notifications.ts'
import { barOf, RunIndicators } from './run-indicators.ts'
import { ENGLISH } from './english-words.ts'
import { filled, Speech } from './speech.ts'
import { overlayPicture, TRAY_SIZE, trayPicture } from './tray-picture.ts'

vi.mock('electron', () => import('../../test/electron-double.ts'))

afterEach(() => {
  const { opened, windows, notifications, trays, progress, badges, overlays } = seen
  for (const list of [opened, windows, notifications, trays, progress, badges, overlays]) list.splice(0)
  app.dock = undefined
})

const RUN: GoingRun = {
  hostId: 'h',
  host: 'db-01',
  local: false,
  certain: true,
  runId: 'r',
  kind: 'restore',
  share: 0.427,
}

function world(platform: NodeJS.Platform = 'linux') {
  const window = new Window({})
  window.visible = true
  const front: Front = { window: window as unknown as BrowserWindow }
  const speech = new Speech()
  const opened: GoingRun[] = []
  const pages: string[] = []
  const indicators = new RunIndicators({
    platform,
    app: app as unknown as App,
    front,
    speech,
    open: (run) => opened.push(run),
    showPage: (page) => pages.push(page),
  })
  const [tray] = seen.trays
  if (tray === undefined) throw new Error('no tray')
  const labels = () => tray.menu.map(({ label }) => label ?? '-')
  return { window, speech, front, opened, pages, indicators, tray, labels }
}

test('dock, badge and tray show how far the runs are, and that nothing runs', () => {
  const { indicators, tray, labels } = world()
  expect(tray.tip).toBe('Nothing runs')
  indicators.show({ going: [RUN, { ...RUN, host: 'db-02', kind: 'backup', share: null }], unseen: 2 })
  expect(tray.tip).toBe('2 runs go on, 2 need attention')
  expect(labels().slice(0, 4)).toEqual([tray.tip, '2 need attention', 'restore on db-01: 42 %', 'backup on db-02'])
  expect(seen.progress.at(-1)).toBe(0.427)
  expect(seen.badges.at(-1)).toBe(2)
  indicators.show({ going: [], unseen: 1 })
  expect(tray.tip).toBe('Nothing runs, 1 needs attention')
  expect(seen.progress.at(-1)).toBe(-1)
  indicators[Symbol.dispose]()
  expect(tray.isGone).toBe(true)
})

test('with the words of a window the tray is called otherwise at once, and no host can fill another place', () => {
  const { indicators, speech, tray, labels } = world('win32')
  indicators.show({ going: [RUN], unseen: 1 })
  const runsGoOn = { one: '{count} Lauf ist im Gange', other: '{count} Läufe sind im Gange' }
  const needSomebody = { one: '{count} braucht jemanden', other: '{count} brauchen jemanden' }
  const runOn = { ...ENGLISH.tray.runOn, restore: 'Wiederherstellung auf {host}' }
  speech.learn({
    ...ENGLISH,
    language: 'de',
    tray: { ...ENGLISH.tray, runsGoOn, needSomebody, runOn, quit: 'Beenden' },
  })
  expect(tray.tip).toBe('1 Lauf ist im Gange, 1 braucht jemanden')
  expect(labels()).toEqual([
    tray.tip,
    '1 braucht jemanden',
    'Wiederherstellung auf db-01: 42 %',
    '-',
    'Show the console',
    'Beenden',
  ])
  expect(seen.overlays.at(-1)).toBe('1 braucht jemanden')
  speech.learn({ ...ENGLISH, masked: true })
  expect(labels()).toContain('restore on •••: 42 %')
  expect(filled('{host} {count}', { host: '{count}', count: '2' })).toBe('{count} 2')
  expect(filled('{constructor}', {})).toBe('{constructor}')
})

test('a bar is as far as the run that has most before it', () => {
  expect(barOf([])).toBe(-1)
  expect(barOf([{ ...RUN, share: null }])).toBe(2)
  expect(barOf([RUN, { ...RUN, share: null }, { ...RUN, share: 0.9 }])).toBe(0.427)
})

test('its menu leads to the run, and a click to the window', () => {
  const { indicators, tray, opened } = world()
  indicators.show({ going: [RUN], unseen: 0 })
  tray.menu[1]?.click?.()
  expect(opened).toEqual([RUN])
  expect(seen.opened).toEqual(['restored', 'focused'])
  tray.emit('click')
  expect(seen.opened).toEqual(['restored', 'focused', 'restored', 'focused'])
})

test('what needs attention leads to the runs, from the tray and from the dock of a Mac', () => {
  let dock: readonly MenuEntry[] = []
  app.dock = { setMenu: (menu) => (dock = menu) }
  const { indicators, tray, pages } = world('darwin')
  expect(dock).toEqual([])
  indicators.show({ going: [RUN], unseen: 1 })
  tray.menu.find(({ label }) => label === '1 needs attention')?.click?.()
  expect(dock.map(({ label }) => label)).toEqual(['1 needs attention', 'restore on db-01: 42 %'])
  dock[0]?.click?.()
  expect(pages).toEqual(['runs', 'runs'])
  expect(seen.opened).toEqual(['restored', 'focused', 'restored', 'focused'])
})

test('Windows, which has no badge with a number, has a dot over the icon while something needs attention', () => {
  const { indicators } = world('win32')
  indicators.show({ going: [RUN], unseen: 2 })
  indicators.show({ going: [RUN], unseen: 3 })
  indicators.show({ going: [], unseen: 0 })
  expect(seen.overlays).toEqual([null, '2 need attention', '3 need attention', null])
  expect(overlayPicture().subarray(0, 4)).toEqual(Buffer.alloc(4))
})

test('the picture changes only when there is something to look at', () => {
  const { indicators, tray } = world()
  const before = tray.pictures
  indicators.show({ going: [RUN], unseen: 0 })
  expect(tray.pictures).toBe(before)
  indicators.show({ going: [], unseen: 1 })
  indicators.show({ going: [], unseen: 2 })
  expect(tray.pictures).toBe(before + 1)
  expect(trayPicture(true)).not.toEqual(trayPicture(false))
  expect(trayPicture(true)).toHaveLength(TRAY_SIZE * TRAY_SIZE * 4)
})

test('a notification shows what it is given, and brings the window up when it is clicked', () => {
  const { front, window } = world()
  const notifier = desktopNotifier(front)
  expect(notifier.isInFront()).toBe(false)
  window.focused = true
  expect(notifier.isInFront()).toBe(true)
  let opens = 0
  notifier.show({ id: 'x', title: 'Restore on db-01 is done', line: '12 restored' }, () => (opens += 1))
  expect(seen.notifications.map(({ options }) => options)).toEqual([
    { title: 'Restore on db-01 is done', body: '12 restored' },
  ])
  seen.notifications[0]?.emit('click')
  expect(opens).toBe(1)
  expect(seen.opened).toEqual(['restored', 'focused'])
})
