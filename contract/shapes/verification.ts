import { z } from 'zod'

const moment = z.iso.datetime({ offset: true })
const text = z.string().nullable()
const bytes = z.number().nonnegative().nullable()

/** What was reported of one restore of a replica, or that nothing was. */
export const verificationSchema = z.object({
  planeId: z.uuid(),
  key: z.string(),
  /** `unknown`: credentials were given out, they have ended, and nothing was reported. */
  status: z.enum(['healthy', 'failed', 'in-progress', 'unknown']),
  at: moment,
  replicaId: text,
  replicaName: text,
  groupId: text,
  groupName: text,
  machineId: text,
  machineName: text,
  consumerId: text,
  consumerName: text,
  type: z.string(),
  intent: text,
  snapshotId: text,
  /** In full, as the consumer said it. */
  error: text,
  postgresVersion: text,
  /** The consumer's clock, and the plane's. */
  observedAt: moment.nullable(),
  startedAt: moment.nullable(),
  reportedAt: moment.nullable(),
  seconds: z.number().nonnegative().nullable(),
  sentBytes: bytes,
  receivedBytes: bytes,
  /** Any JSON; `url` leads to the running replica. */
  health: z.unknown().optional(),
  redaction: z.unknown().optional(),
  migration: z.unknown().optional(),
  reportingSchema: z.unknown().optional(),
  runId: text,
  /** Where the run is one that this console knows. */
  run: z.object({ hostId: z.string(), runId: z.string() }).nullable(),
})
export type Verification = z.infer<typeof verificationSchema>

export const verificationPageSchema = z.object({ items: z.array(verificationSchema), next: z.string().nullable() })
export type VerificationPage = z.infer<typeof verificationPageSchema>
