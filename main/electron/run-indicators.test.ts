import type { App, BrowserWindow } from 'electron'
import { afterEach, expect, test, vi } from 'vitest'
import { app, seen, BrowserWindow as Window } from '../../test/electron-double.ts'
import type { GoingRun } from '../services/notices/index.ts'
import { desktopNotifier, type Front } from './notifications.ts'
import { barOf, RunIndicators } from './run-indicators.ts'
import { TRAY_SIZE, trayPicture } from './tray-picture.ts'

vi.mock('electron', () => import('../../test/electron-double.ts'))

afterEach(() => {
  for (const list of [seen.opened, seen.windows, seen.notifications, seen.trays, seen.progress, seen.badges]) {
    list.splice(0)
  }
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

function world() {
  const window = new Window({})
  window.visible = true
  const front: Front = { window: window as unknown as BrowserWindow }
  const opened: GoingRun[] = []
  const indicators = new RunIndicators({ app: app as unknown as App, front, open: (run) => opened.push(run) })
  const [tray] = seen.trays
  if (tray === undefined) throw new Error('no tray')
  const labels = () => tray.menu.map(({ label }) => label ?? '-')
  return { window, front, opened, indicators, tray, labels }
}

test('dock, badge and tray show how far the runs are, and that nothing runs', () => {
  const { indicators, tray, labels } = world()
  expect(tray.tip).toBe('Nothing runs')
  indicators.show({ going: [RUN, { ...RUN, host: 'db-02', kind: 'backup', share: null }], unseen: 2 })
  expect(tray.tip).toBe('2 runs go on, 2 need somebody')
  expect(labels().slice(0, 3)).toEqual([tray.tip, 'restore on db-01: 42 %', 'backup on db-02'])
  expect(seen.progress.at(-1)).toBe(0.427)
  expect(seen.badges.at(-1)).toBe(2)
  indicators.show({ going: [], unseen: 1 })
  expect(tray.tip).toBe('Nothing runs, 1 needs somebody')
  expect(seen.progress.at(-1)).toBe(-1)
  indicators[Symbol.dispose]()
  expect(tray.isGone).toBe(true)
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
