import { expect, test } from 'vitest'
import type { PlacedSearchEvent } from '../../../../contract/console/search.ts'
import { toColumns } from '../../../../contract/shapes/columns.ts'
import { ResultRows } from './result-rows.ts'
import { factsOf, holdersOf, pathFacts, SearchResults, snapshotOf, versionsOf } from './search-results.ts'

type Event = PlacedSearchEvent['event']

/** Snapshots in turn of two machines: 0 and 2 are db-01's, 1 and 3 web-01's. */
const SERIES = {
  id: ['a', 'b', 'c', 'd'],
  time: ['2026-11-18T02:00:00Z', '2026-11-19T02:00:00Z', '2026-11-20T02:00:00Z', '2026-11-21T02:00:00Z'],
  hostname: ['db-01', 'web-01', 'db-01', 'web-01'],
  treeId: ['ta', 'tb', 'tc', 'td'],
}
const KEYS = ['path', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget', 'held'] as const

function found(...rows: readonly { readonly path: string; readonly held: number[]; readonly size?: number }[]): Event {
  const facts = { type: 'file' as const, size: 1, modified: '', mode: 0o644, treeId: null, linkTarget: null }
  return {
    kind: 'found',
    hits: toColumns(
      rows.map((row) => ({ ...facts, ...row })),
      KEYS,
    ),
  }
}

function results(...told: readonly (readonly [string, Event])[]): SearchResults {
  const all = new SearchResults()
  for (const [repositoryId, event] of told) all.take({ hostId: 'host', repositoryId, event })
  return all
}

const BEGUN: Event = { kind: 'begun', series: SERIES }

function only(all: SearchResults) {
  const [place] = all.places
  if (place === undefined) throw new Error('no place')
  return place
}

test('the states of one path are one line, also when they come in two batches', () => {
  const all = results(
    ['one', BEGUN],
    ['one', found({ path: '/a', held: [0, 0] }, { path: '/b', held: [0, 1], size: 5 })],
    ['other', BEGUN],
    ['one', found({ path: '/b', held: [2, 3], size: 7 }, { path: '/c', held: [0, 0, 2, 3] })],
  )
  const place = only(all)
  expect(place.paths).toEqual([0, 1, 3])
  expect(versionsOf(place, 1)).toEqual([2, 1])
  expect(pathFacts(place, 1)).toMatchObject({ path: '/b', hit: 2, versions: 2, snapshots: 4 })
  expect(factsOf(place, 2).size).toBe(7)
  expect(holdersOf(place, 3)).toEqual({ first: 0, last: 3, count: 3 })
  expect(snapshotOf(place, 1)).toEqual({ id: 'b', time: '2026-11-19T02:00:00Z', treeId: 'tb' })
})

test('a path was last seen where newer snapshots of the same machine lack it, and no other machine counts', () => {
  const place = only(
    results(['one', BEGUN], ['one', found({ path: '/gone', held: [0, 0] }, { path: '/there', held: [2, 2] })]),
  )
  expect(pathFacts(place, 0).lastSeen).toBe('2026-11-18T02:00:00Z')
  expect(pathFacts(place, 1).lastSeen).toBeNull()
})

test('a search that begins anew after a lost connection forgets what it had told', () => {
  const place = only(results(['one', BEGUN], ['one', found({ path: '/a', held: [0, 0] })], ['one', BEGUN]))
  expect(place.paths).toEqual([])
  expect(place.hits.path).toEqual([])
})

test('one place that fails leaves the others as they are', () => {
  const all = results(
    ['one', BEGUN],
    ['two', { kind: 'failed', fault: { code: 'unreachable', data: { host: 'two', reason: 'away' } } }],
    ['one', { kind: 'looked', directories: 12, at: '/etc' }],
    ['one', { kind: 'ended', directories: 40, complete: false }],
  )
  expect(all.places).toMatchObject([
    { state: 'ended', directories: 40, complete: false },
    { state: 'failed', fault: { code: 'unreachable' } },
  ])
})

function rowsOf(all: SearchResults): ResultRows {
  const rows = new ResultRows(all, { grouped: true })
  rows.refresh()
  return rows
}

function listed(rows: ResultRows): string[] {
  return Array.from({ length: rows.length }, (_, position) => {
    const row = rows.at(position)
    if (row?.kind === 'place') return `place ${row.place}`
    return row?.kind === 'path' ? `path ${row.path}` : `version ${row?.version ?? ''}`
  })
}

test('places and paths open and close, and the keyboard goes to what was closed around it', () => {
  const rows = rowsOf(
    results(['one', BEGUN], ['one', found({ path: '/a', held: [0, 0] }, { path: '/a', held: [2, 2], size: 2 })]),
  )
  expect(listed(rows)).toEqual(['place 0', 'path 0'])
  rows.setOpen({ kind: 'path', place: 0, path: 0 }, true)
  expect(listed(rows)).toEqual(['place 0', 'path 0', 'version 0', 'version 1'])
  rows.moveTo(3)
  rows.setOpen({ kind: 'path', place: 0, path: 0 }, false)
  expect(rows.activePosition).toBe(1)
  rows.setOpen({ kind: 'place', place: 0 }, false)
  expect(listed(rows)).toEqual(['place 0'])
  expect(rows.activePosition).toBe(0)
})

test('the keyboard stays on its path while others come above it, and places without any path have no row', () => {
  const all = results(['one', BEGUN], ['none', BEGUN], ['two', BEGUN], ['two', found({ path: '/x', held: [0, 0] })])
  const rows = rowsOf(all)
  rows.moveTo(1)
  all.take({ hostId: 'host', repositoryId: 'one', event: found({ path: '/a', held: [0, 0] }) })
  rows.refresh()
  expect(listed(rows)).toEqual(['place 0', 'path 0', 'place 2', 'path 0'])
  expect(rows.activePosition).toBe(3)
})
