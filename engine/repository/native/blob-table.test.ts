import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { BlobTable } from './blob-table.ts'

const idOf = (n: number): string => createHash('sha256').update(String(n)).digest('hex')

test('finds each of many blobs where it was put, and none that was not', () => {
  const table = new BlobTable()
  for (let n = 0; n < 20_000; n += 1) {
    table.add(idOf(n), { packId: idOf(-1 - (n % 40)), offset: n, length: n + 1, plainLength: n + 2 })
  }
  expect(table.size).toBe(20_000)
  for (let n = 0; n < 20_000; n += 1) {
    expect(table.find(idOf(n))).toEqual([{ packId: idOf(-1 - (n % 40)), offset: n, length: n + 1, plainLength: n + 2 }])
  }
  expect(table.find(idOf(20_000))).toEqual([])
})

test('keeps every place of a blob that lies in several packs', () => {
  const table = new BlobTable()
  table.add(idOf(1), { packId: idOf(2), offset: 0, length: 40, plainLength: 0 })
  table.add(idOf(1), { packId: idOf(3), offset: 4_294_967_295, length: 40, plainLength: 9 })
  expect(table.find(idOf(1)).map(({ packId, offset }) => [packId, offset])).toEqual([
    [idOf(2), 0],
    [idOf(3), 4_294_967_295],
  ])
})

test('the same place twice is one place', () => {
  const table = new BlobTable()
  const place = { packId: idOf(2), offset: 7, length: 40, plainLength: 0 }
  table.add(idOf(1), place)
  table.add(idOf(1), place)
  expect(table.find(idOf(1))).toEqual([place])
})

test('a million blobs take under 100 MB', () => {
  const table = new BlobTable()
  const id = Buffer.alloc(32)
  for (let n = 0; n < 1_000_000; n += 1) {
    id.writeUInt32LE((n * 2_654_435_761) % 2 ** 32, 0)
    id.writeUInt32LE(n, 4)
    table.add(id.toString('hex'), { packId: idOf(n % 100), offset: n, length: 1, plainLength: 1 })
  }
  expect(table.bytes).toBeLessThan(100e6)
})
