import { expect, test } from 'vitest'
import { restoreOf, restoresOf } from './restores.ts'

const minute = (count: number) => new Date(Date.UTC(2026, 5, 1, 12, count)).toISOString()
let sequence = 0
const issued = (at: number, change: { runId?: string; type?: string; deviceId?: string; revokedAt?: string } = {}) => {
  sequence += 1
  const usual = { deviceId: 'c', groupId: 'g', type: 't', runId: null, revokedAt: null }
  return { sequence, issuedAt: minute(at), expiresAt: minute(at + 60), ...usual, ...change }
}
const spans = (issuances: readonly ReturnType<typeof issued>[]) =>
  restoresOf(issuances).map(({ since, until }) => [since, until])
const answer = (at: number, runId: string | null = null) => ({
  deviceId: 'c',
  groupId: 'g',
  type: 't',
  runId,
  reportedAt: minute(at),
})

test('credentials that name one run are one restore, however far apart they were made', () => {
  expect(spans([issued(0, { runId: 'r' }), issued(58, { runId: 'r' }), issued(500, { runId: 'r' })])).toEqual([
    [minute(0), minute(560)],
  ])
  expect(spans([issued(0, { runId: 'r' }), issued(1, { runId: 'other' })])).toHaveLength(2)
})

test('credentials that name no run are one restore until a quarter of an hour after the last have ended', () => {
  expect(spans([issued(0), issued(58), issued(58 + 75)])).toEqual([[minute(0), minute(193)]])
  expect(spans([issued(0), issued(76)])).toEqual([
    [minute(0), minute(60)],
    [minute(76), minute(136)],
  ])
  expect(spans([issued(0), issued(1, { type: 'other' }), issued(2, { deviceId: 'd' })])).toHaveLength(3)
})

test('credentials that were revoked end a restore when they were', () => {
  expect(spans([issued(0, { revokedAt: minute(5) })])).toEqual([[minute(0), minute(5)]])
})

test('a report is of the restore of its run, and else of the last one whose time it falls in', () => {
  const issuances = [issued(0, { runId: 'r' }), issued(10), issued(200)]
  expect(restoreOf(answer(900, 'r'), issuances)?.since).toBe(minute(0))
  expect(restoreOf(answer(30), issuances)?.since).toBe(minute(10))
  expect(restoreOf(answer(30, 'unheard of'), issuances)?.since).toBe(minute(10))
  expect(restoreOf(answer(275), issuances)?.since).toBe(minute(200))
  expect(restoreOf(answer(276), issuances)).toBeUndefined()
  expect(restoreOf({ ...answer(30), type: 'other' }, issuances)).toBeUndefined()
  expect(restoreOf({ ...answer(30, 'r'), deviceId: 'd' }, issuances)).toBeUndefined()
})
