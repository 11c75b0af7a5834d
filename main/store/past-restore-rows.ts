import { z } from 'zod'
import { fileNameSchema } from '../../contract/shapes/file-name.ts'
import { type PastRestore, pastRestoreSchema } from '../../contract/shapes/past-restore.ts'
import { evidenceSchema } from '../../contract/shapes/run.ts'

/** A row of `past_restores`, without what only conditions look at. */
export interface PastRestoreRow {
  readonly host_id: string
  readonly key: string
  readonly run_id: string | null
  readonly at: string
  readonly ended_at: string | null
  readonly actor: string
  readonly repository_id: string | null
  readonly snapshot_id: string | null
  readonly snapshot_time: string | null
  readonly what: string
  readonly paths: number
  readonly target: string | null
  readonly target_path: string | null
  readonly state: string
  readonly outcome: string
  readonly files: number | null
  readonly bytes: number | null
  readonly seconds: number | null
  readonly proof: string
  readonly evidence: string | null
  readonly reason: string
}

export const ROW = `host_id, key, run_id, at, ended_at, actor, repository_id, snapshot_id, snapshot_time, what, paths, target,
  target_path, state, outcome, files, bytes, seconds, proof, evidence, reason`

const namedSchema = fileNameSchema.nullable()

export function readRestore(row: PastRestoreRow): PastRestore {
  return pastRestoreSchema.parse({
    hostId: row.host_id,
    id: row.key,
    runId: row.run_id,
    at: row.at,
    endedAt: row.ended_at,
    actor: row.actor,
    repositoryId: row.repository_id,
    snapshotId: row.snapshot_id,
    snapshotTime: row.snapshot_time,
    what: z.string().parse(JSON.parse(row.what)),
    paths: row.paths,
    target: row.target,
    targetPath: row.target_path === null ? null : namedSchema.parse(JSON.parse(row.target_path)),
    state: row.state,
    outcome: row.outcome,
    files: row.files,
    bytes: row.bytes,
    seconds: row.seconds,
    proof: row.proof,
    evidence: row.evidence === null ? null : evidenceSchema.parse(JSON.parse(row.evidence)),
    reason: row.reason,
  })
}
