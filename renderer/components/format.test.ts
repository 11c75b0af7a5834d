import { i18n } from '@lingui/core'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  formatBrief,
  formatBytes,
  formatCount,
  formatExact,
  formatList,
  formatMoment,
  formatRelative,
  formatSpan,
} from './format.ts'

test.each([
  [0, '0 B'],
  [12, '12 B'],
  [999, '999 B'],
  [1000, '0.98 KiB'],
  [1024, '1.00 KiB'],
  [10_235, '10.0 KiB'],
  [29_798, '29.1 KiB'],
  [1_048_575, '1.00 MiB'],
  [444_529_000_000, '414 GiB'],
  [2 ** 60 * 5, '5,120 PiB'],
])('%d bytes are shown as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

test('a count is grouped as it is at home', () => expect(formatCount(2_841_097)).toBe('2,841,097'))

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j are listed as %s', (words, text) => expect(formatList(words)).toBe(text))

test('a list, a count and bytes are written as in the language that was chosen', async () => {
  onTestFinished(() => i18n.activate('en', 'en-GB'))
  i18n.load('de', {})
  i18n.activate('de', 'de-DE')
  vi.resetModules()
  const german = await import('./format.ts')
  expect(german.formatList(['a', 'b', 'c'])).toBe('a, b und c')
  expect(german.formatCount(2_841_097)).toBe('2.841.097')
  expect(german.formatBytes(10_235)).toBe('10,0 KiB')
})

test.each([
  [0.4, '0 s'],
  [59.6, '1 min 00 s'],
  [252, '4 min 12 s'],
  [3599.7, '1 h 00 min'],
  [3780, '1 h 03 min'],
  [86_399, '1 d 0 h'],
  [187_200, '2 d 4 h'],
])('%d seconds are shown as %s', (seconds, text) => expect(formatSpan(seconds)).toBe(text))

test.each([
  [10, 'just now'],
  [-10, 'just now'],
  [46, '1 min ago'],
  [38 * 60, '38 min ago'],
  [59.6 * 60, '1 h ago'],
  [2 * 3600, '2 h ago'],
  [23.8 * 3600, '24 h ago'],
  [3 * 86_400, '3 d ago'],
  [150 * 86_400, '5 mo ago'],
  [1100 * 86_400, '3 y ago'],
  [-240, 'in 4 min'],
])('%d seconds back is %s', (seconds, text) => {
  const now = new Date('2026-11-21T12:00:00Z')
  expect(formatRelative(new Date(now.getTime() - seconds * 1000), now)).toBe(text)
})

test('a moment is the local day and minute, and says so when it cannot be read', () => {
  expect(formatMoment(new Date(2026, 10, 21, 2, 0, 7))).toBe('21 Nov 2026, 02:00')
  expect(formatExact(new Date(2026, 10, 21, 2, 0, 7))).toBe('21 Nov 2026, 02:00:07')
  expect(formatMoment(new Date('nonsense'))).toBe('unknown time')
})

test('a column shows the minute of what is recent and the year of what is old', () => {
  const now = new Date(2026, 10, 21, 12, 0)
  expect(formatBrief(new Date(2026, 10, 20, 11, 2), now)).toBe('20 Nov 11:02')
  expect(formatBrief(new Date(2025, 2, 2, 11, 2), now)).toBe('2 Mar 2025')
  expect(formatBrief(new Date(2030, 0, 1), now)).toBe('1 Jan 2030')
  expect(formatBrief(new Date(Number.NaN), now)).toBe('—')
})
