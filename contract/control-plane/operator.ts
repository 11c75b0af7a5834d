import { oc } from '@orpc/contract'
import { z } from 'zod'
import {
  connectGroupSchema,
  connectionSchema,
  deviceCodeSchema,
  deviceRoleSchema,
  deviceViewSchema,
  groupViewSchema,
  observeGroupSchema,
  planeDescriptionSchema,
  type SafetyMode,
  safetyModeSchema,
  safetySessionSchema,
} from './fleet.ts'
import {
  consumerViewSchema,
  createReplicaSchema,
  replicaViewSchema,
  restoreActivitySchema,
  updateReplicaSchema,
} from './replica.ts'
import { accessSchema, activityPageSchema, issuancePageSchema, previewSchema, standingsSchema } from './standing.ts'
import { worklistEntrySchema } from './worklist.ts'

export interface OperatorMeta {
  /** The least safety mode in which it may be called, where the plane has them. */
  readonly grade: SafetyMode
}

const base = oc.$meta<OperatorMeta>({ grade: 'read-only' })

/** Canopy's rule for all its operator calls: a POST with a body of JSON. */
function call(path: `/api/${string}`, grade: SafetyMode = 'read-only') {
  return base.meta({ grade }).route({ method: 'POST', path })
}

const nothing = z.object({})
const group = z.object({ server_group_id: z.uuid() })
const one = z.object({ id: z.uuid() })
const device = z.object({ device_id: z.uuid() })
const paged = z.object({ before: z.string().nullish(), limit: z.number().int().min(1).max(1000).default(100) })

/**
 * What an operator asks of a control plane. Paths and shapes are Canopy's where it has them; those that it has not are
 * marked as ours and answered by our own plane alone.
 */
export const operatorContract = {
  replicas: {
    /** The whole fleet, newest first. Canopy took it away after its first version. */
    list: call('/api/restore_replicas/list').input(nothing).output(z.array(replicaViewSchema)),
    forGroup: call('/api/restore_replicas/for_group').input(group).output(z.array(replicaViewSchema)),
    /** Every device with the role, also one that never said what it can do. */
    consumers: call('/api/restore_replicas/consumers').input(nothing).output(z.array(consumerViewSchema)),
    /** The last 50 of a group. */
    checks: call('/api/restore_replicas/checks').input(group).output(z.array(restoreActivitySchema)),
    /** 400 with the reason; 409 where the consumer has one of that name. */
    create: call('/api/restore_replicas/create', 'write').input(createReplicaSchema).output(replicaViewSchema),
    update: call('/api/restore_replicas/update', 'write').input(updateReplicaSchema).output(replicaViewSchema),
    delete: call('/api/restore_replicas/delete', 'danger').input(one).output(z.null()),
    /** Ours: how every machine of every declaration stands. */
    standings: call('/api/restore_replicas/standings').input(nothing).output(standingsSchema),
    /** Ours: what a declaration would come to; with `id`, what this one would after the change. */
    preview: call('/api/restore_replicas/preview')
      .input(createReplicaSchema.extend({ id: z.uuid().nullish(), enabled: z.boolean().default(true) }))
      .output(previewSchema),
    /** Ours: access that would end if this were disabled or deleted. */
    revokes: call('/api/restore_replicas/revokes').input(one).output(z.array(accessSchema)),
    /** Ours: what the consumer would be sent if it asked now. */
    worklist: call('/api/restore_replicas/worklist').input(device).output(z.array(worklistEntrySchema)),
    /** Ours: every report, newest first. `before` is the `next` of the page before. */
    activity: call('/api/restore_replicas/activity')
      .input(
        paged.extend({
          replica_id: z.uuid().nullish(),
          machine_id: z.uuid().nullish(),
          group_id: z.uuid().nullish(),
          device_id: z.uuid().nullish(),
        }),
      )
      .output(activityPageSchema),
    /** Ours: every time that credentials were given out. */
    issuances: call('/api/restore_replicas/issuances')
      .input(paged.extend({ device_id: z.uuid().nullish(), group_id: z.uuid().nullish() }))
      .output(issuancePageSchema),
  },
  groups: {
    list: call('/api/fleet/groups/list').input(nothing).output(z.array(groupViewSchema)),
    get: call('/api/fleet/groups/get')
      .input(group)
      .output(z.object({ group: groupViewSchema, machines: groupViewSchema.shape.machines })),
    /** Ours. 400 where the repository cannot be read with this, with the reason; 409 where it is another group's. */
    connect: call('/api/fleet/groups/connect', 'danger').input(connectGroupSchema).output(groupViewSchema),
    /** Ours: forget what the group's repository is read with. Its declarations stay, and are not dispatched. */
    disconnect: call('/api/fleet/groups/disconnect', 'danger').input(group).output(groupViewSchema),
    /** Ours: what a console saw of its repositories; those that are not told of stay as they were. */
    observe: call('/api/fleet/groups/observe', 'read-only')
      .input(z.object({ groups: z.array(observeGroupSchema) }))
      .output(z.array(groupViewSchema)),
  },
  devices: {
    /** All but the untrusted. */
    listTrusted: call('/api/devices/list_trusted')
      .input(z.object({ offset: z.number().int().nonnegative().default(0), limit: z.number().int().nullish() }))
      .output(z.object({ items: z.array(deviceViewSchema), total: z.number().int() })),
    connectionHistory: call('/api/devices/connection_history')
      .input(device.extend({ limit: z.number().int().min(1).max(1000).default(100) }))
      .output(z.array(connectionSchema)),
    updateRole: call('/api/devices/update_role', 'danger')
      .input(device.extend({ role: deviceRoleSchema }))
      .output(deviceViewSchema),
    /** Ours: a code with which one consumer enrols. */
    code: call('/api/devices/enrolment_code', 'danger')
      .input(z.object({ name: z.string().trim().min(1).max(100) }))
      .output(deviceCodeSchema),
  },
  safety: {
    session: call('/api/safety/session').input(nothing).output(safetySessionSchema),
    /** For ten minutes. 400 for `read-only`. */
    raise: call('/api/safety/raise')
      .input(z.object({ mode: safetyModeSchema }))
      .output(safetySessionSchema),
    lower: call('/api/safety/lower').input(nothing).output(safetySessionSchema),
  },
  /** Ours. */
  describe: call('/api/plane/describe').input(nothing).output(planeDescriptionSchema),
} as const
