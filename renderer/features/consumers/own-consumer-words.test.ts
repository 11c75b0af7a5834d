import { expect, test } from 'vitest'
import type { OwnConsumer, ProvenReplica } from '../../../contract/shapes/own-consumer.ts'
import { byNews, ownSentence, ownState, replicaWords } from './own-consumer-words.ts'

const replica = (fields: Partial<ProvenReplica> = {}): ProvenReplica => ({
  key: 'a b',
  replicaId: 'a',
  machineId: 'b',
  name: 'shop',
  type: 'postgres',
  intent: 'verify',
  snapshotId: 'c'.repeat(64),
  verifiedSnapshotId: null,
  verifiedAt: null,
  state: 'queued',
  until: null,
  position: 1,
  step: null,
  error: null,
  ...fields,
})

const own = (fields: Partial<OwnConsumer> = {}): OwnConsumer => ({
  planeId: 'plane',
  state: 'working',
  reason: null,
  consumerId: 'consumer',
  fetchedAt: null,
  fetchError: null,
  untold: 0,
  scratch: '/scratch',
  scratchBytes: 0,
  replicas: [],
  ...fields,
})

test.each([
  ['off', own({ state: 'off' }), 'off'],
  ['at work', own(), 'at work'],
  ['at work, and the plane does not answer', own({ fetchError: 'nothing came' }), 'cut off'],
  ['failed', own({ state: 'failed' }), 'cannot start'],
] as const)('%s', (_, consumer, word) => {
  expect(ownState(consumer).word).toBe(word)
})

test('says what it does, and how much room that takes', () => {
  expect(ownSentence(own())).toBe('Nothing is declared for it, no scratch space taken.')
  const replicas = [replica({ state: 'running' }), replica(), replica({ state: 'verified' })]
  expect(ownSentence(own({ replicas, untold: 1, scratchBytes: 2048 }))).toMatch(
    /^3 replicas, 1 being restored, 1 in the queue, 1 verification not told yet, 2.*KiB of scratch space taken\.$/,
  )
})

test.each([
  [replica({ state: 'running', step: 'prove' }), 'brings the data to life'],
  [replica({ position: 3 }), 'is number 3 in the queue'],
  [replica({ state: 'verified' }), 'is proven'],
  [replica({ state: 'no-backup' }), 'waits for a first backup'],
])('%j', (one, words) => {
  expect(replicaWords(one)).toBe(words)
})

test('what goes on stands first, then what failed, then the queue', () => {
  const sorted = [
    replica({ state: 'verified', name: 'd' }),
    replica({ state: 'queued', name: 'c' }),
    replica({ state: 'backoff', name: 'b', error: 'no' }),
    replica({ state: 'running', name: 'a' }),
  ].toSorted(byNews)
  expect(sorted.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
})
