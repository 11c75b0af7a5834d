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
  expect(stateOf({ lastProof, lastAttempt, lastVerified: null, failing: null, boundDays: 30, now: NOW })).toBe(state)
})

const verification = (at: string, healthy: boolean) => ({
  planeId: '8d6f5b0e-52a1-4a0f-9d0a-0c4d3a2f1b10',
  replicaId: 'r',
  replica: 'north-verify',
  machine: 'db-01',
  at,
  healthy,
  snapshotId: null,
  error: null,
  started: null,
})

test.each([
  ['a consumer proves what nobody restored', 'fresh', { verified: '2026-11-20T00:00:00Z' }],
  ['its clock has another offset', 'fresh', { verified: '2026-10-22T14:00:00+02:00' }],
  ['it was seen longer ago than the bound', 'stale', { verified: '2026-10-22T13:59:59+02:00' }],
  ['a replica fails', 'failed', { verified: '2026-11-20T00:00:00Z', failing: '2026-11-19T00:00:00Z' }],
  [
    'a restore was proven since it fails',
    'fresh',
    { proof: '2026-11-20T00:00:00.000Z', failing: '2026-11-19T00:00:00Z' },
  ],
  ['a consumer proved it since a restore failed', 'fresh', { verified: '2026-11-21T13:00:00Z', attemptFailed: true }],
  ['a restore failed since a consumer proved it', 'failed', { verified: '2026-11-20T00:00:00Z', attemptFailed: true }],
] as const)('%s: %s', (_, state, given: Given) => {
  const at = given.proof
  const lastAttempt = given.attemptFailed === true ? attempt(true) : at === undefined ? null : { ...attempt(false), at }
  expect(
    stateOf({
      lastProof: at === undefined ? null : proof(at),
      lastAttempt,
      lastVerified: given.verified === undefined ? null : verification(given.verified, true),
      failing: given.failing === undefined ? null : verification(given.failing, false),
      boundDays: 30,
      now: NOW,
    }),
  ).toBe(state)
})

interface Given {
  readonly verified?: string
  readonly failing?: string
  readonly proof?: string
  readonly attemptFailed?: boolean
}

test('worst first, and of the same state the oldest proof', () => {
  const one = (state: Restorability['state'], at: string | null): Restorability => ({
    hostId: state,
    repositoryId: at ?? '',
    state,
    lastSnapshot: null,
    lastProof: at === null ? null : proof(at),
    lastVerified: null,
    failing: null,
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
