import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { MissingFile } from './backend.ts'
import { DamagedFile } from './damaged-file.ts'
import { type IndexFiles, PieceIndex } from './piece-index.ts'

const idOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** An index file of pieces, each in a pack of its own. */
function indexOf(...pieces: readonly string[]): string {
  const packs = pieces.map((piece) => ({
    id: idOf(`pack of ${piece}`),
    blobs: [{ id: idOf(piece), type: 'data', offset: 0, length: 100 }],
  }))
  return JSON.stringify({ packs })
}

/** Index files that keep account of which were read. */
function filesOf(
  contents: Record<string, string | Error>,
): IndexFiles & { readonly read: IndexFiles['read']; reads: string[] } {
  const reads: string[] = []
  return {
    reads,
    list: async () => Object.keys(contents).filter((id) => !(contents[id] instanceof MissingFile)),
    read: async (id) => {
      reads.push(id)
      const content = contents[id] ?? new MissingFile(`index/${id}`)
      if (content instanceof Error) throw content
      return Buffer.from(content)
    },
  }
}

const packsOf = (places: ReadonlyMap<string, { readonly packId: string }>): string[] =>
  Array.from(places.values(), ({ packId }) => packId)

test('index files are read until every piece is found, and later only those that have it', async () => {
  const files = filesOf({ one: indexOf('a', 'b'), two: indexOf('c'), three: indexOf('d') })
  const index = new PieceIndex(files)
  expect(packsOf(await index.find([idOf('d'), idOf('b')], {}))).toEqual([idOf('pack of d'), idOf('pack of b')])
  files.reads.length = 0
  await index.find([idOf('b'), idOf('d')], {})
  expect(files.reads).toEqual([])
  await index.find([idOf('c')], {})
  expect(files.reads).toEqual(['two'])
  expect(index.bytes).toBe(16)
})

test('a piece that came later is found in the index that came with it', async () => {
  const contents: Record<string, string> = { one: indexOf('a') }
  const files = filesOf(contents)
  const index = new PieceIndex(files)
  expect(await index.find([idOf('later')], {})).toEqual(new Map())
  contents['two'] = indexOf('later')
  files.reads.length = 0
  expect(packsOf(await index.find([idOf('later')], {}))).toEqual([idOf('pack of later')])
  expect(files.reads).toEqual(['two'])
})

test('an index that was rewritten is forgotten, and what it held is found in the new one', async () => {
  const contents: Record<string, string> = { old: indexOf('a', 'b') }
  const index = new PieceIndex(filesOf(contents))
  await index.find([idOf('a')], {})
  delete contents['old']
  contents['new'] = indexOf('b', 'a', 'c')
  expect(packsOf(await index.find([idOf('b')], {}))).toEqual([idOf('pack of b')])
  expect(index.bytes).toBe(12)
})

test('a damaged index is told only to those who may need it', async () => {
  const damage = new DamagedFile('index/two', 'it is no index')
  const index = new PieceIndex(filesOf({ one: indexOf('a'), two: damage }))
  expect((await index.find([idOf('a')], {})).size).toBe(1)
  await expect(index.find([idOf('b')], {})).rejects.toBe(damage)
})

test('every place of a piece is known when all are asked for', async () => {
  const twice = JSON.stringify({
    packs: ['first', 'second'].map((pack) => ({
      id: idOf(pack),
      blobs: [{ id: idOf('a'), type: 'data', offset: 0, length: 100 }],
    })),
  })
  const index = new PieceIndex(filesOf({ one: twice, two: indexOf('a') }))
  const places = (await index.findAll([idOf('a')], {})).get(idOf('a')) ?? []
  expect(places.map(({ packId }) => packId)).toEqual([idOf('first'), idOf('second'), idOf('pack of a')])
})
