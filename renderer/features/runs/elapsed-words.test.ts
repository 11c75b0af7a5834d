import { expect, test } from 'vitest'
import { elapsedSeconds, elapsedWords } from './elapsed-words.ts'

const usual = { runs: 23, median: 60, ninetieth: 90 }

test.each([
  [20, 'Running for 20 s; usually 1 min 00 s, nine of ten within 1 min 30 s'],
  [75, 'Running for 1 min 15 s, longer than usual; usually 1 min 00 s, nine of ten within 1 min 30 s'],
  [
    91,
    'Running for 1 min 31 s, longer than nine of ten of the last 23 runs like it took (1 min 30 s). It is worth a look.',
  ],
])('after %d seconds it says what is usual, and when it is worth a look', (elapsed, words) => {
  expect(elapsedWords(elapsed, usual)).toBe(words)
})

test('where nobody knows what is usual, it says how long only', () => {
  expect(elapsedWords(3700, null)).toBe('Running for 1 h 02 min')
})

test('only what runs goes on, and a clock that is ahead does not make it less than nothing', () => {
  const now = new Date('2026-11-21T03:00:10.000Z')
  const startedAt = '2026-11-21T03:00:00.000Z'
  expect(elapsedSeconds({ state: 'running', startedAt }, now)).toBe(10)
  expect(elapsedSeconds({ state: 'running', startedAt: '2026-11-21T03:00:20.000Z' }, now)).toBe(0)
  expect(elapsedSeconds({ state: 'running', startedAt: '2026-11-21T03:00:20.000Z' }, now, 15_000)).toBe(5)
  expect(elapsedSeconds({ state: 'running', startedAt: '2026-11-21T02:59:50.000Z' }, now, -15_000)).toBe(5)
  expect(elapsedSeconds({ state: 'running', startedAt: null }, now)).toBeNull()
  expect(elapsedSeconds({ state: 'unknown', startedAt }, now)).toBeNull()
})
