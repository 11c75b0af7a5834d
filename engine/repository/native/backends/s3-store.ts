import type * as Sdk from '@aws-sdk/client-s3'
import { Fault } from '../../../../contract/errors.ts'
import { networkReason } from '../../../../contract/network-reason.ts'
import { type Reason, reasonOf } from '../../../../contract/reasons.ts'
import { MissingFile, type Reading } from '../backend.ts'
import type { S3Address } from './s3-address.ts'

export interface S3Access {
  readonly address: S3Address
  readonly username: string
  readonly password: string
  /** Of a key that is lent for hours. */
  readonly sessionToken: string | undefined
  /** Asked of the store where neither this nor the address says it. */
  readonly region: string | undefined
  /** Milliseconds without a byte until a connection is given up; 15 seconds unless given. */
  readonly patience?: number
}

const PATIENCE = 15_000
/** How often a question is put before a store that does not answer, or has no time, is taken for unreachable. */
const TRIES = 3

/** The region of stores that have none, and of Amazon's where nothing says another. */
const USUAL_REGION = 'us-east-1'
/** How Amazon spells the regions that are older than their names. */
const OLD_NAMES: Readonly<Record<string, string>> = { '': USUAL_REGION, EU: 'eu-west-1' }

const REFUSED = ['ExpiredToken', 'InvalidToken', 'TokenRefreshRequired', 'InvalidAccessKeyId', 'SignatureDoesNotMatch']
/** Answers with the status of a refusal that are none. */
const NOT_REFUSED = ['InvalidObjectState', 'RequestTimeTooSkewed']

/** A store that questions can be put to, by the library that came with its client. */
export interface S3Store {
  readonly sdk: typeof Sdk
  readonly client: Sdk.S3Client
}

/**
 * Open a store. The library is loaded by the first who does, since it costs memory. Without a region that of the bucket
 * is asked for, as restic does: a request signed for another one is refused like one with a wrong key. Throws
 * `unreachable`, and the reason of the signal.
 */
export async function openStore(access: S3Access, reading: Reading): Promise<S3Store> {
  const sdk = await import('@aws-sdk/client-s3')
  const known = access.region ?? access.address.region
  const region = known ?? (await askRegion(sdk, access, reading))
  return { sdk, client: new sdk.S3Client(configOf(access, region)) }
}

async function askRegion(sdk: typeof Sdk, access: S3Access, reading: Reading): Promise<string> {
  const client = new sdk.S3Client({ ...configOf(access, USUAL_REGION), forcePathStyle: true })
  const command = new sdk.GetBucketLocationCommand({ Bucket: access.address.bucket })
  try {
    const { LocationConstraint: name = '' } = await client.send(command, sendOptions(reading))
    return OLD_NAMES[name] ?? name
  } catch (error) {
    if (reading.signal?.aborted === true) throw reading.signal.reason
    const answer = answerOf(error)
    if (answer === undefined) throw unreachable(access, error)
    // Whatever else is wrong, the question that matters will tell.
    return answer.region ?? USUAL_REGION
  } finally {
    client.destroy()
  }
}

/** All that the client would else look up in the environment and in the home folder, where restic does not look. */
function configOf(
  { address, username, password, sessionToken, patience = PATIENCE }: S3Access,
  region: string,
): Sdk.S3ClientConfig {
  const worldwide = address.amazon && address.region === undefined
  return {
    region,
    endpoint: worldwide ? `https://s3.${region}.amazonaws.com` : address.endpoint,
    forcePathStyle: !address.amazon,
    credentials: {
      accessKeyId: username,
      secretAccessKey: password,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    maxAttempts: TRIES,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: patience, socketTimeout: patience },
    // Every file is checked against its own name; older stores do not know these headers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
  }
}

/** What a command is sent with. */
export function sendOptions({ signal }: Reading): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal }
}

interface Answer {
  readonly status: number
  readonly code: string
  readonly region: string | undefined
}

/** What a store said in refusing; undefined where it said nothing. */
export function answerOf(error: unknown): Answer | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined
  const { httpStatusCode: status } = error.$metadata as { readonly httpStatusCode?: number }
  if (status === undefined) return undefined
  const region = 'Region' in error && typeof error.Region === 'string' ? error.Region : undefined
  return { status, code: error.name, region }
}

/**
 * What a failed question for a file means: the reason of its signal, `MissingFile`, or a `Fault`: `unreachable`,
 * `unauthenticated`, `repository_not_initialised` where there is not even a bucket.
 */
export function meaningOf(error: unknown, access: S3Access, file: string, { signal }: Reading): unknown {
  if (signal?.aborted === true) return signal.reason
  const answer = answerOf(error)
  if (answer === undefined) return unreachable(access, error)
  const { status, code } = answer
  if (code === 'NoSuchBucket') return new Fault('repository_not_initialised', {}, { cause: error })
  if (status === 404) return new MissingFile(file, { cause: error })
  if (REFUSED.includes(code) || ((status === 401 || status === 403) && !NOT_REFUSED.includes(code))) {
    return new Fault('unauthenticated', { by: 'backend' }, { cause: error })
  }
  return unreachable(access, error, reasonOf('server_status', { status: `${status} (${code})` }))
}

function unreachable({ address }: S3Access, cause: unknown, reason?: Reason): Fault {
  const { host } = new URL(address.endpoint)
  return new Fault('unreachable', { host, ...(reason ?? networkReason(cause, host)) }, { cause })
}
