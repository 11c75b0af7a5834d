import { expect, it } from 'vitest'
import type { ResticRepository } from '../restic/repository.ts'
import { folderTotals } from './folder-totals.ts'
import { readStoredOutline } from './stored-outline.ts'
import { openTreeReader } from './tree-reader.ts'
import type { TreeSource } from './tree-source.ts'
import { walk } from './walk.ts'

const ID = 'a'.repeat(64)
const FILES = 4_000
const STORED = Buffer.from(
  JSON.stringify({
    nodes: Array.from({ length: FILES }, (_, at) => ({
      name: `file-${String(at).padStart(5, '0')}`,
      type: 'file',
      mtime: '2026-01-01T00:00:00Z',
      size: 1,
      content: [ID],
    })),
  }),
)

const REPOSITORY: ResticRepository = {
  restic: { path: 'restic', version: '0.18.0' },
  access: { url: '/nowhere', username: '', serverPassword: '', password: 'unused' },
  cacheDirectory: '/nowhere',
  mark: {},
}

/** A reader that finds one large directory under any id, and the bytes that it was handed. */
function largeDirectory() {
  const handedOut: Buffer[] = []
  const source: TreeSource = {
    served: 'native',
    atOnce: 4,
    forget: () => undefined,
    readContents: () => Promise.reject(new Error('there is none')),
    snapshots: () => Promise.resolve([]),
    read: () => {
      const copy = Buffer.alloc(STORED.length)
      STORED.copy(copy)
      handedOut.push(copy)
      return Promise.resolve(copy)
    },
  }
  const reader = openTreeReader(REPOSITORY, { source })
  return { reader, handedOut }
}

it('all who read a large directory at once read it whole, and its bytes are given back then', async () => {
  const { reader, handedOut } = largeDirectory()
  const names = new Set(['file-03999'])
  const [listing, all, some, outline, again] = await Promise.all([
    reader.list(ID, {}),
    reader.nodes(ID, {}),
    reader.nodes(ID, { names }),
    reader.read(ID, readStoredOutline, {}),
    reader.list(ID, {}),
  ])
  expect(listing.name).toHaveLength(FILES)
  expect(again).toBe(listing)
  expect(all.map(({ name }) => name)).toEqual(listing.name)
  expect(some.map(({ name }) => name)).toEqual([...names])
  expect(outline.names).toBe(listing.name.map((name) => `${name}\0`).join(''))
  expect(handedOut.map(({ length }) => length)).toEqual([0])
})

it('a walk goes through a large directory whose bytes others have given back', async () => {
  const { reader, handedOut } = largeDirectory()
  let walked = 0
  for await (const { node } of walk(reader, ID, {})) {
    if (walked === 0) await reader.list(ID, { passing: true })
    walked += node.size
  }
  expect(walked).toBe(FILES)
  expect(await folderTotals(reader, ID, {})).toEqual({ bytes: FILES, files: FILES, directories: 0, others: 0 })
  expect(handedOut.map(({ length }) => length)).toEqual([0, 0, 0])
})
