import { z } from 'zod'
import { restoreActivitySchema } from './replica.ts'
import { worklistEntrySchema } from './worklist.ts'

const moment = z.iso.datetime({ offset: true })

/**
 * How one machine of a declaration stands, in one word; the first that fits, in this order. `failing`: the last report was not healthy.
 * `overdue`: the bound has passed since the last healthy report. `never-reported`: nothing was ever heard, whatever the bound. `unknown`:
 * credentials were given out, have ended, and nothing was heard. `waiting-for-backup`: there is nothing yet to restore.
 * `not-reporting`: its intent does not say that it reports (no `check`).
 */
export const standingStateSchema = z.enum([
  'disabled',
  'gap',
  'group-not-ready',
  'machine-gone',
  'failing',
  'overdue',
  'in-progress',
  'unknown',
  'waiting-for-backup',
  'never-reported',
  'healthy',
  'not-reporting',
])
export type StandingState = z.infer<typeof standingStateSchema>

/** Why a machine of a declaration has no entry in the worklist; null where it has one. `settled`: `once`, and done. */
export const withheldSchema = z.enum([
  'disabled',
  'gap',
  'group-not-ready',
  'machine-gone',
  'settled',
  'no-candidate',
  'no-manifest',
])
export type Withheld = z.infer<typeof withheldSchema>

export const reportedSchema = z.object({
  healthy: z.boolean(),
  outcome: z.enum(['success', 'failure']),
  error: z.string().nullable(),
  snapshot_id: z.string().nullable(),
  /** The consumer's clock, and the plane's. */
  observed_at: moment,
  reported_at: moment,
})

export const standingSchema = z.object({
  replica_id: z.uuid(),
  /** Null for a declaration of a group in which there is no machine. */
  machine_id: z.uuid().nullable(),
  machine_name: z.string().nullable(),
  state: standingStateSchema,
  withheld: withheldSchema.nullable(),
  /** As Canopy judges it: also of one that never reported. */
  overdue: z.boolean(),
  overdue_since: moment.nullable(),
  /** When it will be; null where it never is, already is, or it cannot be said. */
  overdue_at: moment.nullable(),
  bound_seconds: z.number().int().nullable(),
  latest_snapshot_id: z.string().nullable(),
  latest_snapshot_at: moment.nullable(),
  last_report: reportedSchema.nullable(),
  last_healthy: reportedSchema.nullable(),
  /** Credentials that are valid, and no report of them. */
  in_progress: z.object({ since: moment, until: moment, run_id: z.string().nullable() }).nullable(),
})
export type Standing = z.infer<typeof standingSchema>

export const standingsSchema = z.object({
  /** When the sweep last judged. */
  judged_at: moment,
  standings: z.array(standingSchema),
})

/** What somebody may read at the repositories because of a declaration, and could not without it. */
export const accessSchema = z.object({ group_id: z.uuid(), group_name: z.string(), type: z.string() })

/** What a declaration would come to, before it is made. */
export const previewSchema = z.object({
  entries: z.array(worklistEntrySchema.extend({ machine_name: z.string() })),
  withheld: z.array(z.object({ machine_id: z.uuid(), machine_name: z.string(), why: withheldSchema })),
  /** Access that its consumer gains by it. */
  grants: z.array(accessSchema),
  /** The declaration of this consumer that already has the name. */
  name_taken_by: z.uuid().nullable(),
})

export const issuanceSchema = z.object({
  id: z.string(),
  device_id: z.uuid(),
  device_name: z.string().nullable(),
  group_id: z.uuid(),
  type: z.string(),
  run_id: z.string().nullable(),
  issued_at: moment,
  expires_at: moment,
  storage: z.enum(['s3', 'rest']),
  /** Never the secret. */
  access_key_id: z.string(),
  bucket: z.string(),
  prefix: z.string(),
  assumed_role: z.string().nullable(),
  sts_request_id: z.string().nullable(),
  /** Ended before its time, because nothing covered it any more. */
  revoked_at: moment.nullable(),
})
export type Issuance = z.infer<typeof issuanceSchema>

export const issuancePageSchema = z.object({ items: z.array(issuanceSchema), next: z.string().nullable() })

/** Every report, and every restore known by its credentials, newest first. */
export const activityPageSchema = z.object({ items: z.array(restoreActivitySchema), next: z.string().nullable() })
