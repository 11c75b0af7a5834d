import { existsSync } from 'node:fs'
import type { InstanceRecord, ReplicaRecord } from '../ledger/rows.ts'
import { Ledger } from '../ledger/ledger.ts'
import { decide } from '../loop/decide.ts'
import { ledgerOf, type Places } from '../places.ts'

/** How a replica stands, for somebody at a terminal or a program. */
export interface StatusLine {
  readonly key: string
  readonly name: string
  readonly type: string
  readonly intent: string
  readonly snapshot: string | null
  readonly verified: string | null
  readonly verifiedAt: string | null
  readonly state: string
  readonly error: string | null
}

/** Read from the ledger, whether the consumer runs or not. */
export function statusOf(places: Places, now: Date): readonly StatusLine[] {
  if (!existsSync(ledgerOf(places))) return []
  using ledger = new Ledger(ledgerOf(places))
  const running = new Set(ledger.open().map(({ key }) => key))
  const instances = ledger.instances().filter(({ state }) => state === 'active')
  return ledger.replicas().map((replica) => {
    const active = instances.find(({ key }) => key === replica.key)
    const { name, type, intent, snapshotId } = replica.entry
    return {
      key: replica.key,
      name,
      type,
      intent,
      snapshot: snapshotId,
      verified: replica.verifiedSnapshotId,
      verifiedAt: replica.verifiedAt,
      state: running.has(replica.key) ? 'restoring' : stateOf(replica, active, now),
      error: replica.lastError,
    }
  })
}

function stateOf(replica: ReplicaRecord, active: InstanceRecord | undefined, now: Date): string {
  const decision = decide({ replica, active, refused: false, now })
  if (decision.act === 'restore') return 'queued'
  return decision.until === null ? decision.why : `${decision.why} until ${decision.until}`
}
