import type { InstanceRecord, ReplicaRecord } from '../ledger/rows.ts'
import { isEphemeral, isKnown, secondsOf } from './intents.ts'

/** Why a replica is not restored now. */
export type Waiting =
  | 'not-listed'
  | 'unknown-intent'
  | 'no-backup'
  | 'refused'
  | 'verified'
  | 'current'
  | 'minimum-ttl'
  | 'backoff'

export type Decision =
  | { readonly act: 'restore'; readonly why: 'never-restored' | 'newer-snapshot' | 'forced' | 'retry' }
  | { readonly act: 'wait'; readonly why: Waiting; readonly until: string | null }

export interface Facts {
  readonly replica: ReplicaRecord
  /** What serves of it now. */
  readonly active: InstanceRecord | undefined
  /** The plane has refused access to what it is of, and the worklist is still the one it was. */
  readonly refused: boolean
  readonly now: Date
}

/**
 * Whether a replica is to be restored now. Only somebody who asks by hand has a snapshot restored again that was verified, or
 * before its time after a failure.
 */
export function decide({ replica, active, refused, now }: Facts): Decision {
  const { entry, listed, forced, verifiedSnapshotId, retryAt } = replica
  if (!listed) return wait('not-listed')
  if (!isKnown(entry.intent)) return wait('unknown-intent')
  if (entry.snapshotId === null) return wait('no-backup')
  if (refused) return wait('refused')
  if (forced) return { act: 'restore', why: 'forced' }
  if (isEphemeral(entry.intent)) {
    if (verifiedSnapshotId === entry.snapshotId) return wait('verified')
  } else if (active !== undefined) {
    if (active.snapshotId === entry.snapshotId) return wait('current')
    const until = new Date(Date.parse(active.since) + secondsOf(entry.params, 'minimum_ttl') * 1000)
    if (now < until) return wait('minimum-ttl', until.toISOString())
  }
  if (retryAt !== null && now.toISOString() < retryAt) return wait('backoff', retryAt)
  if (replica.failures > 0) return { act: 'restore', why: 'retry' }
  const earlier = isEphemeral(entry.intent) ? verifiedSnapshotId : active?.snapshotId
  return { act: 'restore', why: earlier === null || earlier === undefined ? 'never-restored' : 'newer-snapshot' }
}

function wait(why: Waiting, until: string | null = null): Decision {
  return { act: 'wait', why, until }
}
