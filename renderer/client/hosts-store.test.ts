import { expect, test, vi } from 'vitest'
import { fleet, hostView } from '../gallery/console/fleet.ts'
import { HostsStore } from './hosts-store.ts'

const LIVE = { state: 'live', error: undefined } as const
const names = (store: HostsStore): readonly string[] => store.list.map(({ name }) => name)

test('this computer comes first, then what is kept at the top, then the others by name with their numbers', () => {
  const store = new HostsStore()
  store.take([{ hosts: [hostView('db-10'), hostView('db-9'), ...fleet()], gone: [] }], LIVE)
  expect(names(store).slice(0, 5)).toEqual(['ops-laptop', 'db-01', 'db-02', 'db-9', 'db-10'])
})

test('a change of one host is told to whoever looks at it and at all, and keeps the others the same objects', () => {
  const store = new HostsStore()
  store.take([{ hosts: [hostView('a'), hostView('b')], gone: [] }], LIVE)
  const [all, ofA, ofB] = [vi.fn(), vi.fn(), vi.fn()]
  store.subscribe(all)
  store.subscribeTo('a', ofA)
  store.subscribeTo('b', ofB)
  const a = store.get('a')
  store.take([{ hosts: [hostView('b', { labels: ['new'] })], gone: [] }], LIVE)
  expect([all, ofA, ofB].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1])
  expect(store.list[0]).toBe(a)
})

test('a host that is gone is no longer known, also when it was told of in the same moment', () => {
  const store = new HostsStore()
  store.take([{ hosts: [hostView('a'), hostView('b')], gone: [] }], LIVE)
  store.take(
    [
      { hosts: [hostView('a', { labels: ['x'] })], gone: [] },
      { hosts: [], gone: ['a'] },
    ],
    LIVE,
  )
  expect(store.get('a')).toBeNull()
  expect(names(store)).toEqual(['b'])
})
