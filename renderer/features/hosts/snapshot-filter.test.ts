import { expect, test } from 'vitest'
import { busyWorld } from '../../gallery/console/index.ts'
import { filterSnapshots, snapshotRows } from './snapshot-filter.ts'

const rows = snapshotRows(busyWorld().snapshots.get('db-01') ?? [])

test('the filter looks in every column, and every word must fit', () => {
  expect(filterSnapshots(rows, '')).toHaveLength(1000)
  const weekly = filterSnapshots(rows, 'WEEKLY postgres')
  expect(weekly.length).toBeGreaterThan(100)
  expect(weekly.every(({ tags, paths }) => tags.includes('weekly') && paths.includes('/var/lib/postgresql'))).toBe(true)
  expect(filterSnapshots(rows, rows[7]?.id.slice(0, 10) ?? '')).toEqual([rows[7]])
  expect(filterSnapshots(rows, 'nov 2026').length).toBeLessThan(32)
  expect(filterSnapshots(rows, 'weekly nothing-like-it')).toEqual([])
})

test('names that are not UTF-8 are found by their escapes', () => {
  const [first] = rows
  if (first === undefined) throw new Error('no rows')
  const odd = snapshotRows([{ ...first, paths: ['/srv/bad\udcff'] }])
  expect(filterSnapshots(odd, 'bad\\xff')).toHaveLength(1)
})
