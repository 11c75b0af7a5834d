import type { OwnConsumer, ProvenReplica } from '../../../contract/shapes/own-consumer.ts'
import { consumerId } from './consumers.ts'
import { hexId, uuidOf } from './ids.ts'
import { before } from './moments.ts'
import { EMBEDDED_PLANE } from './planes.ts'

/** The console's own consumer, as long as nobody has switched it on. */
export function ownConsumerOff(): OwnConsumer {
  return {
    planeId: EMBEDDED_PLANE,
    state: 'off',
    reason: null,
    consumerId: null,
    fetchedAt: null,
    fetchError: null,
    untold: 0,
    scratch: null,
    scratchBytes: 0,
    replicas: [],
  }
}

/** At work: one being restored, one that failed, one in the queue, others proven. */
export function ownConsumerAtWork(): OwnConsumer {
  return {
    ...ownConsumerOff(),
    state: 'working',
    consumerId: consumerId('prover-1'),
    fetchedAt: before({ seconds: 4 }),
    scratch: '/var/lib/restore-console/prove/0f3d2a1c/s',
    scratchBytes: 3_400_000_000,
    replicas: [
      replica('shop-db-verify', { state: 'running', step: 'prove', verifiedAt: before({ hours: 26 }) }),
      replica('wiki-verify', {
        state: 'backoff',
        until: before({ minutes: -7 }),
        verifiedAt: before({ days: 3 }),
        error:
          'PostgreSQL could not start: it ended with 1.\nPANIC:  could not locate a valid checkpoint record\nFATAL:  startup process failed',
      }),
      replica('mail-verify', { state: 'queued', position: 1 }),
      replica('files-verify', { state: 'verified', verifiedAt: before({ hours: 2 }) }),
      replica('reports', { intent: 'analytics', state: 'current', verifiedAt: before({ hours: 5 }) }),
    ],
  }
}

function replica(name: string, fields: Partial<ProvenReplica>): ProvenReplica {
  const snapshotId = hexId(`snapshot of ${name}`)
  return {
    key: name,
    replicaId: uuidOf(`replica:${name}`),
    machineId: uuidOf(`machine:${name}`),
    name,
    type: 'postgres',
    intent: 'verify',
    snapshotId,
    verifiedSnapshotId: fields.state === 'verified' ? snapshotId : null,
    verifiedAt: null,
    state: 'queued',
    until: null,
    position: null,
    step: null,
    error: null,
    ...fields,
  }
}
