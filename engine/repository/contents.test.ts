import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { noise } from '../../test/noise.ts'
import {
  backUp,
  copyRepository,
  type MadeRepository,
  makeRepository,
  requireTool,
  runRestic,
  runResticForBytes,
  withoutRestic,
  writeFiles,
} from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { readContents } from './contents.ts'
import type { Backend } from './native/backend.ts'
import { localBackend } from './native/backends/local-backend.ts'
import { stat } from './resolve.ts'
import type { StoredNode } from './stored-node.ts'
import { openTreeReader, type TreeReader } from './tree-reader.ts'
import { openTreeSource, resticTreeSource } from './tree-source.ts'

const MIB = 2 ** 20
const FILES = {
  empty: '',
  small: 'a few words\n',
  large: noise(1, 20 * MIB),
  'text.log': 'the same line again and again\n'.repeat(100_000),
}

const directory = temporaryDirectory()
afterAll(() => directory[Symbol.asyncDispose]())

const EVERYTHING = Number.POSITIVE_INFINITY

async function nodeAt(reader: TreeReader, { treeId }: MadeRepository, name: string): Promise<StoredNode> {
  const node = await stat(reader, { treeId, path: `/${name}` }, {})
  if (node === undefined) throw new Error(`${name} is not in the snapshot`)
  return node
}

interface Counted {
  readonly backend: Backend
  readonly ranges: { readonly packId: string; readonly length: number }[]
  /** The most ranges that were asked for at once. */
  atOnce: number
}

/** A local backend that keeps account of the packs that are read. */
function counting({ repository }: MadeRepository): Counted {
  const local = localBackend(repository.access.url)
  let open = 0
  const counted: Counted = {
    ranges: [],
    atOnce: 0,
    backend: {
      ...local,
      async readRange(packId, offset, length, reading) {
        counted.ranges.push({ packId, length })
        open += 1
        counted.atOnce = Math.max(counted.atOnce, open)
        try {
          return await local.readRange(packId, offset, length, reading)
        } finally {
          open -= 1
        }
      },
    },
  }
  return counted
}

