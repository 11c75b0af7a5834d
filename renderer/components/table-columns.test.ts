import { expect, test } from 'vitest'
import { nextRow } from './row-keys.ts'
import { type Column, growingTracks, leastWidth, shownColumns, sortRows } from './table-columns.ts'

interface Row {
  readonly name: string
  readonly size: number
}

const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', width: '1fr', cell: (row) => row.name },
  {
    id: 'size',
    title: 'Size',
    width: '80px',
    cell: (row) => row.size,
    compare: (a, b) => a.size - b.size,
    hideBelow: 500,
  },
]
const rows: readonly Row[] = [
  { name: 'b', size: 2 },
  { name: 'a', size: 1 },
  { name: 'c', size: 2 },
]

test('rows are sorted by a column that compares, and equal rows keep their order both ways', () => {
  const names = (direction: 'ascending' | 'descending') =>
    sortRows(rows, { columns, sort: { column: 'size', direction } }).map((row) => row.name)
  expect(names('ascending')).toEqual(['a', 'b', 'c'])
  expect(names('descending')).toEqual(['b', 'c', 'a'])
})

test('a column that does not compare leaves the order alone', () => {
  expect(sortRows(rows, { columns, sort: { column: 'name', direction: 'ascending' } })).toBe(rows)
})

test('a column that wants more room than there is is left out', () => {
  expect(shownColumns(columns, 499).map(({ id }) => id)).toEqual(['name'])
  expect(shownColumns(columns, 500)).toHaveLength(2)
})

test('keys move the active row and stop at the ends', () => {
  const place = { active: 5, last: 9, page: 4 }
  expect(nextRow({ key: 'PageDown' }, place)).toBe(9)
  expect(nextRow({ key: 'PageUp' }, place)).toBe(1)
  expect(nextRow({ key: 'End' }, place)).toBe(9)
  expect(nextRow({ key: 'ArrowUp' }, { ...place, active: 0 })).toBe(0)
  expect(nextRow({ key: 'x' }, place)).toBeNull()
})

test('the pixels of a track grow with the text, its shares do not', () => {
  expect(growingTracks('120px minmax(90px, 0.6fr) 1fr')).toBe('7.5rem minmax(5.625rem, 0.6fr) 1fr')
})

test('columns want the room of their pixels and of the gaps about them', () => {
  expect(leastWidth([])).toBe(12)
  expect(leastWidth(columns)).toBe(80 + 3 * 12)
})
