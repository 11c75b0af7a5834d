import type Database from 'better-sqlite3'
import type { PastRestore } from '../../contract/shapes/past-restore.ts'
import type { RestoreProof } from '../../contract/shapes/restorability.ts'
import { type PastRestoreRow, ROW, readRestore } from './past-restore-rows.ts'

interface ProofRow {
  readonly run_id: string
  readonly at: string
  readonly bytes: number | null
  readonly seconds: number | null
}

interface AttemptRow {
  readonly run_id: string
  readonly at: string
  readonly failed: number
}

export interface Attempt {
  readonly runId: string
  readonly at: string
  /** It failed, some of its items did, or what was read back differs. */
  readonly failed: boolean
}

const TRIED = `host_id = ? AND repository_id = ? AND run_id IS NOT NULL AND outcome IN ('succeeded', 'partial', 'failed')`

/** What restores have shown of whether a repository can be restored. */
export class RestorabilityStore {
  readonly #proofs: Database.Statement<[string, string, number], ProofRow>
  readonly #lastAttempt: Database.Statement<[string, string], AttemptRow>
  readonly #attempts: Database.Statement<[string, string, number], PastRestoreRow>

  constructor(database: Database.Database) {
    this.#proofs = database.prepare(
      `SELECT run_id, ended_at AS at, bytes, seconds FROM past_restores
       WHERE host_id = ? AND repository_id = ? AND run_id IS NOT NULL AND outcome = 'succeeded' AND proof = 'verified'
       ORDER BY ended_at DESC LIMIT ?`,
    )
    this.#lastAttempt = database.prepare(
      `SELECT run_id, ended_at AS at,
         outcome = 'failed' OR proof = 'differs' OR (outcome = 'partial' AND failed_items > 0) AS failed
       FROM past_restores WHERE ${TRIED} ORDER BY ended_at DESC LIMIT 1`,
    )
    this.#attempts = database.prepare(`SELECT ${ROW} FROM past_restores WHERE ${TRIED} ORDER BY ended_at DESC LIMIT ?`)
  }

  /** Restores that succeeded and were read back whole and equal, newest first. */
  proofs(hostId: string, repositoryId: string, limit: number): RestoreProof[] {
    return this.#proofs.all(hostId, repositoryId, limit).map(({ run_id: runId, ...proof }) => ({ runId, ...proof }))
  }

  /** The last restore that ended with something to learn from: what was cancelled, interrupted or refused shows nothing. */
  lastAttempt(hostId: string, repositoryId: string): Attempt | null {
    const row = this.#lastAttempt.get(hostId, repositoryId)
    return row === undefined ? null : { runId: row.run_id, at: row.at, failed: row.failed === 1 }
  }

  /** The same, all of them, newest first. */
  attempts(hostId: string, repositoryId: string, limit: number): PastRestore[] {
    return this.#attempts.all(hostId, repositoryId, limit).map(readRestore)
  }
}
