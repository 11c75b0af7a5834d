import { z } from 'zod'
import { intentSchema } from './replica.ts'

const moment = z.iso.datetime({ offset: true })

/** A consumer of a plane: what restores replicas and tells how they are. What a plane cannot say is null. */
export const consumerSchema = z.object({
  planeId: z.uuid(),
  id: z.uuid(),
  name: z.string().nullable(),
  intents: z.array(intentSchema),
  registeredAt: moment.nullable(),
  lastSeenAt: moment.nullable(),
  lastWorklistAt: moment.nullable(),
  keyPin: z.string().nullable(),
  /** It has not asked for its worklist for longer than `SILENT_AFTER`. Null where it cannot be said. */
  silent: z.boolean().nullable(),
  /** Replicas that are declared for it. */
  replicas: z.number().int().nonnegative(),
})
export type Consumer = z.infer<typeof consumerSchema>

/** Seconds without a word after which a consumer is silent: they ask every half minute. */
export const SILENT_AFTER = 600

export const issuedAccessSchema = z.object({
  id: z.string(),
  consumerId: z.string(),
  consumerName: z.string().nullable(),
  groupId: z.string(),
  groupName: z.string().nullable(),
  type: z.string(),
  runId: z.string().nullable(),
  issuedAt: moment,
  expiresAt: moment,
  storage: z.enum(['s3', 'rest']),
  accessKeyId: z.string(),
  assumedRole: z.string().nullable(),
  revokedAt: moment.nullable(),
})
export type IssuedAccess = z.infer<typeof issuedAccessSchema>

export const consumerConnectionSchema = z.object({
  at: moment,
  ip: z.string(),
  userAgent: z.string().nullable(),
  asked: z.string(),
  status: z.number().int(),
})
export type ConsumerConnection = z.infer<typeof consumerConnectionSchema>

/** Shown once, to be carried to the consumer. */
export const consumerCodeSchema = z.object({
  code: z.string(),
  url: z.string(),
  planePin: z.string(),
  certificate: z.string(),
  expiresAt: moment,
})
export type ConsumerCode = z.infer<typeof consumerCodeSchema>
