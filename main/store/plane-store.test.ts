import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type ConsoleStore, openConsoleStore, type PlaneRecord } from './index.ts'

let directory: ReturnType<typeof temporaryDirectory>
let store: ConsoleStore
const reopen = (): void => {
  store = openConsoleStore(directory.path, new Date())
}
beforeEach(() => {
  directory = temporaryDirectory()
  reopen()
})
afterEach(async () => {
  store[Symbol.dispose]()
  await directory[Symbol.asyncDispose]()
})

function planeOf(id: string, change: Partial<PlaneRecord> = {}): PlaneRecord {
  const url = `https://${id}.example`
  const made = { id, workspaceId: 'first', embedded: false, name: id, url, pin: null, hasToken: true, on: true }
  return { ...made, consumerPort: null, ...change }
}

test('planes are kept with all that is known of them, embedded ones first', () => {
  const own = planeOf('own', {
    embedded: true,
    name: 'Zuletzt',
    url: null,
    hasToken: false,
    on: false,
    consumerPort: 8443,
  })
  const north = planeOf('north', { pin: 'A'.repeat(43) })
  for (const plane of [north, own]) expect(store.planes.put(plane)).toBe(true)
  store[Symbol.dispose]()
  reopen()
  expect(store.planes.list()).toEqual([own, north])
  expect(store.planes.put({ ...north, name: 'south', on: false })).toBe(true)
  store.planes.remove('own')
  expect(store.planes.list()).toEqual([{ ...north, name: 'south', on: false }])
})

test('a name is there once in a workspace, whatever its case, and one embedded plane', () => {
  store.planes.put(planeOf('north'))
  expect(store.planes.put(planeOf('other', { name: 'NORTH' }))).toBe(false)
  expect(store.planes.put(planeOf('other', { name: 'NORTH', workspaceId: 'second' }))).toBe(true)
  expect(store.planes.put(planeOf('own', { embedded: true }))).toBe(true)
  expect(store.planes.put(planeOf('second own', { embedded: true }))).toBe(false)
  expect(new Set(store.planes.list().map(({ id }) => id))).toEqual(new Set(['own', 'other', 'north']))
})
