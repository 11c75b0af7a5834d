import type { DeviceView, GroupView } from '../../contract/control-plane/fleet.ts'
import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'
import type { ConsumerView, ReplicaView } from '../../contract/control-plane/replica.ts'
import { writeDuration } from '../../contract/control-plane/units.ts'
import { showDefaults, showParams } from '../replicas/params.ts'
import type { Backup, Declaration, Device, Group, Machine, PlaneStore } from '../store/index.ts'

/** A declaration as operators see it. Without an intent it is a gap: nothing can be said of what it takes. */
export function replicaView(
  declaration: Declaration,
  consumerName: string | null,
  intent: IntentDescriptor | undefined,
): ReplicaView {
  const can = (tag: string) => intent?.semantics.includes(tag) ?? false
  return {
    id: declaration.id,
    consumer_device_id: declaration.consumerId,
    consumer_name: consumerName,
    group_id: declaration.groupId,
    machine_id: declaration.machineId,
    type: declaration.type,
    intent: declaration.intent,
    name: declaration.name,
    overdue_after: declaration.overdueAfter === null ? null : writeDuration(declaration.overdueAfter),
    params: showParams(declaration.params, intent),
    redacts: declaration.redacts,
    publishes_schemas: declaration.publishesSchemas,
    migrates_on_request: declaration.migratesOnRequest,
    can_redact: can('redact'),
    can_publish_schemas: can('reporting-schema'),
    can_migrate_on_request: can('migrate'),
    redaction_gaps: [],
    enabled: declaration.enabled,
    gap: intent === undefined,
    created_by: declaration.createdBy,
    created_at: declaration.createdAt,
    updated_at: declaration.updatedAt,
    updated_by: declaration.updatedBy,
  }
}

export function consumerView(device: Device, intents: Iterable<IntentDescriptor>): ConsumerView {
  return {
    device_id: device.id,
    name: device.name,
    intents: [...intents].map(showDefaults),
    registered_at: device.registeredAt,
    reregistered_at: device.reregisteredAt,
    last_seen_at: device.lastSeenAt,
    last_worklist_at: device.lastWorklistAt,
    key_pin: device.keyPin,
  }
}

export function deviceView({ id, name, role, keyPin, firstSeenAt, lastSeenAt }: Device): DeviceView {
  return { id, name, role, key_pin: keyPin, first_seen_at: firstSeenAt, last_seen_at: lastSeenAt }
}

/** A group with its machines, and what is backed up of them. */
export function groupView(group: Group, store: PlaneStore): GroupView {
  const backups = Map.groupBy(store.machines.backupsOf(group.id), ({ machineId }) => machineId)
  const machines = store.machines
    .ofGroup(group.id)
    .map((machine) => machineView(machine, backups.get(machine.id) ?? []))
  const types = machines.flatMap((machine) => machine.backups.map(({ type }) => type))
  return {
    id: group.id,
    name: group.name,
    status: group.status,
    reason: group.reason,
    url: group.url,
    storage: group.storage,
    repository_id: group.repositoryId,
    machines,
    types: [...new Set(types)].toSorted(),
    type_rules: [...group.typeRules],
    observed_at: group.observedAt,
  }
}

function machineView({ id, name, archivedAt }: Machine, backups: readonly Backup[]): GroupView['machines'][number] {
  const shown = backups.map(({ type, snapshotId, reportedAt, takenAt }) => ({
    type,
    snapshot_id: snapshotId,
    snapshot_at: reportedAt,
    taken_at: takenAt,
  }))
  return { id, name, archived: archivedAt !== null, backups: shown }
}
