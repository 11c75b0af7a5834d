import { oc } from '@orpc/contract'
import { z } from 'zod'
import { intentDescriptorSchema } from './intent.ts'
import { worklistEntrySchema } from './worklist.ts'

const moment = z.iso.datetime({ offset: true })
const count = z.number().int().nonnegative().nullish()

export const capabilitiesSchema = z.object({ intents: z.array(intentDescriptorSchema) })

export const credentialsRequestSchema = z.object({
  group: z.uuid(),
  type: z.string(),
  /** Made by the consumer once for each attempt, the same whenever it asks again. */
  run_id: z.uuid().nullish(),
})
export type CredentialsRequest = z.infer<typeof credentialsRequestSchema>

/**
 * In the form of AWS's `credential_process`. For storage `rest` the key's id is the gateway's user, the secret its password,
 * and there is no session token.
 */
export const sessionCredentialsSchema = z.object({
  Version: z.literal(1),
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string(),
  Expiration: moment,
})
export type SessionCredentials = z.infer<typeof sessionCredentialsSchema>

export const issuedCredentialsSchema = z.object({
  credentials: sessionCredentialsSchema,
  /** The password of the repository itself. */
  repo_password: z.string(),
})
export type IssuedCredentials = z.infer<typeof issuedCredentialsSchema>

const migrationReportSchema = z.looseObject({
  total_elapsed_seconds: z.number().int(),
  data_bytes_before: z.number().int(),
  data_bytes_after: z.number().int(),
  timings: z.array(z.looseObject({ name: z.string(), elapsed_seconds: z.number() })),
  target_version: z.string().nullish(),
  target_version_id: z.uuid().nullish(),
  application_type: z.string().nullish(),
  failed_migration: z.string().nullish(),
  error: z.string().nullish(),
})

const redactionReportSchema = z.looseObject({
  outcome: z.enum(['complete', 'partial', 'failed']),
  manifest_version: z.string().nullish(),
  columns_masked: z.number().int().nullish(),
  columns_skipped: z.number().int().nullish(),
  error: z.string().nullish(),
})

const reportingSchemaReportSchema = z.looseObject({
  built: z.boolean(),
  target_version: z.string().nullish(),
  target_version_id: z.uuid().nullish(),
  error: z.string().nullish(),
  artifacts: z.array(z.uuid()).nullish(),
})

/**
 * What became of one attempt, and later, under the same run, of its replica. Healthy is: `success`, and the replica is. What was observed
 * last is how it stands.
 */
export const verificationReportSchema = z.object({
  replica_id: z.uuid(),
  group: z.uuid(),
  /** Exactly one of the two names. */
  machine_id: z.uuid().nullish(),
  server_id: z.uuid().nullish(),
  type: z.string(),
  intent: z.string(),
  outcome: z.enum(['success', 'failure']),
  replica_healthy: z.boolean(),
  /** As the consumer's clock has it. */
  observed_at: moment,
  snapshot_id: z.string().nullish(),
  error: z.string().nullish(),
  postgres_version: z.string().nullish(),
  s3_sent_raw_bytes: count,
  s3_sent_payload_bytes: count,
  s3_received_raw_bytes: count,
  s3_received_payload_bytes: count,
  /** Kept and shown as it is; its `url` leads to the running replica. */
  health_details: z.unknown().optional(),
  run_id: z.string().nullish(),
  migration: migrationReportSchema.nullish(),
  redaction: redactionReportSchema.nullish(),
  reporting_schema: reportingSchemaReportSchema.nullish(),
})
export type VerificationReport = z.infer<typeof verificationReportSchema>

/** A one-time code becomes a device with the role `backup-restore`, known by the key of its client certificate. */
export const enrolmentRequestSchema = z.object({ code: z.string(), name: z.string().trim().min(1).max(100).nullish() })
export const enrolledSchema = z.object({ device_id: z.uuid(), name: z.string(), role: z.string() })

const nothing = z.undefined().optional()

/** What a restore consumer asks of a control plane, over TLS with its own certificate. Canopy's paths and shapes. */
export const consumerContract = {
  /** Replaces all that the device has said it can do. */
  registerCapabilities: oc
    .route({ method: 'POST', path: '/restore-capabilities', successStatus: 204 })
    .input(capabilitiesSchema)
    .output(nothing),
  worklist: oc.route({ method: 'GET', path: '/restore-worklist' }).output(z.array(worklistEntrySchema)),
  /** 403 where no enabled declaration covers it, 409 where the group is not ready, 502 where none could be made. */
  issueCredentials: oc
    .route({ method: 'POST', path: '/restore-credentials' })
    .input(credentialsRequestSchema)
    .output(issuedCredentialsSchema),
  /** 400, 403 and 404 store nothing. */
  reportVerification: oc
    .route({ method: 'POST', path: '/restore-verification', successStatus: 204 })
    .input(verificationReportSchema)
    .output(nothing),
  /** Ours. 401 for a code that is unknown, used or too old. */
  enrol: oc.route({ method: 'POST', path: '/enrol' }).input(enrolmentRequestSchema).output(enrolledSchema),
} as const
