import { z } from 'zod'
import { keptEntrySchema } from '../worklist-entry.ts'

const kept = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(keptEntrySchema)
const flag = z.number().transform((value) => value === 1)

export const replicaSchema = z
  .object({
    key: z.string(),
    entry: kept,
    listed: flag,
    wanted_since: z.string(),
    verified_snapshot_id: z.string().nullable(),
    verified_at: z.string().nullable(),
    failures: z.number().int(),
    retry_at: z.string().nullable(),
    last_error: z.string().nullable(),
    forced: flag,
  })
  .transform((row) => ({
    key: row.key,
    entry: row.entry,
    /** It stands in the last worklist that was read. */
    listed: row.listed,
    wantedSince: row.wanted_since,
    /** The snapshot that was shown to be healthy: no automatic trigger restores it again. */
    verifiedSnapshotId: row.verified_snapshot_id,
    verifiedAt: row.verified_at,
    /** One after the other, since the last success. */
    failures: row.failures,
    retryAt: row.retry_at,
    lastError: row.last_error,
    /** Somebody asked for it by hand. */
    forced: row.forced,
  }))
export type ReplicaRecord = z.infer<typeof replicaSchema>

export const attemptSchema = z
  .object({
    run_id: z.string(),
    key: z.string(),
    entry: kept,
    step: z.string(),
    started_at: z.string(),
    ended_at: z.string().nullable(),
    outcome: z.enum(['healthy', 'failed', 'interrupted', 'cancelled']).nullable(),
    error: z.string().nullable(),
  })
  .transform((row) => ({
    runId: row.run_id,
    key: row.key,
    entry: row.entry,
    /** The step that was begun last. */
    step: row.step,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome,
    error: row.error,
  }))
export type AttemptRecord = z.infer<typeof attemptSchema>

export const instanceSchema = z
  .object({
    run_id: z.string(),
    key: z.string(),
    snapshot_id: z.string(),
    state: z.enum(['active', 'previous']),
    since: z.string(),
    remove_at: z.string().nullable(),
  })
  .transform((row) => ({
    runId: row.run_id,
    key: row.key,
    snapshotId: row.snapshot_id,
    state: row.state,
    since: row.since,
    removeAt: row.remove_at,
  }))
export type InstanceRecord = z.infer<typeof instanceSchema>

export const reportSchema = z
  .object({
    id: z.string(),
    run_id: z.string(),
    is_later: flag,
    body: z.string(),
    tries: z.number().int(),
    refusals: z.number().int(),
  })
  .transform((row) => ({
    id: row.id,
    runId: row.run_id,
    /** Not what the attempt came to, but what became of its replica since. */
    isLater: row.is_later,
    body: JSON.parse(row.body) as unknown,
    tries: row.tries,
    /** Tries that the plane answered, and did not take. */
    refusals: row.refusals,
  }))
export type WaitingReport = z.infer<typeof reportSchema>

export const deathSchema = z
  .object({
    key: z.string(),
    run_id: z.string(),
    count: z.number().int(),
    died_at: z.string(),
    words: z.string(),
    is_news: flag,
    alive_since: z.string().nullable(),
    told_at: z.string().nullable(),
    is_refused: flag,
  })
  .transform((row) => ({
    key: row.key,
    /** The attempt whose server it was; of one that took its place, that one. */
    runId: row.run_id,
    /** One soon after the other; see `serving/death.ts`. */
    count: row.count,
    diedAt: row.died_at,
    /** How, in full. */
    words: row.words,
    /** No report says so yet. */
    isNews: row.is_news,
    /** Null while no server of it runs. */
    aliveSince: row.alive_since,
    /** When the plane was last to be told that it is not healthy; null where the last word on it is that it is. */
    toldAt: row.told_at,
    /** The plane takes no later report of this attempt. */
    isRefused: row.is_refused,
  }))
/** That the server of a replica that stays died, and what became of it. */
export type DeathRecord = z.infer<typeof deathSchema>
