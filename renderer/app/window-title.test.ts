import { expect, test } from 'vitest'
import type { HostView } from '../../contract/shapes/host.ts'
import { busyWorld } from '../gallery/console/index.ts'
import { goingOn, windowTitle } from './window-title.ts'

function hosts(): [HostView, HostView] {
  const all = [...busyWorld().hosts.values()]
  const going = all.find(({ activeRun }) => activeRun !== null)
  const idle = all.find(({ activeRun }) => activeRun === null)
  if (going?.activeRun?.progress === undefined || going.activeRun.progress === null || idle === undefined)
    throw new Error('the gallery lacks them')
  const progress = { ...going.activeRun.progress, bytesDone: 427, bytesTotal: 1000 }
  return [{ ...going, name: 'db-01', activeRun: { ...going.activeRun, progress } }, idle]
}

test('the share of what runs comes first, where there is one', () => {
  const [going, idle] = hosts()
  expect(goingOn([idle])).toBe('')
  expect(goingOn([idle, going])).toBe('42 % restore on db-01')
  const started = { ...going, activeRun: going.activeRun && { ...going.activeRun, progress: null } }
  expect(goingOn([started])).toBe('restore on db-01')
  expect(goingOn([going, started])).toBe('42 % of 2 runs')
})

test('the window is called by what runs, else by where one is, the nearest first', () => {
  const crumbs = [{ label: 'Hosts', path: '/' }, { label: 'db-01' }]
  expect(windowTitle('42 % restore on db-01', crumbs)).toBe('42 % restore on db-01 – Restore Console')
  expect(windowTitle('', crumbs)).toBe('db-01 · Hosts · Restore Console')
  expect(windowTitle('', [])).toBe('Restore Console')
})
