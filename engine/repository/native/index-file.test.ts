import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { BlobPlace } from './blob-table.ts'
import { DamagedFile } from './damaged-file.ts'
import { chosenBlobs, readIndexFile } from './index-file.ts'
import { ALL_TREES, scanIndex } from './index-scan.ts'

const idOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const INDEX = {
  packs: [
    {
      id: idOf('trees'),
      blobs: [
        { id: idOf('one'), type: 'tree', offset: 0, length: 4_294_967_295, uncompressed_length: 1000 },
        { id: idOf('two'), type: 'tree', offset: 38, length: 40 },
      ],
    },
    { id: idOf('files'), blobs: [{ id: idOf('three'), type: 'data', offset: 0, length: 50 }] },
    { id: idOf('mixed'), blobs: [{ id: idOf('one'), type: 'tree', offset: 7, length: 60 }] },
  ],
}
const TREES: readonly (readonly [string, BlobPlace])[] = [
  [idOf('one'), { packId: idOf('trees'), offset: 0, length: 4_294_967_295, plainLength: 1000 }],
  [idOf('two'), { packId: idOf('trees'), offset: 38, length: 40, plainLength: 0 }],
  [idOf('one'), { packId: idOf('mixed'), offset: 7, length: 60, plainLength: 0 }],
]

function treesOf(text: string): [string, BlobPlace][] {
  const trees: [string, BlobPlace][] = []
  readIndexFile(Buffer.from(text), 'index/x', (id, place) => trees.push([id, place]))
  return trees
}

test('the form that restic writes is scanned, and means what JSON says', () => {
  const text = JSON.stringify(INDEX)
  expect(scanIndex(Buffer.from(text), ALL_TREES)?.map(({ id, place }) => [id, place])).toEqual(TREES)
  expect(treesOf(text)).toEqual(TREES)
  expect(scanIndex(Buffer.from(`${text}\n`), ALL_TREES)).toHaveLength(TREES.length)
})

test.each([
  ['with blanks', JSON.stringify(INDEX, null, 1)],
  ['with a key that is new', JSON.stringify({ ...INDEX, supersedes: [] })],
  ['with keys in another order', JSON.stringify({ supersedes: [idOf('old')], packs: INDEX.packs })],
  ['with blobs in another order', JSON.stringify(INDEX).replace(/("offset":\d+),("length":\d+)/g, '$2,$1')],
])('an index %s is not scanned, and read all the same', (_, text) => {
  expect(scanIndex(Buffer.from(text), ALL_TREES)).toBeUndefined()
  expect(treesOf(text)).toEqual(TREES)
})

test('pieces of files are chosen by the first four bytes of their ids', () => {
  const prints: number[] = []
  const print = Number.parseInt(idOf('three').slice(0, 8), 16)
  const choice = { trees: false, piece: (one: number) => prints.push(one) > 0 && one === print }
  const piece = { id: idOf('three'), place: { packId: idOf('files'), offset: 0, length: 50, plainLength: 0 } }
  for (const text of [JSON.stringify(INDEX), JSON.stringify(INDEX, null, 1)]) {
    expect(chosenBlobs(Buffer.from(text), 'index/x', choice)).toEqual([piece])
  }
  expect(prints).toEqual([print, print])
})

test('an index without packs holds nothing', () => {
  expect(treesOf('{"packs":[]}')).toEqual([])
  expect(treesOf('{"packs":null}')).toEqual([])
})

test('an index cut off anywhere is damaged', () => {
  const text = JSON.stringify(INDEX)
  for (let length = 0; length < text.length; length += 1) {
    expect(() => treesOf(text.slice(0, length)), text.slice(0, length)).toThrow(DamagedFile)
  }
})

test.each([
  ['a number that is too large', ['4294967295', '4294967296']],
  ['a number with a leading zero', ['"offset":38', '"offset":038']],
  ['an id in capitals', [idOf('two'), idOf('two').toUpperCase()]],
  ['a blob of an unknown type', ['"type":"data"', '"type":"dada"']],
  ['more after its end', [/$/, '}']],
] as const)('an index with %s is damaged', (_, [from, to]) => {
  expect(() => treesOf(JSON.stringify(INDEX).replace(from, to))).toThrow(DamagedFile)
})
