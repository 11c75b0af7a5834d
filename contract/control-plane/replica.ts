import { z } from 'zod'
import { intentDescriptorSchema, paramValueSchema } from './intent.ts'

const moment = z.iso.datetime({ offset: true })
const nullableText = z.string().nullable()

/** What an operator sends of a parameter: durations and sizes as texts with units, or as plain numbers. */
const sentParamsSchema = z.record(z.string(), paramValueSchema)

const declared = {
  consumer_device_id: z.uuid(),
  group_id: z.uuid(),
  /** Null for every machine of the group. */
  machine_id: z.uuid().nullish(),
  type: z.string().min(1),
  intent: z.string().min(1),
  /** One for each consumer. */
  name: z.string(),
  /** Such as `2h 30m`; empty for no bound. */
  overdue_after: z.string().nullish(),
  params: sentParamsSchema.default({}),
  redacts: z.boolean().default(false),
  publishes_schemas: z.boolean().default(false),
  migrates_on_request: z.boolean().default(false),
} as const

/** It starts enabled. */
export const createReplicaSchema = z.object(declared)
export type CreateReplica = z.infer<typeof createReplicaSchema>

/** The whole of it: what is not sent is reset. */
export const updateReplicaSchema = z.object({
  ...declared,
  id: z.uuid(),
  enabled: z.boolean(),
  /** Ours: refused with 409 where somebody changed it since. */
  if_updated_at: moment.nullish(),
})
export type UpdateReplica = z.infer<typeof updateReplicaSchema>

export const redactionGapSchema = z.looseObject({
  server_id: z.string(),
  server_name: z.string(),
  reason: z.string(),
  version: nullableText,
})

export const replicaViewSchema = z.object({
  id: z.uuid(),
  consumer_device_id: z.uuid(),
  consumer_name: nullableText,
  group_id: z.uuid(),
  machine_id: z.uuid().nullable(),
  type: z.string(),
  intent: z.string(),
  name: z.string(),
  /** In its largest units, `1d 12h`; null for no bound. */
  overdue_after: nullableText,
  /** Durations and sizes with units; plain numbers while the intent is not advertised. */
  params: z.record(z.string(), paramValueSchema),
  redacts: z.boolean(),
  publishes_schemas: z.boolean(),
  migrates_on_request: z.boolean(),
  can_redact: z.boolean(),
  can_publish_schemas: z.boolean(),
  can_migrate_on_request: z.boolean(),
  redaction_gaps: z.array(redactionGapSchema),
  enabled: z.boolean(),
  /** Its consumer does not say that it can do this now. */
  gap: z.boolean(),
  created_by: nullableText,
  created_at: moment,
  updated_at: moment,
  /** Ours. */
  updated_by: nullableText.optional(),
})
export type ReplicaView = z.infer<typeof replicaViewSchema>

export const consumerViewSchema = z.object({
  device_id: z.uuid(),
  name: nullableText,
  /** Defaults with units. */
  intents: z.array(intentDescriptorSchema),
  /** From here on ours. When it first said what it can do, and last did. */
  registered_at: moment.nullish(),
  reregistered_at: moment.nullish(),
  last_seen_at: moment.nullish(),
  last_worklist_at: moment.nullish(),
  /** SHA-256 of the public key of its certificate, base64url. */
  key_pin: z.string().nullish(),
})
export type ConsumerView = z.infer<typeof consumerViewSchema>

/** A report, or a restore that is known by its credentials alone. */
export const restoreActivitySchema = z.object({
  key: z.string(),
  status: z.enum(['reported', 'in_progress', 'unknown']),
  type: z.string(),
  at: moment,
  machine_id: nullableText,
  machine_name: nullableText,
  intent: nullableText,
  outcome: nullableText,
  replica_healthy: z.boolean().nullable(),
  error: nullableText,
  postgres_version: nullableText,
  snapshot_id: nullableText,
  health_details: z.unknown().optional(),
  redaction_outcome: nullableText,
  redaction_manifest_version: nullableText,
  redaction_columns_masked: z.number().int().nullable(),
  redaction_columns_skipped: z.number().int().nullable(),
  redaction_error: nullableText,
  s3_sent_raw_bytes: z.number().int().nullable(),
  s3_sent_payload_bytes: z.number().int().nullable(),
  s3_received_raw_bytes: z.number().int().nullable(),
  s3_received_payload_bytes: z.number().int().nullable(),
  observed_at: moment.nullable(),
  started_at: moment.nullable(),
  reported_at: moment.nullable(),
  duration_seconds: z.number().nullable(),
  /** From here on ours. */
  id: z.string().optional(),
  replica_id: nullableText.optional(),
  replica_name: nullableText.optional(),
  group_id: nullableText.optional(),
  device_id: nullableText.optional(),
  device_name: nullableText.optional(),
  run_id: nullableText.optional(),
  migration: z.unknown().optional(),
  reporting_schema: z.unknown().optional(),
})
export type RestoreActivity = z.infer<typeof restoreActivitySchema>
