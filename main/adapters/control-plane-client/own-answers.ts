import type { z } from 'zod'
import type { issuanceSchema, previewSchema } from '../../../contract/control-plane/standing.ts'
import type { WorklistEntry } from '../../../contract/control-plane/worklist.ts'
import type { ConsumerConnection, IssuedAccess } from '../../../contract/shapes/consumer.ts'
import type { PlannedRestore, ReplicaPreview } from '../../../contract/shapes/replica.ts'
import type { ReplicaAccess } from '../../services/planes/index.ts'
import type { connectionShape } from './shapes.ts'

/** What only our own plane answers, as the console shows it. */

export function readEntry(entry: WorklistEntry, machineName: string | null): PlannedRestore {
  const { replica_id: replicaId, group_id: groupId, machine_id: machineId, name, type, intent, params } = entry
  const snapshot = { snapshotId: entry.snapshot_id, snapshotAt: entry.snapshot_at }
  return { replicaId, name, groupId, machineId, machineName, type, intent, params, ...snapshot }
}

export function readPreview(preview: z.output<typeof previewSchema>): ReplicaPreview {
  return {
    entries: preview.entries.map((entry) => readEntry(entry, entry.machine_name)),
    withheld: preview.withheld.map(({ machine_id: machineId, machine_name: machineName, why }) => ({
      machineId,
      machineName,
      why,
    })),
    grants: preview.grants.map(readAccess),
    nameTakenBy: preview.name_taken_by,
  }
}

export function readAccess(access: z.output<typeof previewSchema>['grants'][number]): ReplicaAccess {
  return { groupId: access.group_id, groupName: access.group_name, type: access.type }
}

export function readIssuance(issued: z.output<typeof issuanceSchema>, groupName: string | null): IssuedAccess {
  const { id, type, storage } = issued
  return {
    id,
    consumerId: issued.device_id,
    consumerName: issued.device_name,
    groupId: issued.group_id,
    groupName,
    type,
    runId: issued.run_id,
    issuedAt: issued.issued_at,
    expiresAt: issued.expires_at,
    storage,
    accessKeyId: issued.access_key_id,
    assumedRole: issued.assumed_role,
    revokedAt: issued.revoked_at,
  }
}

/** None of a row that does not say when it was. */
export function readConnection(row: z.output<typeof connectionShape>): ConsumerConnection[] {
  const at = row.at ?? row.created_at
  if (at === null) return []
  return [{ at, ip: row.ip ?? '', userAgent: row.user_agent, asked: row.asked ?? '', status: row.status ?? 0 }]
}
