import { expect, test } from 'vitest'
import { BUILT_IN_VIEWS } from './built-in-views.ts'
import {
  filterOf,
  NO_FILTERS,
  narrowFilters,
  type RestoreFilters,
  readFilters,
  sameFilters,
  writeFilters,
} from './restore-filters.ts'

const ALL: RestoreFilters = {
  hosts: ['db-01', 'a,b%c'],
  who: ['maria@ops-laptop'],
  targets: ['in-place'],
  outcomes: ['partial', 'failed'],
  proofs: ['none'],
  text: 'prices ü',
  when: { preset: 'custom', from: '2026-11-01', until: '2026-11-21' },
}

test.each([{ name: 'all of them', filters: ALL }, ...BUILT_IN_VIEWS])('an address holds $name', ({ filters }) => {
  const search = new URLSearchParams(Object.entries(writeFilters(filters)))
  expect(readFilters(narrowFilters(Object.fromEntries(search)))).toEqual(filters)
})

test('nothing stands in the address where nothing is asked for, and what means nothing is as if it were not there', () => {
  expect(writeFilters(NO_FILTERS)).toEqual({})
  const odd = { outcome: 'succeeded,nonsense', target: 'x', when: 'whenever', host: '%E0%A4%A', other: 'y', text: 7 }
  expect(readFilters(narrowFilters(odd))).toEqual({ ...NO_FILTERS, outcomes: ['succeeded'] })
})

test('days begin where the window is, and the last one is whole', () => {
  expect(filterOf(ALL, new Date(2026, 10, 22))).toMatchObject({
    hostIds: ['db-01', 'a,b%c'],
    from: new Date(2026, 10, 1).toISOString(),
    until: new Date(2026, 10, 22).toISOString(),
  })
  const month = { ...NO_FILTERS, when: { preset: '30d', from: '', until: '' } } as const
  expect(filterOf(month, new Date(2026, 10, 30, 15))).toMatchObject({
    from: new Date(2026, 10, 1).toISOString(),
    until: null,
  })
})

test('the same in another order of choosing is the same', () => {
  expect(sameFilters({ ...ALL, text: '' }, { ...ALL, text: '' })).toBe(true)
  expect(sameFilters(ALL, { ...ALL, proofs: [] })).toBe(false)
})
