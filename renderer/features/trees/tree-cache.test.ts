import { implement } from '@orpc/server'
import { expect, test } from 'vitest'
import { consoleContract } from '../../../contract/console/index.ts'
import { Fault } from '../../../contract/errors.ts'
import type { ServedBy } from '../../../contract/shapes/tree.ts'
import { connect } from '../../../contract/wire/client.ts'
import { memoryPorts } from '../../../contract/wire/memory-port.ts'
import { servePort } from '../../../contract/wire/serve-port.ts'
import { WireHandler } from '../../../contract/wire/server-codec.ts'
import { TreeCache } from './tree-cache.ts'

const TREE = 'a'.repeat(64)
const address = { hostId: 'local', repositoryId: 'one', treeId: TREE }
const treeOf = (letter: string) => ({ ...address, treeId: letter.repeat(64) })
/** What is read ahead is told to nobody: all that was asked before has been answered once this has. */
const settled = async (cache: TreeCache): Promise<void> => void (await cache.list(treeOf('f')))

interface Answering {
  readonly servedBy?: ServedBy
  readonly keptSince?: string | null
  /** Bytes that the cache may keep. */
  readonly capacity?: number
}

function cacheOver(total: number, { servedBy = 'native', keptSince = null, capacity }: Answering = {}) {
  const asked: number[] = []
  const trees: string[] = []
  const gate: { held: Promise<void> | null } = { held: null }
  const state = { failing: false }
  const os = implement(consoleContract)
  const router = os.router({
    tree: {
      list: os.tree.list.handler(async ({ input }) => {
        asked.push(input.offset)
        trees.push(input.treeId.slice(0, 1))
        await gate.held
        if (state.failing) throw new Fault('unreachable', { host: 'local', reason: 'gone' })
        const rows = Array.from({ length: Math.min(input.limit, total - input.offset) }, (_, row) => row + input.offset)
        return {
          treeId: input.treeId,
          offset: input.offset,
          total,
          nodes: {
            name: rows.map((row) => `file-${row}`),
            type: rows.map(() => 'file' as const),
            size: rows.map((row) => row),
            modified: rows.map(() => '2026-11-21T02:00:00+01:00'),
            mode: rows.map(() => 0o644),
            treeId: rows.map(() => null),
            linkTarget: rows.map(() => null),
          },
          servedBy,
          keptSince,
        }
      }),
    },
  } as never)
  const [ours, theirs] = memoryPorts()
  servePort(theirs, new WireHandler(router, () => 'none'), {})
  const cache = new TreeCache(connect(consoleContract, ours), capacity === undefined ? {} : { capacity })
  return { cache, asked, trees, gate, state }
}

test('the pages of a large directory are one listing, in order', async () => {
  const { cache, asked } = cacheOver(25_001)
  const listing = await cache.list(address)
  expect(asked).toEqual([0, 10_000, 20_000])
  expect(listing.names).toHaveLength(25_001)
  expect(listing.names[20_000]).toBe('file-20000')
  expect(listing.sizes[25_000]).toBe(25_000)
})

test('a directory is asked for once, also by two at the same time', async () => {
  const { cache, asked } = cacheOver(3)
  const [first, second] = await Promise.all([cache.list(address), cache.list(address)])
  expect(second).toBe(first)
  expect(await cache.list(address)).toBe(first)
  expect(asked).toEqual([0])
})

test('what failed is asked for again', async () => {
  const { cache, asked, state } = cacheOver(3)
  state.failing = true
  await expect(cache.list(address)).rejects.toMatchObject({ code: 'unreachable' })
  state.failing = false
  expect((await cache.list(address)).names).toHaveLength(3)
  expect(asked).toEqual([0, 0])
})

test('what was read ahead is there when it is wanted, and was asked for once', async () => {
  const { cache, trees } = cacheOver(3)
  cache.readAhead(address)
  cache.readAhead(address)
  await settled(cache)
  expect((await cache.list(address)).names).toHaveLength(3)
  expect(trees).toEqual(['a', 'f'])
})

test('what is wanted while it is read ahead waits for that', async () => {
  const { cache, trees } = cacheOver(3)
  cache.readAhead(address)
  expect((await cache.list(address)).names).toHaveLength(3)
  expect(trees).toEqual(['a'])
})

test('two are read ahead at once, and of those that wait only the last', async () => {
  const { cache, trees, gate } = cacheOver(3)
  const opened = Promise.withResolvers<void>()
  gate.held = opened.promise
  for (const letter of ['a', 'b', 'c', 'd', 'e']) cache.readAhead(treeOf(letter))
  gate.held = null
  opened.resolve()
  await settled(cache)
  await cache.list(treeOf('e'))
  expect(trees.filter((letter) => letter !== 'f')).toEqual(['a', 'b', 'e'])
})

test('of a huge directory one page is read ahead, once, and the rest when it is wanted', async () => {
  const { cache, asked } = cacheOver(25_001)
  cache.readAhead(address)
  await settledPage(asked)
  cache.readAhead(address)
  expect(asked).toEqual([0])
  expect((await cache.list(address)).names).toHaveLength(25_001)
  expect(asked).toEqual([0, 10_000, 20_000])
})

async function settledPage(asked: readonly number[]): Promise<void> {
  await expect.poll(() => asked.length).toBe(1)
}

test('what fails ahead fails for nobody, and is asked for again when it is wanted', async () => {
  const { cache, state } = cacheOver(3)
  state.failing = true
  cache.readAhead(address)
  await expect(settled(cache)).rejects.toMatchObject({ code: 'unreachable' })
  state.failing = false
  expect((await cache.list(address)).names).toHaveLength(3)
})

test('nothing is read ahead where restic does the reading', async () => {
  const { cache, trees } = cacheOver(3, { servedBy: 'restic' })
  await cache.list(treeOf('b'))
  cache.readAhead(address)
  await settled(cache)
  expect(trees).toEqual(['b', 'f'])
})

test('memory is bounded: what was used longest ago is read again', async () => {
  const { cache, trees } = cacheOver(100, { capacity: 12_000 })
  for (const letter of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.list(treeOf(letter))
  expect(trees).toEqual(['a', 'b', 'c', 'b'])
  expect(cache.bytes).toBeLessThanOrEqual(12_000)
})

test('who read a repository’s directories is known, and how old the oldest kept one is', async () => {
  const { cache } = cacheOver(3, { keptSince: '2026-11-21T10:00:00.000Z' })
  const told: unknown[] = []
  cache.served.subscribe(() => told.push(cache.served.of(address)))
  expect(cache.served.of(address)).toBeUndefined()
  await cache.list(address)
  await cache.list(treeOf('b'))
  expect(told).toEqual([{ servedBy: 'native', keptSince: '2026-11-21T10:00:00.000Z' }])
})
