import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type PlaneStore } from './index.ts'

let folder: string
let store: PlaneStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plane-connections-'))
  store = openStore(join(folder, 'plane.db'))
})

afterEach(() => {
  store[Symbol.dispose]()
  rmSync(folder, { recursive: true })
})

const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString()

function addDevice(): string {
  const id = randomUUID()
  store.devices.insert({ id, name: 'verifier', role: 'backup-restore', keyPin: `pin-${id}`, firstSeenAt: at(0) })
  return id
}

test('what devices ask is read at once, and what strangers ask or is noted after the end is forgotten', () => {
  const device = addDevice()
  const note = (deviceId: string, minute: number) => {
    const asked = 'GET /restore-worklist'
    store.connections.note({ deviceId, at: at(minute), ip: '::1', userAgent: null, asked, status: 200 })
  }
  note('nobody', 1)
  note(device, 2)
  note(device, 3)
  expect(store.connections.of(device, 10).map((one) => one.at)).toEqual([at(3), at(2)])
  expect(store.connections.of(device, 1).map((one) => one.at)).toEqual([at(3)])
  expect(store.connections.of('nobody', 10)).toEqual([])
  expect(store.devices.get(device)).toMatchObject({ lastSeenAt: at(3), lastWorklistAt: at(3) })
  note(device, 4)
  const ended = store
  ended[Symbol.dispose]()
  ended.connections.note({ deviceId: device, at: at(5), ip: '::1', userAgent: null, asked: '', status: 200 })
  ended.connections.flush()
  store = openStore(join(folder, 'plane.db'))
  expect(store.devices.get(device)?.lastSeenAt).toBe(at(4))
})

test('of each device the last five thousand connections are kept', () => {
  const [busy, calm] = [addDevice(), addDevice()]
  const note = (deviceId: string) => {
    store.connections.note({ deviceId, at: at(1), ip: '::1', userAgent: null, asked: 'GET /x', status: 200 })
  }
  note(calm)
  for (let count = 0; count < 5010; count += 1) note(busy)
  store.connections.flush()
  expect(store.connections.of(busy, 10_000)).toHaveLength(5000)
  expect(store.connections.of(calm, 10)).toHaveLength(1)
})
