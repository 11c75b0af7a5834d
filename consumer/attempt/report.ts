import type { VerificationReport } from '../../contract/control-plane/consumer.ts'
import type { Entry } from '../worklist-entry.ts'

export interface Told {
  readonly entry: Entry
  readonly runId: string
  /** The snapshot came to life; what became of it since is another question. */
  readonly restored: boolean
  readonly healthy: boolean
  readonly error: string | null
  readonly observedAt: Date
  readonly postgresVersion: string | null
  /** Bytes that came from the repository; null where they were not counted. */
  readonly received: number | null
  readonly details: Readonly<Record<string, unknown>>
}

const LONGEST_ERROR = 16_000

/**
 * What the plane is told of an attempt, or of what became of its replica since. What was not measured is left out, for zero would be a
 * figure.
 */
export function reportOf(told: Told): VerificationReport {
  const { entry, error, postgresVersion, received, details } = told
  return {
    replica_id: entry.replicaId,
    group: entry.groupId,
    machine_id: entry.machineId,
    type: entry.type,
    intent: entry.intent,
    outcome: told.restored ? 'success' : 'failure',
    replica_healthy: told.healthy,
    observed_at: told.observedAt.toISOString(),
    run_id: told.runId,
    ...(entry.snapshotId === null ? {} : { snapshot_id: entry.snapshotId }),
    ...(error === null ? {} : { error: error.slice(0, LONGEST_ERROR) }),
    ...(postgresVersion === null ? {} : { postgres_version: postgresVersion }),
    ...(received === null ? {} : { s3_received_payload_bytes: received }),
    ...(Object.keys(details).length === 0 ? {} : { health_details: details }),
  }
}
