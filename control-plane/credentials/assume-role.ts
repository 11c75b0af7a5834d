import { z } from 'zod'
import type { GroupAccess } from '../../contract/control-plane/fleet.ts'
import { type BucketPlace, readOnlyPolicy } from './read-only-policy.ts'

/** Seconds that what is given out is good for. */
export const LIFETIME = 3600
/** Milliseconds without an answer. */
const PATIENCE = 15_000
const TRIES = 2

const answerSchema = z.object({
  Credentials: z.object({
    AccessKeyId: z.string().min(1),
    SecretAccessKey: z.string().min(1),
    SessionToken: z.string().min(1),
    Expiration: z.date(),
  }),
  $metadata: z.object({ requestId: z.string().optional() }),
})

export interface AssumedSession {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAt: Date
  /** As the audit of the store's owner has it. */
  readonly requestId: string | null
}

export interface Assuming {
  readonly s3: NonNullable<GroupAccess['s3']>
  readonly role: string
  readonly place: BucketPlace
  readonly sessionName: string
}

/**
 * A session of a role that may read one repository, by STS (`AssumeRole` of its API reference). Throws what the library throws, and
 * `ZodError` for an answer that is none.
 */
export async function assumeRole({ s3, role, place, sessionName }: Assuming): Promise<AssumedSession> {
  // Loaded by the first who needs it, since it costs memory.
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient({
    region: place.region,
    ...(s3.sts_endpoint ? { endpoint: s3.sts_endpoint } : {}),
    credentials: { accessKeyId: s3.access_key_id, secretAccessKey: s3.secret_access_key },
    maxAttempts: TRIES,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: PATIENCE, socketTimeout: PATIENCE },
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
  })
  try {
    const answer = await client.send(
      new AssumeRoleCommand({
        RoleArn: role,
        RoleSessionName: sessionName,
        DurationSeconds: LIFETIME,
        Policy: readOnlyPolicy(place),
      }),
      { abortSignal: AbortSignal.timeout(2 * PATIENCE) },
    )
    const { Credentials: made, $metadata } = answerSchema.parse(answer)
    return {
      accessKeyId: made.AccessKeyId,
      secretAccessKey: made.SecretAccessKey,
      sessionToken: made.SessionToken,
      expiresAt: made.Expiration,
      requestId: $metadata.requestId ?? null,
    }
  } finally {
    client.destroy()
  }
}
