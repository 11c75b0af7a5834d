import { expect, test } from 'vitest'
import type { NodeColumns } from '../../../contract/shapes/tree.ts'
import { packListing } from './listing.ts'
import { TreeStore } from './tree-store.ts'

/** A directory in a test: names ending in `/` are directories. */
type Shape = Readonly<Record<string, readonly string[]>>

function storeOf(shape: Shape) {
  const asked: string[] = []
  const failing = new Set<string>()
  const store = new TreeStore({
    rootTreeId: '/',
    load: async (path) => {
      asked.push(path)
      if (failing.has(path)) throw new Error('the repository went away')
      return packListing([nodes(path, shape[path] ?? [])])
    },
  })
  const find = (path: string): number => {
    for (let node = 0; node < store.columns.length; node += 1) if (store.columns.path(node) === path) return node
    throw new Error(`${path} has not been read`)
  }
  const shown = (): string[] =>
    [...store.rows].map((row) => (row < 0 ? `${store.columns.path(~row)} …` : store.columns.path(row)))
  return { store, asked, failing, find, shown }
}

function nodes(path: string, names: readonly string[]): NodeColumns {
  const isDirectory = (name: string): boolean => name.endsWith('/')
  return {
    name: names.map((name) => name.replace('/', '')),
    type: names.map((name) => (isDirectory(name) ? 'dir' : 'file')),
    size: names.map((name) => (isDirectory(name) ? 0 : name.length)),
    modified: names.map(() => '2026-11-21T02:00:00.123456789+01:00'),
    mode: names.map(() => 0o644),
    treeId: names.map((name) => (isDirectory(name) ? `${path}${name}` : null)),
    linkTarget: names.map(() => null),
  }
}

const HOUSE: Shape = {
  '/': ['etc/', 'srv/', 'readme'],
  '/etc/': ['nginx/', 'hosts'],
  '/etc/nginx/': ['nginx.conf'],
  '/srv/': [],
}

test('opens and closes directories, and asks for each only once', async () => {
  const { store, asked, find, shown } = storeOf(HOUSE)
  await store.start()
  await store.open(find('/etc'))
  await store.open(find('/etc/nginx'))
  expect(shown()).toEqual(['/etc', '/etc/nginx', '/etc/nginx/nginx.conf', '/etc/hosts', '/srv', '/readme'])
  store.close(find('/etc'))
  expect(shown()).toEqual(['/etc', '/srv', '/readme'])
  await store.open(find('/etc'))
  expect(shown()).toEqual(['/etc', '/etc/nginx', '/etc/nginx/nginx.conf', '/etc/hosts', '/srv', '/readme'])
  expect(asked).toEqual(['/', '/etc/', '/etc/nginx/'])
})

test('two who open a directory at once make one request', async () => {
  const { store, asked, find } = storeOf(HOUSE)
  await store.start()
  await Promise.all([store.open(find('/etc')), store.open(find('/etc'))])
  expect(asked).toEqual(['/', '/etc/'])
})

test('an empty directory has a note in it', async () => {
  const { store, find, shown } = storeOf(HOUSE)
  await store.start()
  await store.open(find('/srv'))
  expect(shown()).toEqual(['/etc', '/srv', '/srv …', '/readme'])
})

test('a directory that cannot be read says so, and can be tried again', async () => {
  const { store, failing, find, shown } = storeOf(HOUSE)
  await store.start()
  failing.add('/etc/')
  await store.open(find('/etc'))
  expect(shown()).toEqual(['/etc', '/etc …', '/srv', '/readme'])
  expect(store.errorOf(find('/etc'))).toMatchObject({ message: 'the repository went away' })
  failing.clear()
  await store.retry(find('/etc'))
  expect(shown()).toEqual(['/etc', '/etc/nginx', '/etc/hosts', '/srv', '/readme'])
  expect(store.errorOf(find('/etc'))).toBeUndefined()
})

test('a snapshot whose root cannot be read can be tried again', async () => {
  const { store, failing, shown } = storeOf(HOUSE)
  failing.add('/')
  await store.start()
  expect(shown()).toEqual(['/ …'])
  failing.clear()
  await store.retry(0)
  expect(shown()).toEqual(['/etc', '/srv', '/readme'])
})

test('a screen that is entered anew after a failure shows it once, and does not ask again by itself', async () => {
  const { store, asked, failing, shown } = storeOf(HOUSE)
  failing.add('/')
  await store.start()
  await store.start()
  expect(shown()).toEqual(['/ …'])
  expect(asked).toEqual(['/'])
})

test('a range whose other end was closed away begins at the keyboard', async () => {
  const { store, find } = storeOf(HOUSE)
  await store.start()
  await store.open(find('/etc'))
  store.moveTo(store.positionOf(find('/etc/hosts')))
  store.moveTo(store.positionOf(find('/readme')), { extend: true })
  store.close(find('/etc'))
  store.toggleActive({ range: true })
  expect(store.chosen().include).toEqual(['/readme'])
})

test('the keyboard stays on its row while rows come and go above it', async () => {
  const { store, find } = storeOf(HOUSE)
  await store.start()
  store.moveTo(2)
  await store.open(find('/etc'))
  expect(store.columns.path(store.active)).toBe('/readme')
  expect(store.activePosition).toBe(4)
})

