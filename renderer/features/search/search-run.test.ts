import { expect, test } from 'vitest'
import type { PlacedSearchEvent } from '../../../contract/console/search.ts'
import { SearchKeeper } from './search-keeper.ts'

type Event = PlacedSearchEvent['event']

const PLACE = { hostId: 'db-01', repositoryId: 'nightly' }
const BEGUN: Event = { kind: 'begun', series: { id: ['a'], time: [''], hostname: ['db-01'], treeId: ['b'] } }
const FOUND: Event = {
  kind: 'found',
  hits: {
    path: ['/etc/hosts'],
    type: ['file'],
    size: [241],
    modified: [''],
    mode: [0o644],
    treeId: [null],
    linkTarget: [null],
    held: [[0, 0]],
  },
}
const ENDED: Event = { kind: 'ended', directories: 2, complete: true }

/** A search that tells what it is given, and goes on until it is stopped unless it is said to end. */
function telling(key: string, events: readonly Event[], { ends }: { readonly ends: boolean }) {
  const seen = { opened: 0, stopped: 0 }
  async function* tell(signal: AbortSignal): AsyncGenerator<PlacedSearchEvent> {
    for (const event of events) yield { ...PLACE, event }
    if (ends) return
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    seen.stopped += 1
  }
  const open = async (signal: AbortSignal) => {
    seen.opened += 1
    return tell(signal)
  }
  return { key, grouped: false, open, seen }
}

function changed(keeper: SearchKeeper): Promise<void> {
  return new Promise((resolve) => {
    const stop = keeper.subscribe(() => {
      stop()
      resolve()
    })
  })
}

test('a new search stops the one before', async () => {
  const keeper = new SearchKeeper()
  const first = telling('first', [BEGUN, FOUND], { ends: false })
  keeper.begin(first)
  await changed(keeper)
  expect(keeper.run).toMatchObject({ key: 'first', state: 'looking' })
  const before = keeper.run
  keeper.begin(telling('second', [BEGUN, FOUND, ENDED], { ends: true }))
  expect(before?.state).toBe('stopped')
  await changed(keeper)
  expect(keeper.run).toMatchObject({ key: 'second', state: 'ended' })
  expect(first.seen).toEqual({ opened: 1, stopped: 1 })
})

test('what was found stays when it is stopped, and when one comes back', async () => {
  const keeper = new SearchKeeper()
  const search = telling('one', [BEGUN, FOUND], { ends: false })
  keeper.begin(search)
  await changed(keeper)
  keeper.stop()
  keeper.begin(search)
  expect(keeper.run).toMatchObject({ state: 'stopped', hasFound: true })
  expect(search.seen.opened).toBe(1)
  keeper.again(search)
  await changed(keeper)
  expect(search.seen.opened).toBe(2)
})

test('a search that was left before it had found anything begins anew', () => {
  const keeper = new SearchKeeper()
  const search = telling('one', [], { ends: false })
  keeper.begin(search)
  keeper.stop()
  keeper.begin(search)
  expect(search.seen.opened).toBe(2)
})

test('what fails is kept with its error', async () => {
  const keeper = new SearchKeeper()
  const error = new Error('no such pattern')
  keeper.begin({ key: 'bad', grouped: false, open: () => Promise.reject(error) })
  await changed(keeper)
  expect(keeper.run).toMatchObject({ state: 'failed', error })
})

test('what a stopped search still tells changes nothing', async () => {
  const keeper = new SearchKeeper()
  keeper.begin(telling('one', [BEGUN, FOUND], { ends: false }))
  await changed(keeper)
  keeper.clear()
  expect(keeper.run).toBeNull()
})
