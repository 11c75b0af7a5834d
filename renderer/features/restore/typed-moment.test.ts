import { expect, test } from 'vitest'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { readMoment, snapshotAt } from './typed-moment.ts'

/** A Saturday afternoon. */
const NOW = new Date(2026, 10, 21, 14, 5, 30)

function written(moment: Date | null): string | null {
  if (moment === null) return null
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`
}

test.each([
  ['now', '2026-11-21 14:05:30'],
  ['latest', '2026-11-21 14:05:30'],
  ['today', '2026-11-21 23:59:59'],
  ['yesterday', '2026-11-20 23:59:59'],
  ['  Yesterday   14:00 ', '2026-11-20 14:00:59'],
  ['yesterday, 9:15', '2026-11-20 09:15:59'],
  ['yesterday 14:00:20', '2026-11-20 14:00:20'],
  ['3 days ago', '2026-11-18 23:59:59'],
  ['3 days ago 06:30', '2026-11-18 06:30:59'],
  ['3d ago', '2026-11-18 23:59:59'],
  ['a week ago', '2026-11-14 23:59:59'],
  ['2 months ago', '2026-09-21 23:59:59'],
  ['1 year ago', '2025-11-21 23:59:59'],
  ['2 hours ago', '2026-11-21 12:05:30'],
  ['an hour ago', '2026-11-21 13:05:30'],
  ['45 min ago', '2026-11-21 13:20:30'],
  ['monday', '2026-11-16 23:59:59'],
  ['last monday', '2026-11-16 23:59:59'],
  ['last monday 14:00', '2026-11-16 14:00:59'],
  ['saturday', '2026-11-21 23:59:59'],
  ['last saturday', '2026-11-14 23:59:59'],
  ['fri', '2026-11-20 23:59:59'],
  ['2026-09-20', '2026-09-20 23:59:59'],
  ['2026-09-20 14:30', '2026-09-20 14:30:59'],
  ['2026-09-20T14:30', '2026-09-20 14:30:59'],
  ['20 Sep 2026, 14:30', '2026-09-20 14:30:59'],
  ['20 september', '2026-09-20 23:59:59'],
  ['24 dec', '2025-12-24 23:59:59'],
  ['14:05', '2026-11-21 14:05:59'],
  ['14:30', '2026-11-20 14:30:59'],
  ['2:00', '2026-11-21 02:00:59'],
  ['jetzt', '2026-11-21 14:05:30'],
  ['Gestern um 14:00 Uhr', '2026-11-20 14:00:59'],
  ['vorgestern', '2026-11-19 23:59:59'],
  ['vor 3 Tagen', '2026-11-18 23:59:59'],
  ['vor 3 Tagen 06:30', '2026-11-18 06:30:59'],
  ['vor einer Woche', '2026-11-14 23:59:59'],
  ['vor 2 Stunden', '2026-11-21 12:05:30'],
  ['vor 45 min', '2026-11-21 13:20:30'],
  ['letzten Montag 14:00', '2026-11-16 14:00:59'],
  ['am Freitag', '2026-11-20 23:59:59'],
  ['20.9.2026', '2026-09-20 23:59:59'],
  ['20.09.2026 14:30', '2026-09-20 14:30:59'],
  ['20. März 2026', '2026-03-20 23:59:59'],
  ['24. Dez.', '2025-12-24 23:59:59'],
])('“%s” means %s', (text, moment) => {
  expect(written(readMoment(text, NOW))).toBe(moment)
})

test.each([
  '',
  'nightly',
  'vor den Tagen',
  '3f9c2a71',
  '2026-02-30',
  '2026-13-01',
  '25:00',
  '14:75',
  'yesterday 25:00',
  '31 feb 2026',
  'ago',
])('“%s” is no moment', (text) => {
  expect(readMoment(text, NOW)).toBeNull()
})

test('a month that is shorter is taken to its last day', () => {
  expect(written(readMoment('1 month ago', new Date(2026, 2, 31, 12)))).toBe('2026-02-28 23:59:59')
})

const snapshot = (time: string): Snapshot => ({
  id: time,
  time,
  hostname: 'db-01',
  username: 'root',
  paths: ['/'],
  tags: [],
  treeId: '',
  files: null,
  bytes: null,
})

test('the newest at or before the moment is taken, whatever their order and their offsets', () => {
  const all = [
    snapshot('2026-11-20T02:00:07+00:00'),
    snapshot('2026-11-21T03:30:00+01:00'),
    snapshot('2026-11-21T02:31:00+00:00'),
  ]
  const at = (moment: string): string | undefined => snapshotAt(all, new Date(moment))?.time
  expect(at('2026-11-21T02:30:30Z')).toBe('2026-11-21T03:30:00+01:00')
  expect(at('2026-11-21T02:31:00Z')).toBe('2026-11-21T02:31:00+00:00')
  expect(at('2026-11-20T02:00:06Z')).toBeUndefined()
})

test.each(['en-GB', 'de-DE'])('a moment as the console writes it in %s is read again', (locale) => {
  const form = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const
  for (let month = 0; month < 12; month += 1) {
    const text = new Intl.DateTimeFormat(locale, form).format(new Date(2025, month, 9, 3, 7))
    expect(written(readMoment(text, NOW))).toBe(`2025-${String(month + 1).padStart(2, '0')}-09 03:07:59`)
  }
})
