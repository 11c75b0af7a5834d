import { z } from 'zod'
import { paramTypeSchema } from '../../../contract/control-plane/intent.ts'

/** What planes of all generations answer, as loosely as can be: what is not known is left out, what is missing is null. */

const iso = z.iso.datetime({ offset: true })
/** Kept to the letter where it can be, for a plane compares it so. */
const moment = z.string().transform((text, context) => {
  if (iso.safeParse(text).success) return text
  const time = Date.parse(text)
  if (!Number.isNaN(time)) return new Date(time).toISOString()
  context.addIssue({ code: 'custom', message: 'is no moment' })
  return z.NEVER
})

function orNull<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value): z.output<T> | null => value ?? null)
}

const text = orNull(z.string())
const count = orNull(z.number())
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)

const paramValue = z.unknown().transform((value): string | number | boolean | null => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return value === null || value === undefined ? null : JSON.stringify(value)
})

const descriptor = z.object({
  intent: z.string(),
  description: text,
  semantics: z.array(z.string()).catch([]),
  params: z
    .record(z.string(), z.object({ type: paramTypeSchema.catch('text'), default: paramValue.optional() }))
    .catch({}),
})

/** An intent was a string in the first generation. */
export const consumerShape = z.object({
  device_id: z.uuid(),
  name: text,
  intents: z.array(z.union([z.string(), descriptor])).catch([]),
  registered_at: orNull(moment),
  reregistered_at: orNull(moment),
  last_seen_at: orNull(moment),
  last_worklist_at: orNull(moment),
  key_pin: text,
})
export type ConsumerShape = z.output<typeof consumerShape>

export const viewShape = z.object({
  id: z.uuid(),
  consumer_device_id: z.uuid(),
  consumer_name: text,
  group_id: z.uuid(),
  machine_id: z.uuid().nullish(),
  server_id: z.uuid().nullish(),
  type: z.string(),
  intent: z.string(),
  name: z.string(),
  overdue_after: z.string().nullish(),
  freshness_seconds: z.number().int().nonnegative().nullish(),
  params: z.record(z.string(), paramValue).catch({}),
  redacts: flag,
  publishes_schemas: flag,
  migrates_on_request: flag,
  enabled: z.boolean(),
  gap: z.boolean().nullish(),
  created_by: text,
  created_at: moment,
  updated_at: moment,
  updated_by: text,
})
export type ViewShape = z.output<typeof viewShape>

export const activityShape = z.object({
  key: z.string().optional(),
  id: z.union([z.string(), z.number()]).nullish(),
  status: z.enum(['reported', 'in_progress', 'unknown']).catch('reported'),
  type: z.string(),
  at: orNull(moment),
  machine_id: text,
  machine_name: text,
  server_id: text,
  server_name: text,
  intent: text,
  outcome: text,
  replica_healthy: orNull(z.boolean()),
  error: text,
  postgres_version: text,
  snapshot_id: text,
  health_details: z.unknown().optional(),
  redaction_outcome: text,
  redaction_manifest_version: text,
  redaction_columns_masked: count,
  redaction_columns_skipped: count,
  redaction_error: text,
  s3_sent_raw_bytes: count,
  s3_received_raw_bytes: count,
  observed_at: orNull(moment),
  started_at: orNull(moment),
  reported_at: orNull(moment),
  duration_seconds: count,
  replica_id: text,
  replica_name: text,
  group_id: text,
  device_id: text,
  device_name: text,
  run_id: text,
  migration: z.unknown().optional(),
  reporting_schema: z.unknown().optional(),
})
export type ActivityShape = z.output<typeof activityShape>

const machine = z.object({ id: z.uuid(), name: z.string(), archived: flag })
export const groupDetailShape = z.object({ machines: z.array(machine).catch([]) })
export type MachineShape = z.output<typeof machine>

const namedGroup = z.object({ id: z.uuid(), name: z.string() })
/** A list, or a page of one, of groups or of what holds a group. */
export const groupListShape = z
  .union([z.array(z.unknown()), z.object({ items: z.array(z.unknown()) }).transform(({ items }) => items)])
  .pipe(z.array(z.union([namedGroup, z.object({ group: namedGroup }).transform(({ group }) => group)])))
export type NamedGroup = z.output<typeof namedGroup>

export const connectionShape = z.object({
  at: orNull(moment),
  created_at: orNull(moment),
  ip: text,
  user_agent: text,
  asked: text,
  status: count,
})

export const safetySessionShape = z.object({
  id: z.string(),
  mode: z.enum(['read-only', 'write', 'danger']),
  raise_expires_at: orNull(moment),
})
