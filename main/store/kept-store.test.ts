import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { KeptStore } from './index.ts'

const MARK = Buffer.alloc(32, 1)
const LIMIT = 10_000

function addressOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const HOST = addressOf('host')
const REPOSITORY = addressOf('repository')

function rowOf(name: string, size = 1000) {
  return { address: addressOf(name), host: HOST, repository: REPOSITORY, sealed: randomBytes(size) }
}

function names(store: KeptStore, from: readonly string[]): string[] {
  return from.filter((name) => store.get(addressOf(name)) !== null)
}

const letters = [...'abcdefghijklmnopqrstuvwxyz']

test('what was put is there after it was opened again, for its user alone', async () => {
  await using directory = temporaryDirectory()
  const row = rowOf('a')
  {
    using store = new KeptStore(directory.path, { mark: MARK, limit: LIMIT })
    store.put(rowOf('a'))
    store.put(row)
    for (const name of readdirSync(directory.path)) {
      expect(`${name} ${statSync(join(directory.path, name)).mode & 0o077}`).toBe(`${name} 0`)
    }
  }
  using store = new KeptStore(directory.path, { mark: MARK, limit: LIMIT })
  expect(store.get(row.address)?.equals(row.sealed)).toBe(true)
  store.delete(row.address)
  expect(store.get(row.address)).toBeNull()
})

test('beyond its bound, what was not used for the longest time goes, also over a restart', async () => {
  await using directory = temporaryDirectory()
  {
    using store = new KeptStore(directory.path, { mark: MARK, limit: LIMIT })
    for (const name of letters.slice(0, 10)) store.put(rowOf(name))
    expect(store.get(addressOf('a'))).not.toBeNull()
    store.put(rowOf('k'))
    expect(names(store, ['a', 'b'])).toEqual(['a'])
    expect(store.get(addressOf('c'))).not.toBeNull()
  }
  using store = new KeptStore(directory.path, { mark: MARK, limit: LIMIT })
  store.put(rowOf('l', 3000))
  expect(names(store, letters)).toEqual(['a', 'c', 'g', 'h', 'i', 'j', 'k', 'l'])
})

test('what takes the place of another counts once, and what would drive out all else is not taken', async () => {
  await using directory = temporaryDirectory()
  using store = new KeptStore(directory.path, { mark: MARK, limit: LIMIT })
  store.put(rowOf('a'))
  for (let round = 0; round < 30; round += 1) store.put(rowOf('b'))
  store.put(rowOf('c', LIMIT + 1))
  expect(names(store, ['a', 'b', 'c'])).toEqual(['a', 'b'])
})

test('what is somebody’s is dropped in parts, and what is another’s stays', async () => {
  await using directory = temporaryDirectory()
  using store = new KeptStore(directory.path, { mark: MARK, limit: 1 << 20 })
  const all = Array.from({ length: 100 }, (_, at) => `${at}`)
  for (const name of all) store.put(rowOf(name))
  store.put({ ...rowOf('own'), repository: null })
  store.put({ ...rowOf('other'), host: addressOf('another host') })
  expect(store.owners()).toHaveLength(3)
  expect(store.dropSome({ host: HOST, repository: REPOSITORY })).toBe(true)
  expect(names(store, all).length).toBeGreaterThan(0)
  while (store.dropSome({ host: HOST, repository: REPOSITORY }));
  expect(names(store, [...all, 'own', 'other'])).toEqual(['own', 'other'])
  store.dropSome({ host: HOST, repository: null })
  expect(store.owners()).toEqual([{ host: addressOf('another host'), repository: REPOSITORY }])
})

test.each([
  ['under another key', (directory: string) => put(directory, Buffer.alloc(32, 2))],
  [
    'that is no database',
    (directory: string) => writeFileSync(join(directory, 'kept.db'), 'not a database'.repeat(99)),
  ],
  ['of another version', (directory: string) => changed(directory, 'PRAGMA user_version = 99')],
  ['that has lost its mark', (directory: string) => changed(directory, 'DELETE FROM key')],
])('a file %s is begun anew', async (_, spoil) => {
  await using directory = temporaryDirectory()
  spoil(directory.path)
  using store = new KeptStore(directory.path, { mark: MARK, limit: LIMIT })
  expect(store.get(addressOf('a'))).toBeNull()
  store.put(rowOf('a'))
  expect(store.get(addressOf('a'))).not.toBeNull()
})

test('damage that shows later loses what was kept, and no more', async () => {
  await using directory = temporaryDirectory()
  put(directory.path, MARK)
  const file = join(directory.path, 'kept.db')
  // The roots of the tables and indexes are in the first pages: it opens, and only its rows cannot be read.
  writeFileSync(file, readFileSync(file).fill(0xff, 10 * 4096))
  using store = new KeptStore(directory.path, { mark: MARK, limit: LIMIT })
  expect(names(store, letters)).not.toEqual(letters)
  expect(names(store, letters)).toEqual([])
  store.put(rowOf('a'))
  expect(store.get(addressOf('a'))).not.toBeNull()
})

function put(directory: string, mark: Buffer): void {
  using store = new KeptStore(directory, { mark, limit: 1 << 20 })
  for (const name of letters) store.put(rowOf(name, 10_000))
}

function changed(directory: string, statement: string): void {
  put(directory, MARK)
  const database = new Database(join(directory, 'kept.db'))
  database.exec(statement)
  database.close()
}
