import { expect, test } from 'vitest'
import {
  ANY_TIME,
  DATE_PRESETS,
  type DateRange,
  momentsOf,
  problemOf,
  readDateRange,
  writeDateRange,
} from './date-range.ts'

/** Local time, as the days are. */
const NOW = new Date(2026, 10, 21, 14, 5)
const at = (month: number, day: number): string => new Date(2026, month - 1, day).toISOString()

test.each(DATE_PRESETS.filter((preset) => preset !== 'custom'))('%s is read as it was written', (preset) => {
  const range = { ...ANY_TIME, preset }
  expect(readDateRange(writeDateRange(range))).toEqual(range)
})

test.each([
  { from: '2026-11-01', until: '2026-11-21' },
  { from: '2026-11-01', until: '' },
  { from: '', until: '2026-11-21' },
])('two days of one’s own are read as they were written: $from to $until', (days) => {
  const range: DateRange = { preset: 'custom', ...days }
  expect(readDateRange(writeDateRange(range))).toEqual(range)
})

test.each(['', 'custom', 'last week', '7', '..2026-13-45', '2026-02-30..'])('“%s” bounds nothing', (text) => {
  expect(momentsOf(readDateRange(text), NOW)).toEqual({ from: null, to: null })
})

test('a range begins and ends at midnight of this computer’s clock', () => {
  const moments = (text: string) => momentsOf(readDateRange(text), NOW)
  expect(moments('today')).toEqual({ from: at(11, 21), to: null })
  expect(moments('yesterday')).toEqual({ from: at(11, 20), to: at(11, 21) })
  expect(moments('7d')).toEqual({ from: at(11, 15), to: null })
  expect(moments('30d')).toEqual({ from: at(10, 23), to: null })
  expect(moments('2026-11-01..2026-11-20')).toEqual({ from: at(11, 1), to: at(11, 21) })
  expect(moments('..2026-11-20')).toEqual({ from: null, to: at(11, 21) })
})

test('a last day before the first is said to be wrong', () => {
  expect(problemOf(readDateRange('2026-11-02..2026-11-01'))).not.toBeNull()
  expect(problemOf(readDateRange('2026-11-02..2026-11-02'))).toBeNull()
  expect(problemOf(readDateRange('2026-11-02..'))).toBeNull()
})