test('the keyboard comes up to a directory that is closed around it', async () => {
  const { store, find } = storeOf(HOUSE)
  await store.start()
  await store.open(find('/etc'))
  await store.open(find('/etc/nginx'))
  store.moveTo(2)
  store.close(find('/etc'))
  expect(store.columns.path(store.active)).toBe('/etc')
})

test('what is chosen is counted as far as it has been read', async () => {
  const { store, find } = storeOf(HOUSE)
  await store.start()
  store.toggle(find('/etc'))
  store.toggle(find('/readme'))
  expect(store.chosen()).toEqual({ count: 2, bytes: 6, unread: 1, include: ['/etc', '/readme'], exclude: [] })
  await store.open(find('/etc'))
  await store.open(find('/etc/nginx'))
  expect(store.chosen()).toMatchObject({ count: 2, bytes: 6 + 5 + 10, unread: 0 })
  store.toggle(find('/etc/nginx'))
  expect(store.chosen()).toEqual({ count: 2, bytes: 11, unread: 0, include: ['/etc/hosts', '/readme'], exclude: [] })
})

test('a large directory but for a few is said so, and one that was not chosen itself never is', async () => {
  const names = Array.from({ length: 1000 }, (_, at) => `file-${at}`)
  const { store, find } = storeOf({ '/': ['big/'], '/big/': names })
  await store.start()
  await store.open(find('/big'))
  store.setRange(1, 1000, true)
  expect(store.chosen().include).toHaveLength(1000)
  expect(store.chosen().include).not.toContain('/big')
  store.toggle(find('/big'))
  store.setRange(1, 2, false)
  expect(store.chosen()).toMatchObject({ include: ['/big'], exclude: ['/big/file-0', '/big/file-1'] })
})

test('the whole snapshot is one rule', async () => {
  const { store } = storeOf(HOUSE)
  await store.start()
  store.toggle(0)
  expect(store.chosen()).toMatchObject({ include: ['/'], exclude: [], count: 1 })
  store.clearSelection()
  expect(store.chosen()).toMatchObject({ include: [], exclude: [], count: 0 })
})

test('a path is led to through directories that were not read, with the keyboard on it', async () => {
  const { store, find, shown, asked } = storeOf(HOUSE)
  const node = await store.reveal('/etc/nginx/nginx.conf')
  expect(node).toBe(find('/etc/nginx/nginx.conf'))
  expect(store.active).toBe(node)
  expect(shown()).toContain('/etc/nginx/nginx.conf')
  expect(asked).toEqual(['/', '/etc/', '/etc/nginx/'])
  expect(store.takeSummons()).toBe(true)
  expect(store.takeSummons()).toBe(false)
})

test('a path that leads nowhere is told, and the keyboard stays where it was', async () => {
  const { store, find } = storeOf(HOUSE)
  await store.start()
  expect(await store.reveal('/etc/nothing/there')).toBeNull()
  expect(store.active).toBe(find('/etc'))
  expect(store.takeSummons()).toBe(false)
})

test('on the way to a path, a directory that could not be read before is tried again, and fails with its reason', async () => {
  const { store, failing, find } = storeOf(HOUSE)
  await store.start()
  failing.add('/etc/')
  await store.open(find('/etc'))
  await expect(store.reveal('/etc/hosts')).rejects.toThrow('the repository went away')
  failing.clear()
  expect(await store.reveal('/etc/hosts')).toBe(find('/etc/hosts'))
})

test('two who lead to paths in one directory at once wait for the same request', async () => {
  const { store, asked } = storeOf(HOUSE)
  const [one, two] = await Promise.all([store.reveal('/etc/hosts'), store.reveal('/etc/nginx')])
  expect(one).not.toBeNull()
  expect(two).not.toBeNull()
  expect(asked).toEqual(['/', '/etc/'])
})

test('one node is chosen alone, whatever was chosen before', async () => {
  const { store, find } = storeOf(HOUSE)
  await store.start()
  store.toggle(find('/srv'))
  store.chooseOnly((await store.reveal('/etc/hosts')) ?? 0)
  expect(store.chosen()).toMatchObject({ include: ['/etc/hosts'], exclude: [], count: 1 })
})

test('all that could not be read is tried again when asked to', async () => {
  const { store, failing, find, shown } = storeOf(HOUSE)
  await store.start()
  for (const path of ['/etc/', '/srv/']) failing.add(path)
  await Promise.all([store.open(find('/etc')), store.open(find('/srv'))])
  failing.clear()
  await store.retryFailed()
  expect(shown()).toEqual(['/etc', '/etc/nginx', '/etc/hosts', '/srv', '/srv …', '/readme'])
})

test('a directory has bytes once all that is below it was read', async () => {
  const { store, find } = storeOf(HOUSE)
  await store.start()
  await store.open(find('/etc'))
  expect(store.bytesOf(find('/etc'))).toBeUndefined()
  await store.open(find('/etc/nginx'))
  expect(store.bytesOf(find('/etc'))).toBe(5 + 10)
  expect(store.bytesOf(find('/readme'))).toBe(6)
})

test('only a closed directory that was not read is read ahead', async () => {
  const ahead: string[] = []
  const store = new TreeStore({
    rootTreeId: '/',
    load: async (path) => packListing([nodes(path, HOUSE[path] ?? [])]),
    readAhead: (path) => ahead.push(path),
  })
  await store.start()
  const [etc = 0, srv = 0, readme = 0] = store.rows
  await store.open(etc)
  for (const row of [etc, srv, readme, ~etc]) store.readAhead(row)
  expect(ahead).toEqual(['/srv/'])
})
