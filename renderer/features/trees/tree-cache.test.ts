import { implement } from '@orpc/server'
import { expect, test } from 'vitest'
import { consoleContract } from '../../../contract/console/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { connect } from '../../../contract/wire/client.ts'
import { memoryPorts } from '../../../contract/wire/memory-port.ts'
import { servePort } from '../../../contract/wire/serve-port.ts'
import { WireHandler } from '../../../contract/wire/server-codec.ts'
import { TreeCache } from './tree-cache.ts'

const TREE = 'a'.repeat(64)
const address = { hostId: 'local', repositoryId: 'one', treeId: TREE }

function cacheOver(total: number) {
  const asked: number[] = []
  const state = { failing: false }
  const os = implement(consoleContract)
  const router = os.router({
    tree: {
      list: os.tree.list.handler(({ input }) => {
        asked.push(input.offset)
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
          servedBy: 'native' as const,
          keptSince: null,
        }
      }),
    },
  } as never)
  const [ours, theirs] = memoryPorts()
  servePort(theirs, new WireHandler(router, () => 'none'), {})
  return { cache: new TreeCache(connect(consoleContract, ours)), asked, state }
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
