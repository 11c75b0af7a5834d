import { expect, test } from 'vitest'
import type { Run } from '../../../contract/shapes/run.ts'
import { type RunSummary, summariseRun } from '../../../contract/shapes/run-summary.ts'
import { progressAt, restoreOf, restoreRun } from '../../gallery/console/runs.ts'
import { followersOf, usualRate } from './run-history.ts'

function took(id: string, seconds: number, bytes: number, change: Partial<Run> = {}): RunSummary {
  const startedAt = '2026-11-21T03:00:00.000Z'
  const endedAt = new Date(Date.parse(startedAt) + seconds * 1000).toISOString()
  const progress = progressAt(1, { bytesDone: bytes })
  return summariseRun(restoreRun(id, { state: 'succeeded', startedAt, endedAt, progress, ...change }))
}

const MIB = 1024 ** 2

test('the usual rate is the median of the restores that came to their end and were not small', () => {
  const runs = [
    took('slow', 100, 1000 * MIB),
    took('usual', 10, 1000 * MIB),
    took('fast', 1, 1000 * MIB),
    took('small', 10, 1 * MIB),
    took('cancelled', 10, 9000 * MIB, { state: 'cancelled' }),
  ]
  expect(usualRate(runs)).toBe(100 * MIB)
  expect(usualRate(runs.slice(3))).toBeNull()
})

test('the runs that follow from a run are found, oldest first', () => {
  const follows = { kind: 'resume', runId: 'first' } as const
  const later = restoreRun('later', { queuedAt: '2026-11-22T00:00:00.000Z', subject: restoreOf({ follows }) })
  const sooner = restoreRun('sooner', { queuedAt: '2026-11-21T00:00:00.000Z', subject: restoreOf({ follows }) })
  const other = restoreRun('other', { subject: restoreOf({ follows: { ...follows, runId: 'another' } }) })
  expect(followersOf('first', [later, other, sooner].map(summariseRun)).map(({ run }) => run.id)).toEqual([
    'sooner',
    'later',
  ])
})
