import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'

const rowSchema = z.object({
  sequence: z.number(),
  id: z.string(),
  device_id: z.string(),
  group_id: z.string(),
  type: z.string(),
  run_id: z.string().nullable(),
  issued_at: z.string(),
  expires_at: z.string(),
  storage: z.enum(['s3', 'rest']),
  access_key_id: z.string(),
  secret_hash: z.string().nullable(),
  bucket: z.string(),
  prefix: z.string(),
  assumed_role: z.string().nullable(),
  sts_request_id: z.string().nullable(),
  revoked_at: z.string().nullable(),
  answered_by: z.number().nullable(),
})

/** Credentials that were given out: what was, to whom, and never the secret. */
export interface IssuanceRecord {
  readonly sequence: number
  readonly id: string
  readonly deviceId: string
  readonly groupId: string
  readonly type: string
  readonly runId: string | null
  readonly issuedAt: string
  readonly expiresAt: string
  readonly storage: 's3' | 'rest'
  readonly accessKeyId: string
  /** What the gateway knows the password by; null for storage `s3`. */
  readonly secretHash: string | null
  readonly bucket: string
  readonly prefix: string
  readonly assumedRole: string | null
  readonly stsRequestId: string | null
  /** Ended before its time. */
  readonly revokedAt: string | null
  /** The sequence of the report of its restore; null while nothing was heard. */
  readonly answeredBy: number | null
}

export interface IssuanceFilter {
  readonly deviceId?: string | null | undefined
  readonly groupId?: string | null | undefined
}

/** The audit of the credentials. */
export class IssuanceStore {
  readonly #database: Database
  readonly #insert: Statement
  readonly #byKey: Statement
  readonly #revokeUncovered: Statement
  readonly #revokeOfGroup: Statement
  readonly #ofDevice: Statement
  readonly #unanswered: Statement

  constructor(database: Database) {
    this.#database = database
    this.#insert = database.prepare(`
      INSERT INTO issuances (id, device_id, group_id, type, run_id, issued_at, expires_at, storage, access_key_id,
        secret_hash, bucket, prefix, assumed_role, sts_request_id)
      VALUES (@id, @deviceId, @groupId, @type, @runId, @issuedAt, @expiresAt, @storage, @accessKeyId, @secretHash,
        @bucket, @prefix, @assumedRole, @stsRequestId)`)
    this.#byKey = database.prepare('SELECT * FROM issuances WHERE access_key_id = ? ORDER BY sequence DESC LIMIT 1')
    this.#revokeOfGroup = database.prepare(
      'UPDATE issuances SET revoked_at = @at WHERE revoked_at IS NULL AND expires_at > @at AND group_id = @groupId',
    )
    this.#revokeUncovered = database.prepare(`
      UPDATE issuances SET revoked_at = @at WHERE revoked_at IS NULL AND expires_at > @at AND NOT EXISTS (
        SELECT 1 FROM declarations
        JOIN devices ON devices.id = consumer_id AND role IN ('backup-restore', 'admin')
        WHERE enabled = 1 AND consumer_id = issuances.device_id AND declarations.group_id = issuances.group_id
          AND declarations.type = issuances.type)`)
    this.#ofDevice = database.prepare(`
      SELECT * FROM issuances WHERE device_id = @deviceId
        AND (run_id = @runId OR (run_id IS NULL AND answered_by IS NULL AND issued_at >= @since)) ORDER BY sequence`)
    // Credentials that were renewed after the report of their run are no restore of their own.
    this.#unanswered = database.prepare(`
      SELECT * FROM issuances WHERE answered_by IS NULL AND issued_at >= @since AND issued_at <= @until AND NOT EXISTS (
        SELECT 1 FROM reports WHERE reports.run_id = issuances.run_id AND reports.device_id = issuances.device_id)
      ORDER BY sequence`)
  }

  /** On the disk when this returns: only then may the credentials be answered with. */
  insert(issuance: Omit<IssuanceRecord, 'sequence' | 'revokedAt' | 'answeredBy'>): void {
    this.#insert.run(issuance)
  }

  /** By the user that a consumer names; also what is over. */
  byKey(accessKeyId: string): IssuanceRecord | undefined {
    const row = this.#byKey.get(accessKeyId)
    return row === undefined ? undefined : toIssuance(row)
  }

  /** End what no enabled declaration covers any more, or whose device lost its role; says how many. */
  revokeUncovered(at: string): number {
    return this.#revokeUncovered.run({ at }).changes
  }

  /** End all that was given out for a group: it is to be read no more. */
  revokeOfGroup(groupId: string, at: string): void {
    this.#revokeOfGroup.run({ groupId, at })
  }

  /** Newest first, those before `before` alone. */
  page(
    filter: IssuanceFilter,
    { before, limit }: { readonly before: number; readonly limit: number },
  ): IssuanceRecord[] {
    const where = ['sequence < @before']
    if (typeof filter.deviceId === 'string') where.push('device_id = @deviceId')
    if (typeof filter.groupId === 'string') where.push('group_id = @groupId')
    return this.#database
      .prepare(`SELECT * FROM issuances WHERE ${where.join(' AND ')} ORDER BY sequence DESC LIMIT @limit`)
      .all({ deviceId: null, groupId: null, ...filter, before, limit })
      .map(toIssuance)
  }

  /** What one device was given for a run, answered or not, and what it was given since without naming one; the oldest first. */
  ofDevice(deviceId: string, runId: string | null, since: string): IssuanceRecord[] {
    return this.#ofDevice.all({ deviceId, runId, since }).map(toIssuance)
  }

  /** Those that no report answers, made from `since` to `until`, the oldest first. */
  unanswered({ since, until }: { readonly since: string; readonly until: string }): IssuanceRecord[] {
    return this.#unanswered.all({ since, until }).map(toIssuance)
  }
}

function toIssuance(row: unknown): IssuanceRecord {
  const read = rowSchema.parse(row)
  return {
    sequence: read.sequence,
    id: read.id,
    deviceId: read.device_id,
    groupId: read.group_id,
    type: read.type,
    runId: read.run_id,
    issuedAt: read.issued_at,
    expiresAt: read.expires_at,
    storage: read.storage,
    accessKeyId: read.access_key_id,
    secretHash: read.secret_hash,
    bucket: read.bucket,
    prefix: read.prefix,
    assumedRole: read.assumed_role,
    stsRequestId: read.sts_request_id,
    revokedAt: read.revoked_at,
    answeredBy: read.answered_by,
  }
}
