import { expect, test } from 'vitest'
import { pressResultKey, type ResultKeyOutcome } from './result-keys.ts'
import { ResultRows } from './result-rows.ts'
import { SearchResults } from './search-results.ts'

/** One repository with two paths, each in one version. */
function list(options: { readonly grouped: boolean; readonly canOpen?: boolean }) {
  const results = new SearchResults()
  const place = { hostId: 'db-01', repositoryId: 'nightly' }
  const series = { id: ['a'], time: [''], hostname: ['db-01'], treeId: ['b'] }
  results.take({ ...place, event: { kind: 'begun', series } })
  const path = ['/etc/fstab', '/etc/hosts']
  const all = <T>(value: T): T[] => path.map(() => value)
  const node = { type: all('file' as const), size: all(1), modified: all(''), mode: all(0o644), treeId: all(null) }
  const hits = { path, ...node, linkTarget: all(null), held: all([0, 0]) }
  results.take({ ...place, event: { kind: 'found', hits } })
  const rows = new ResultRows(results, options)
  rows.refresh()
  const press = (key: string): ResultKeyOutcome =>
    pressResultKey({ key }, { rows, page: 5, canOpen: options.canOpen ?? true })
  return { rows, press }
}

test('right opens a row and then goes into it, left closes it or goes to what it belongs to', () => {
  const { rows, press } = list({ grouped: true })
  press('ArrowRight')
  expect(rows.activePosition).toBe(1)
  press('ArrowRight')
  expect(rows.length).toBe(4)
  press('ArrowRight')
  expect(rows.at(rows.activePosition)).toMatchObject({ kind: 'version' })
  press('ArrowLeft')
  press('ArrowLeft')
  expect(rows.length).toBe(3)
  press('ArrowLeft')
  expect(rows.at(rows.activePosition)).toMatchObject({ kind: 'place' })
})

test('where paths have no versions to open, right does nothing', () => {
  const { rows, press } = list({ grouped: false, canOpen: false })
  press('ArrowRight')
  expect(rows.length).toBe(2)
})

test('Enter shows a path, and opens or closes a place', () => {
  const { rows, press } = list({ grouped: true })
  expect(press('Enter')).toBe('moved')
  expect(rows.length).toBe(1)
  press('Enter')
  press('ArrowDown')
  expect(press('Enter')).toBe('show')
})

test('up leads out of the list only from its first row', () => {
  const { press } = list({ grouped: false })
  expect(press('ArrowUp')).toBe('leave')
  press('End')
  expect(press('ArrowUp')).toBe('moved')
})

test.each([
  ['v', 'versions'],
  ['p', 'preview'],
  ['r', 'restore'],
  ['Escape', 'escape'],
  ['x', null],
])('%s is %s', (key, outcome) => {
  expect(list({ grouped: false }).press(key)).toBe(outcome)
})
