import type { VerificationOfPlane } from '../../services/planes/index.ts'
import type { ActivityShape } from './shapes.ts'

/** Of what a plane does not say in its rows, what is known otherwise. */
export interface ActivityNames {
  readonly replica: { readonly id: string; readonly name: string } | null
  readonly group: { readonly id: string; readonly name: string | null } | null
  readonly consumer: { readonly id: string; readonly name: string | null } | null
}

export function readActivity(row: ActivityShape, { replica, group, consumer }: ActivityNames): VerificationOfPlane {
  const at = row.at ?? row.observed_at ?? row.reported_at ?? row.started_at
  return {
    key: row.key ?? String(row.id ?? `${row.type} ${at}`),
    status: statusOf(row),
    at: at ?? new Date(0).toISOString(),
    replicaId: row.replica_id ?? replica?.id ?? null,
    replicaName: row.replica_name ?? replica?.name ?? null,
    groupId: row.group_id ?? group?.id ?? null,
    groupName: group?.name ?? null,
    machineId: row.machine_id ?? row.server_id,
    machineName: row.machine_name ?? row.server_name,
    consumerId: row.device_id ?? consumer?.id ?? null,
    consumerName: row.device_name ?? consumer?.name ?? null,
    type: row.type,
    intent: row.intent,
    snapshotId: row.snapshot_id,
    error: row.error,
    postgresVersion: row.postgres_version,
    observedAt: row.observed_at,
    startedAt: row.started_at,
    reportedAt: row.reported_at,
    seconds: row.duration_seconds === null ? null : Math.max(0, row.duration_seconds),
    sentBytes: row.s3_sent_raw_bytes,
    receivedBytes: row.s3_received_raw_bytes,
    health: row.health_details ?? null,
    redaction: redactionOf(row),
    migration: row.migration ?? null,
    reportingSchema: row.reporting_schema ?? null,
    runId: row.run_id,
  }
}

function statusOf({ status, outcome, replica_healthy: healthy }: ActivityShape): VerificationOfPlane['status'] {
  if (status === 'in_progress') return 'in-progress'
  if (status === 'unknown') return 'unknown'
  return outcome === 'success' && healthy !== false ? 'healthy' : 'failed'
}

function redactionOf(row: ActivityShape): unknown {
  if (row.redaction_outcome === null) return null
  return {
    outcome: row.redaction_outcome,
    manifest_version: row.redaction_manifest_version,
    columns_masked: row.redaction_columns_masked,
    columns_skipped: row.redaction_columns_skipped,
    error: row.redaction_error,
  }
}
