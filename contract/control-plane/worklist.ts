import { z } from 'zod'
import { paramValuesSchema } from './intent.ts'

const moment = z.iso.datetime({ offset: true })

/** One replica that should exist: the complete list is what is wanted, and no queue. */
export const worklistEntrySchema = z.object({
  /** The declaration; one that covers several machines has an entry for each. */
  replica_id: z.uuid(),
  group_id: z.uuid(),
  machine_id: z.uuid(),
  /** The same under its old name. */
  server_id: z.uuid(),
  application_type: z.string().optional(),
  type: z.string(),
  intent: z.string(),
  name: z.string(),
  overdue_after_seconds: z.number().int().nonnegative().nullable(),
  /** One key for each parameter that the intent advertises. */
  params: paramValuesSchema,
  /** Null where no backup that succeeded is known. */
  snapshot_id: z.string().nullable(),
  /** When that backup was heard of. */
  snapshot_at: moment.nullable(),
  /** `rest`: the plane's own gateway of restic's REST protocol, at `repository_url`. */
  storage: z.enum(['s3', 'rest']),
  bucket: z.string(),
  prefix: z.string(),
  region: z.string(),
  /** Ours, where `storage` is `rest`: as restic takes it, without user and password. */
  repository_url: z.string().optional(),
  target_version: z.string().nullable().optional(),
  target_version_id: z.string().nullable().optional(),
})
export type WorklistEntry = z.infer<typeof worklistEntrySchema>
