import { implement } from '@orpc/server'
import { expect, test } from 'vitest'
import { consoleContract } from '../../../contract/console/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { connect } from '../../../contract/wire/client.ts'
import { memoryPorts } from '../../../contract/wire/memory-port.ts'
import { servePort } from '../../../contract/wire/serve-port.ts'
import { WireHandler } from '../../../contract/wire/server-codec.ts'
import { FolderTotalsStore } from './folder-totals.ts'

const address = { hostId: 'local', repositoryId: 'one', treeId: 'a'.repeat(64) }
const TOTALS = { bytes: 300, files: 3, directories: 1, others: 0 }

/** A store over a host whose counts are answered one by one. */
function storeOver() {
  const asked: { readonly signal: AbortSignal | undefined; answer(value: typeof TOTALS | Fault): void }[] = []
  const os = implement(consoleContract)
  const router = os.router({
    tree: {
      totals: os.tree.totals.handler(async ({ signal }) => {
        const answer = Promise.withResolvers<typeof TOTALS | Fault>()
        asked.push({ signal, answer: answer.resolve })
        const value = await answer.promise
        if (value instanceof Fault) throw value
        return value
      }),
    },
  } as never)
  const [ours, theirs] = memoryPorts()
  servePort(theirs, new WireHandler(router, () => 'none'), {})
  return { store: new FolderTotalsStore(connect(consoleContract, ours)), asked }
}

test('a count is under way until it is known, and is asked for once', async () => {
  const { store, asked } = storeOver()
  const counted = store.count(address)
  void store.count(address)
  expect(store.of(address)).toEqual({ state: 'counting' })
  await expect.poll(() => asked).toHaveLength(1)
  asked[0]?.answer(TOTALS)
  await counted
  await store.count(address)
  expect(store.of(address)).toEqual({ state: 'known', totals: TOTALS })
  expect(asked).toHaveLength(1)
})

test('a count that is stopped is given up on the host too, and can be begun anew', async () => {
  const { store, asked } = storeOver()
  const given = store.count(address)
  await expect.poll(() => asked).toHaveLength(1)
  store.stop(address)
  await given
  expect(store.of(address)).toBeUndefined()
  await expect.poll(() => asked[0]?.signal?.aborted).toBe(true)
  const counted = store.count(address)
  await expect.poll(() => asked).toHaveLength(2)
  asked[1]?.answer(TOTALS)
  await counted
  expect(store.of(address)).toMatchObject({ state: 'known' })
})

test('a count that failed says why, and is asked for again', async () => {
  const { store, asked } = storeOver()
  const failed = store.count(address)
  await expect.poll(() => asked).toHaveLength(1)
  asked[0]?.answer(new Fault('unreachable', { host: 'db-01', reason: 'gone' }))
  await failed
  expect(store.of(address)).toMatchObject({ state: 'failed', error: { code: 'unreachable' } })
  void store.count(address)
  expect(store.of(address)).toEqual({ state: 'counting' })
})
