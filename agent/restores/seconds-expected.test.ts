import { expect, test } from 'vitest'
import { NO_COUNTS, type Run } from '../../contract/shapes/run.ts'
import { type RunSummary, summariseRun } from '../../contract/shapes/run-summary.ts'
import { RESTORE_SUBJECT, runInJournal } from '../testing/runs-world.ts'
import { secondsExpected } from './seconds-expected.ts'

function restored(
  seconds: number,
  filesDone: number,
  bytesDone: number,
  state: Run['state'] = 'succeeded',
): RunSummary {
  const progress = { phase: 'finishing' as const, filesDone, filesTotal: null, bytesDone, bytesTotal: null }
  const startedAt = '2026-11-21T04:00:00.000Z'
  const run = runInJournal({
    subject: RESTORE_SUBJECT,
    state,
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + seconds * 1000).toISOString(),
    progress: { ...progress, rate: null, secondsLeft: null, currentItem: null, part: null },
    counts: { ...NO_COUNTS, restored: filesDone },
  })
  return summariseRun(run)
}

const MIB = 2 ** 20

test('nothing is expected before the first restore that succeeded', () => {
  expect(secondsExpected([], { files: 1, bytes: 1 })).toBeNull()
  expect(secondsExpected([restored(9, 900, 900 * MIB, 'partial')], { files: 1, bytes: 1 })).toBeNull()
})

test('the slower of bytes and files counts, at the median rate', () => {
  const runs = [restored(11.5, 10, 1000 * MIB), restored(3.5, 2000, 1000), restored(1.6, 1, 3)]
  expect(secondsExpected(runs, { files: 10, bytes: 500 * MIB })).toBe(6.5)
  expect(secondsExpected(runs, { files: 20_000, bytes: 500 * MIB })).toBe(21.5)
  expect(secondsExpected(runs, { files: 0, bytes: 0 })).toBe(1.5)
})

test('what was restored in a moment says nothing of a rate', () => {
  expect(secondsExpected([restored(1.6, 3, 10)], { files: 5, bytes: 900 * MIB })).toBe(1.5)
})
