import { expect, test } from 'vitest'
import type { InstanceRecord, ReplicaRecord } from '../ledger/rows.ts'
import { entry } from '../../test/consumer-entry.ts'
import { keyOf } from '../worklist-entry.ts'
import { backoff } from './backoff.ts'
import { decide } from './decide.ts'

const NOW = new Date('2026-11-27T12:00:00.000Z')
const SNAPSHOT = 'a'.repeat(64)
const EARLIER = 'b'.repeat(64)

function replica(fields: Partial<ReplicaRecord> = {}, of: Parameters<typeof entry>[0] = {}): ReplicaRecord {
  const wanted = entry({ snapshotId: SNAPSHOT, ...of })
  return {
    key: keyOf(wanted),
    entry: wanted,
    listed: true,
    wantedSince: '2026-11-27T11:00:00.000Z',
    verifiedSnapshotId: null,
    verifiedAt: null,
    failures: 0,
    retryAt: null,
    lastError: null,
    forced: false,
    ...fields,
  }
}

const serving = (snapshotId: string, since: string): InstanceRecord => ({
  runId: 'run',
  key: 'key',
  snapshotId,
  state: 'active',
  since,
  removeAt: null,
})

const staying = { intent: 'analytics', type: 'postgres' }

test.each([
  ['never restored', replica(), undefined, 'restore never-restored'],
  ['a newer one than was verified', replica({ verifiedSnapshotId: EARLIER }), undefined, 'restore newer-snapshot'],
  ['verified', replica({ verifiedSnapshotId: SNAPSHOT }), undefined, 'wait verified'],
  [
    'verified, and asked for by hand',
    replica({ verifiedSnapshotId: SNAPSHOT, forced: true }),
    undefined,
    'restore forced',
  ],
  ['no backup yet', replica({}, { snapshotId: null }), undefined, 'wait no-backup'],
  [
    'no backup yet, and asked for by hand',
    replica({ forced: true }, { snapshotId: null }),
    undefined,
    'wait no-backup',
  ],
  ['not wanted any more', replica({ listed: false }), undefined, 'wait not-listed'],
  ['of an intent that is not ours', replica({}, { intent: 'upgrade' }), undefined, 'wait unknown-intent'],
  ['failed a moment ago', replica({ failures: 1, retryAt: '2026-11-27T12:00:00.001Z' }), undefined, 'wait backoff'],
  ['failed, and its time has come', replica({ failures: 1, retryAt: NOW.toISOString() }), undefined, 'restore retry'],
  [
    'failed, and asked for by hand',
    replica({ failures: 9, retryAt: '2027-01-01T00:00:00.000Z', forced: true }),
    undefined,
    'restore forced',
  ],
  ['never restored and staying', replica({}, staying), undefined, 'restore never-restored'],
  ['serving the newest', replica({}, staying), serving(SNAPSHOT, '2026-11-01T00:00:00.000Z'), 'wait current'],
  [
    'serving for less than its minimum',
    replica({}, staying),
    serving(EARLIER, '2026-11-27T10:00:00.001Z'),
    'wait minimum-ttl',
  ],
  [
    'serving for its minimum',
    replica({}, staying),
    serving(EARLIER, '2026-11-27T10:00:00.000Z'),
    'restore newer-snapshot',
  ],
  ['its restore vanished', replica({ verifiedSnapshotId: SNAPSHOT }, staying), undefined, 'restore never-restored'],
  [
    'serving for its own minimum',
    replica({}, { ...staying, params: { minimum_ttl: 60 } }),
    serving(EARLIER, '2026-11-27T11:58:00.000Z'),
    'restore newer-snapshot',
  ],
] as const)('%s', (_, of, active, expected) => {
  const decision = decide({ replica: of, active, refused: false, now: NOW })
  expect(`${decision.act} ${decision.why}`).toBe(expected)
})

test('what the plane refused access to waits, also when it is asked for by hand', () => {
  const decision = decide({ replica: replica({ forced: true }), active: undefined, refused: true, now: NOW })
  expect(decision).toEqual({ act: 'wait', why: 'refused', until: null })
})

test('the waits after failures are 2, 4, 8, 16, 32 minutes, then an hour for ever', () => {
  expect([1, 2, 3, 4, 5, 6, 50, 5000].map(backoff)).toEqual([120, 240, 480, 960, 1920, 3600, 3600, 3600])
})
