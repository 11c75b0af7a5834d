import { expect, test } from 'vitest'
import { readQuery } from './read-query.ts'

// A Saturday.
const now = new Date(2026, 10, 21, 14, 5)

const day = (text: string): string | null => {
  const { day: asked } = readQuery(text, now)
  if (asked === null) return null
  return `${asked.from.getFullYear()}-${asked.from.getMonth() + 1}-${asked.from.getDate()}`
}

test('words are split, and the one that names a day is taken out', () => {
  expect(readQuery('DB-01  yesterday nightly', now).words).toEqual(['db-01', 'nightly'])
  expect(readQuery('db-01', now)).toEqual({ words: ['db-01'], day: null })
})

test('a day is named by how long ago it was, its weekday, its date or day and month', () => {
  expect(day('today')).toBe('2026-11-21')
  expect(day('db-01 yesterday')).toBe('2026-11-20')
  expect(day('friday')).toBe('2026-11-20')
  expect(day('saturday')).toBe('2026-11-14')
  expect(day('2026-02-28 web')).toBe('2026-2-28')
  expect(day('20 nov')).toBe('2026-11-20')
  expect(day('november 3')).toBe('2026-11-3')
  expect(day('24 dec')).toBe('2025-12-24')
})

test('a day lasts until the next one begins', () => {
  const { day: asked } = readQuery('yesterday', now)
  expect(asked?.until).toEqual(new Date(2026, 10, 21))
})

test('what is no day is a word', () => {
  expect(readQuery('2026-13-40 31 nov', now)).toEqual({ words: ['2026-13-40', '31', 'nov'], day: null })
  expect(readQuery('db 12', now).words).toEqual(['db', '12'])
})
