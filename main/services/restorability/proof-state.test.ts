import { expect, test } from 'vitest'
import type { Restorability } from '../../../contract/shapes/restorability.ts'
import { stateOf, worstFirst } from './proof-state.ts'

const NOW = new Date('2026-11-21T12:00:00.000Z')
const proof = (at: string) => ({ runId: 'run', at, bytes: 1, seconds: 1 })
const attempt = (failed: boolean) => ({ runId: 'run', at: NOW.toISOString(), failed })

test.each([
  ['never', null, null],
  ['never', null, attempt(false)],
  ['failed', null, attempt(true)],
  ['failed', proof('2026-11-21T00:00:00.000Z'), attempt(true)],
  ['fresh', proof('2026-10-22T12:00:00.000Z'), attempt(false)],
  ['stale', proof('2026-10-22T11:59:59.999Z'), attempt(false)],
] as const)('%s where the last proof is %j and the last attempt %j', (state, lastProof, lastAttempt) => {
  expect(stateOf({ lastProof, lastAttempt, boundDays: 30, now: NOW })).toBe(state)
})

test('worst first, and of the same state the oldest proof', () => {
  const one = (state: Restorability['state'], at: string | null): Restorability => ({
    hostId: state,
    repositoryId: at ?? '',
    state,
    lastSnapshot: null,
    lastProof: at === null ? null : proof(at),
    lastAttempt: null,
    boundDays: 30,
    ownBound: false,
    rates: [],
  })
  const sorted = [
    one('failed', null),
    one('never', null),
    one('stale', '2026-01-01T00:00:00.000Z'),
    one('fresh', '2026-11-01T00:00:00.000Z'),
    one('fresh', '2026-11-20T00:00:00.000Z'),
  ]
  expect(sorted.toReversed().toSorted(worstFirst)).toEqual(sorted)
})