requireTool('restic')('what a file holds', () => {
  let made: MadeRepository
  beforeAll(async () => {
    const first = await makeRepository({ directory: directory.path, files: FILES })
    truncateSync(join(first.source, 'empty'))
    await writeFiles(first.source, { sparse: 'begins' })
    truncateSync(join(first.source, 'sparse'), 30 * MIB)
    made = { ...first, ...(await backUp(first.repository, first.source)) }
  })

  it('is what restic dumps, and its beginning is the beginning of that', async () => {
    const reader = openTreeReader(withoutRestic(made.repository))
    for (const name of [...Object.keys(FILES), 'sparse']) {
      const node = await nodeAt(reader, made, name)
      const dumped = await runResticForBytes(made.repository, ['dump', '--no-lock', made.snapshotId, `/${name}`])
      expect(dumped.length).toBe(node.size)
      for (const limit of [0, 1, 100_000, 5 * MIB + 1, node.size, EVERYTHING]) {
        const ours = await readContents(reader, node, { limit })
        expect([name, limit, ours.equals(dumped.subarray(0, limit))]).toEqual([name, limit, true])
      }
    }
  })

  it('is the same where restic reads it', async () => {
    const reader = openTreeReader(made.repository, { source: resticTreeSource(made.repository) })
    const large = await nodeAt(reader, made, 'large')
    const ours = await readContents(reader, large, { limit: large.size / 8 })
    expect(ours.equals(FILES.large.subarray(0, large.size / 8))).toBe(true)
    expect(await readContents(reader, await nodeAt(reader, made, 'empty'), { limit: 1 })).toEqual(Buffer.alloc(0))
  })

  it('cannot be told when a piece of it is nowhere', async () => {
    const id = 'f'.repeat(64)
    const reading = openTreeReader(made.repository).contents([id], { limit: 1 })
    await expect(reading).rejects.toMatchObject({ code: 'not_found', data: { what: 'blob', id } })
  })

  it('is asked of restic when our own reader fails', async () => {
    const failing: Backend = {
      ...localBackend(made.repository.access.url),
      readRange: () => Promise.reject(new Error('the disk says no')),
    }
    const reader = openTreeReader(made.repository, { source: openTreeSource(made.repository, failing) })
    expect((await readContents(reader, await nodeAt(reader, made, 'small'), { limit: 5 })).toString()).toBe('a few')
  })

  it('takes no more reading than its beginning needs, neighbours together and the rest side by side', async () => {
    const counted = counting(made)
    const source = openTreeSource(made.repository, counted.backend)
    const reader = openTreeReader(made.repository, { source })
    const large = await nodeAt(reader, made, 'large')
    expect(large.content.length).toBeGreaterThan(8)
    counted.ranges.length = 0
    await readContents(reader, large, { limit: 1 })
    expect(counted.ranges).toHaveLength(1)
    counted.ranges.length = 0
    await readContents(reader, large, { limit: large.size })
    // restic decides which pieces lie side by side, anew in each repository.
    expect(counted.ranges.length).toBeLessThanOrEqual(large.content.length)
    expect(counted.ranges.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(large.size * 1.01)
    if (counted.ranges.length > 1) expect(counted.atOnce).toBeGreaterThan(1)
    counted.ranges.length = 0
    await readContents(reader, await nodeAt(reader, made, 'sparse'), { limit: EVERYTHING })
    expect(counted.ranges.length).toBeLessThan(5)
  })

  it('reads an index again only for pieces that are in it', async () => {
    await using elsewhere = temporaryDirectory()
    const copy = await copyRepository(made, elsewhere.path)
    const local = localBackend(copy.repository.access.url)
    let indexes = 0
    const backend: Backend = {
      ...local,
      read: (folder, ...rest) => {
        if (folder === 'index') indexes += 1
        return local.read(folder, ...rest)
      },
    }
    const reader = openTreeReader(copy.repository, { source: openTreeSource(copy.repository, backend) })
    const [small, large] = [await nodeAt(reader, copy, 'small'), await nodeAt(reader, copy, 'large')]
    indexes = 0
    await readContents(reader, small, { limit: 1 })
    await readContents(reader, small, { limit: 1 })
    expect(indexes).toBeLessThanOrEqual(2)
    indexes = 0
    await readContents(reader, large, { limit: EVERYTHING })
    expect(indexes).toBeLessThanOrEqual(1)
    const more = join(elsewhere.path, 'more')
    await writeFiles(more, { later: 'later' })
    const later = await backUp(copy.repository, more)
    const node = await stat(reader, { treeId: later.treeId, path: '/later' }, {})
    expect((await reader.contents(node?.content ?? [], { limit: EVERYTHING })).toString()).toBe('later')
  })

  it('is found where a prune has put it meanwhile', async () => {
    await using elsewhere = temporaryDirectory()
    const copy = await copyRepository(made, elsewhere.path)
    const counted = counting(copy)
    const source = openTreeSource(withoutRestic(copy.repository), counted.backend)
    const reader = openTreeReader(copy.repository, { source })
    const node = await nodeAt(reader, copy, 'small')
    counted.ranges.length = 0
    await readContents(reader, node, { limit: EVERYTHING })
    const before = counted.ranges.map(({ packId }) => packId)
    const less = join(elsewhere.path, 'less')
    await writeFiles(less, { small: FILES.small })
    await backUp(copy.repository, less)
    await runRestic(copy.repository, ['forget', '--prune', '--max-unused', '0', '--group-by', '', '--keep-last', '1'])
    counted.ranges.length = 0
    expect((await readContents(reader, node, { limit: EVERYTHING })).toString()).toBe(FILES.small)
    expect(counted.ranges.map(({ packId }) => packId)).toEqual([...before, expect.not.stringMatching(String(before))])
  })

  it('ends when it is told to', async () => {
    const reader = openTreeReader(made.repository)
    const large = await nodeAt(reader, made, 'large')
    const reading = readContents(reader, large, { limit: EVERYTHING, signal: AbortSignal.abort() })
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
  })
})
