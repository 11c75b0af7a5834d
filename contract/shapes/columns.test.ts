import { expect, test } from 'vitest'
import { z } from 'zod'
import { columns, rowCount, toColumns, toRows } from './columns.ts'

const listing = columns({ name: z.string(), size: z.number() })

test('rows become columns and come back', () => {
  const rows = [
    { name: 'a', size: 1 },
    { name: 'b', size: 2 },
  ]
  const value = listing.parse(toColumns(rows, ['name', 'size']))
  expect(value).toEqual({ name: ['a', 'b'], size: [1, 2] })
  expect(rowCount(value)).toBe(2)
  expect(toRows(value)).toEqual(rows)
})

test('an empty listing still has its columns', () => {
  expect(listing.parse(toColumns<{ name: string; size: number }, 'name' | 'size'>([], ['name', 'size']))).toEqual({
    name: [],
    size: [],
  })
})

test('columns of different length are refused', () => {
  expect(listing.safeParse({ name: ['a'], size: [] }).success).toBe(false)
})
