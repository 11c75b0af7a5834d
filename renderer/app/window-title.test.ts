import { expect, test } from 'vitest'
import type { HostView } from '../../contract/shapes/host.ts'
import { busyWorld } from '../gallery/console/index.ts'
import { windowTitle } from './window-title.ts'

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
  expect(windowTitle([idle])).toBe('Restore Console')
  expect(windowTitle([idle, going])).toBe('42 % restore on db-01 – Restore Console')
  const started = { ...going, activeRun: going.activeRun && { ...going.activeRun, progress: null } }
  expect(windowTitle([started])).toBe('restore on db-01 – Restore Console')
  expect(windowTitle([going, started])).toBe('42 % of 2 runs – Restore Console')
})
