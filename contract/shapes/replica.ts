import { z } from 'zod'
import { paramSchema, paramValueSchema } from '../control-plane/intent.ts'
import { reportedSchema, standingStateSchema, withheldSchema } from '../control-plane/standing.ts'
import { REFUSALS } from '../refusals.ts'

const moment = z.iso.datetime({ offset: true })

/** Something that a consumer says it can do. */
export const intentSchema = z.object({
  name: z.string(),
  description: z.string().nullable(),
  semantics: z.array(z.string()),
  /** Defaults as they are shown, durations and sizes with units. */
  params: z.record(z.string(), paramSchema),
})
export type Intent = z.infer<typeof intentSchema>

/** What was heard of one restore of a replica. */
export const replicaReportSchema = z.object({
  healthy: z.boolean(),
  outcome: reportedSchema.shape.outcome,
  /** In full, as the consumer said it. */
  error: z.string().nullable(),
  snapshotId: z.string().nullable(),
  /** The consumer's clock, and the plane's. */
  observedAt: moment,
  reportedAt: moment,
})
export type ReplicaReport = z.infer<typeof replicaReportSchema>

/** How one machine of a replica stands. What a plane cannot say is null. */
export const replicaStandingSchema = z.object({
  machineId: z.string().nullable(),
  machineName: z.string().nullable(),
  state: standingStateSchema,
  withheld: withheldSchema.nullable(),
  overdue: z.boolean(),
  overdueSince: moment.nullable(),
  overdueAt: moment.nullable(),
  latestSnapshotId: z.string().nullable(),
  latestSnapshotAt: moment.nullable(),
  lastReport: replicaReportSchema.nullable(),
  lastHealthy: replicaReportSchema.nullable(),
  inProgress: z.object({ since: moment, until: moment, runId: z.string().nullable() }).nullable(),
})
export type ReplicaStanding = z.infer<typeof replicaStandingSchema>

/** What is declared. `params` as operators write them, with units. */
export const declarationSchema = z.object({
  consumerId: z.uuid(),
  groupId: z.uuid(),
  /** Null for every machine of the group. */
  machineId: z.uuid().nullable(),
  type: z.string().trim().min(1),
  intent: z.string().trim().min(1),
  name: z.string().trim().min(1, REFUSALS.replica_name_missing).max(100),
  overdueAfter: z.string().nullable(),
  params: z.record(z.string(), paramValueSchema),
  redacts: z.boolean(),
  publishesSchemas: z.boolean(),
  migratesOnRequest: z.boolean(),
  enabled: z.boolean(),
})
export type Declaration = z.infer<typeof declarationSchema>

/** A declaration that a restore should always be there, and how it stands. */
export const replicaSchema = z.object({
  planeId: z.uuid(),
  id: z.uuid(),
  declaration: declarationSchema,
  consumerName: z.string().nullable(),
  groupName: z.string().nullable(),
  machineName: z.string().nullable(),
  gap: z.boolean(),
  createdBy: z.string().nullable(),
  createdAt: moment,
  updatedBy: z.string().nullable(),
  updatedAt: moment,
  /** The worst of its standings. */
  state: standingStateSchema,
  /** Worst first. */
  standings: z.array(replicaStandingSchema),
})
export type Replica = z.infer<typeof replicaSchema>

/** States that somebody should look at. */
export const ATTENTION: readonly z.infer<typeof standingStateSchema>[] = [
  'failing',
  'overdue',
  'gap',
  'group-not-ready',
  'machine-gone',
  'unknown',
  'never-reported',
]

export const replicaBoardSchema = z.object({
  replicas: z.array(replicaSchema),
  /** When the planes were last asked; null before the first answer. */
  askedAt: moment.nullable(),
  /** Planes that did not answer: what is shown of them is as it was before. */
  silent: z.array(z.object({ planeId: z.uuid(), since: moment })),
})
export type ReplicaBoard = z.infer<typeof replicaBoardSchema>

/** An entry of a consumer's worklist. */
export const plannedRestoreSchema = z.object({
  replicaId: z.string(),
  name: z.string(),
  groupId: z.string(),
  machineId: z.string(),
  machineName: z.string().nullable(),
  type: z.string(),
  intent: z.string(),
  params: z.record(z.string(), paramValueSchema),
  snapshotId: z.string().nullable(),
  snapshotAt: moment.nullable(),
})
export type PlannedRestore = z.infer<typeof plannedRestoreSchema>

export const replicaAccessSchema = z.object({ groupId: z.string(), groupName: z.string(), type: z.string() })

/** What a declaration would come to. */
export const replicaPreviewSchema = z.object({
  entries: z.array(plannedRestoreSchema),
  withheld: z.array(z.object({ machineId: z.string(), machineName: z.string(), why: withheldSchema })),
  grants: z.array(replicaAccessSchema),
  nameTakenBy: z.string().nullable(),
})
export type ReplicaPreview = z.infer<typeof replicaPreviewSchema>
