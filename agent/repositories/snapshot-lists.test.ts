import { expect, test } from 'vitest'
import { Fault } from '../../contract/errors.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { SnapshotLists } from './snapshot-lists.ts'

function snapshot(digit: string): Snapshot {
  const id = digit.repeat(64)
  const [time, hostname, username] = [`2026-11-2${digit}T10:00:00Z`, 'web-01', 'root']
  return { id, time, hostname, username, paths: ['/srv'], tags: [], treeId: id, files: null, bytes: null }
}

/** Lists of a repository that changes, with a clock that the test moves. */
function world() {
  const there = [snapshot('1')]
  const asked: AbortSignal[] = []
  const listed: string[] = []
  let elapsed = 0
  const lists = new SnapshotLists({
    onListed: (repositoryId, { length }) => listed.push(`${repositoryId} ${length}`),
    clock: { now: () => new Date(0), elapsed: () => elapsed },
    ask: async (_, signal) => {
      asked.push(signal)
      return [...there]
    },
  })
  const pass = (milliseconds: number): void => {
    elapsed += milliseconds
  }
  const signal = new AbortController().signal
  return { lists, there, asked, listed, pass, signal }
}

const ids = (snapshots: readonly Snapshot[]) => snapshots.map(({ id }) => id[0]).join('')

test('who lists the snapshots gets those that are there now', async () => {
  const { lists, there, listed, signal } = world()
  expect(ids(await lists.now('r', signal))).toBe('1')
  there.unshift(snapshot('2'))
  expect(ids(await lists.now('r', signal))).toBe('21')
  expect(ids(await lists.recent('r', signal))).toBe('21')
  expect(listed).toEqual(['r 1', 'r 2'])
})

test('who looks into all of them gets a list of the last seconds, and it is asked for once', async () => {
  const { lists, there, asked, pass, signal } = world()
  const both = await Promise.all([lists.recent('r', signal), lists.recent('r', signal)])
  expect(both.map(ids)).toEqual(['1', '1'])
  there.unshift(snapshot('2'))
  pass(4999)
  expect(ids(await lists.recent('r', signal))).toBe('1')
  expect(asked.length).toBe(1)
  pass(1)
  expect(ids(await lists.recent('r', signal))).toBe('21')
  expect(asked.length).toBe(2)
})

test('a snapshot that was listed is not asked for again, however long ago; one that is not known is looked for', async () => {
  const { lists, there, asked, pass, signal } = world()
  const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string]
  await lists.now('r', signal)
  pass(1_000_000)
  expect(ids(await lists.these('r', new Set([one]), signal))).toBe('1')
  expect(asked.length).toBe(1)
  there.unshift(snapshot('2'))
  expect(ids(await lists.these('r', new Set([one, two]), signal))).toBe('21')
  expect(asked.length).toBe(2)
  await expect(lists.these('r', new Set([one, three]), signal)).rejects.toMatchObject({
    code: 'not_found',
    data: { what: 'snapshot', id: three },
  })
})

test('a list that is forgotten is asked for anew', async () => {
  const { lists, asked, signal } = world()
  await lists.recent('r', signal)
  lists.forget('r')
  await lists.recent('r', signal)
  expect(asked.length).toBe(2)
})

test('restic is stopped when nobody waits for its list any more', async () => {
  const begun = Promise.withResolvers<AbortSignal>()
  const lists = new SnapshotLists({
    onListed: () => undefined,
    clock: { now: () => new Date(0), elapsed: () => 0 },
    ask: (_, signal) => {
      begun.resolve(signal)
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Fault('cancelled', {})))
      })
    },
  })
  const stop = new AbortController()
  const listing = lists.recent('r', stop.signal)
  const asking = await begun.promise
  stop.abort()
  await expect(listing).rejects.toMatchObject({ code: 'cancelled' })
  expect(asking.aborted).toBe(true)
})
