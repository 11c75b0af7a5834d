import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { VerificationReport } from '../../contract/control-plane/consumer.ts'
import { type Entry, keptEntrySchema, keyOf } from '../worklist-entry.ts'
import { Deaths } from './deaths.ts'
import { openLedgerFile } from './open-ledger.ts'
import {
  type AttemptRecord,
  attemptSchema,
  type InstanceRecord,
  instanceSchema,
  type ReplicaRecord,
  replicaSchema,
} from './rows.ts'
import { Reports } from './reports.ts'

/** What an attempt came to, written down in one piece with its report. */
export interface Result {
  readonly runId: string
  readonly outcome: 'healthy' | 'failed'
  readonly error: string | null
  /** Null where the plane is not told. */
  readonly report: VerificationReport | null
  /** When a failed one may be tried again. */
  readonly retryAt: string | null
  readonly at: string
  /** It serves from now on; the one before is removed at `removeAt`. */
  readonly serves?: { readonly removeAt: string }
}

/**
 * The consumer's memory: what it is to restore, what it tried, what it proved, and what it has still to tell. Each method is one transaction.
 */
export class Ledger implements Disposable {
  readonly reports: Reports
  readonly deaths: Deaths
  readonly #database: Database

  constructor(path: string) {
    this.#database = openLedgerFile(path)
    this.reports = new Reports(this.#database)
    this.deaths = new Deaths(this.#database, this.reports)
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }

  /** The whole worklist as it was just read; what is not in it any more is remembered, and not listed. */
  listed(entries: readonly Entry[], at: string): void {
    this.#database.transaction(() => {
      this.#run('UPDATE replicas SET listed = 0')
      for (const entry of entries) {
        this.#run(
          `INSERT INTO replicas (key, entry, listed, wanted_since) VALUES (?, ?, 1, ?)
           ON CONFLICT (key) DO UPDATE SET
             wanted_since = CASE WHEN replicas.entry = excluded.entry THEN replicas.wanted_since ELSE excluded.wanted_since END,
             entry = excluded.entry, listed = 1`,
          keyOf(entry),
          JSON.stringify(keptEntrySchema.parse(entry)),
          at,
        )
      }
    })()
  }

  replicas(): ReplicaRecord[] {
    return z.array(replicaSchema).parse(this.#all('SELECT * FROM replicas ORDER BY wanted_since, key'))
  }

  replica(key: string): ReplicaRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM replicas WHERE key = ?').get(key)
    return row === undefined ? undefined : replicaSchema.parse(row)
  }

  /** False where there is none of that key. */
  force(key: string): boolean {
    return this.#run('UPDATE replicas SET forced = 1 WHERE key = ?', key) === 1
  }

  begin(runId: string, entry: Entry, at: string): void {
    this.#database.transaction(() => {
      const key = keyOf(entry)
      this.#run(
        `INSERT INTO attempts (run_id, key, entry, step, started_at) VALUES (?, ?, ?, 'begin', ?)`,
        runId,
        key,
        JSON.stringify(keptEntrySchema.parse(entry)),
        at,
      )
      this.#run('UPDATE replicas SET forced = 0 WHERE key = ?', key)
    })()
  }

  step(runId: string, step: string): void {
    this.#run('UPDATE attempts SET step = ? WHERE run_id = ?', step, runId)
  }

  /** The outcome, the marker of what was verified, and the report, all or nothing: the restore is deleted only after. */
  record({ runId, outcome, error, report, retryAt, at, serves }: Result): void {
    this.#database.transaction(() => {
      this.#run('UPDATE attempts SET outcome = ?, error = ? WHERE run_id = ?', outcome, error, runId)
      if (report !== null) this.reports.add({ id: runId, runId, isLater: false, report, at })
      const { key, entry } = this.attempt(runId)
      if (serves !== undefined) this.#activate(runId, at, serves.removeAt)
      if (outcome === 'healthy') {
        this.#run(
          `UPDATE replicas SET verified_snapshot_id = ?, verified_at = ?, failures = 0, retry_at = NULL, last_error = NULL
           WHERE key = ?`,
          entry.snapshotId,
          at,
          key,
        )
      } else {
        this.#run(
          'UPDATE replicas SET failures = failures + 1, retry_at = ?, last_error = ? WHERE key = ?',
          retryAt,
          error,
          key,
        )
      }
    })()
  }

  end(runId: string, at: string): void {
    this.#run('UPDATE attempts SET ended_at = ? WHERE run_id = ? AND ended_at IS NULL', at, runId)
  }

  /** End an attempt that came to nothing; no failure of the replica's. */
  abandon(runId: string, outcome: 'interrupted' | 'cancelled', at: string): void {
    this.#run('UPDATE attempts SET outcome = ?, ended_at = ? WHERE run_id = ? AND ended_at IS NULL', outcome, at, runId)
  }

  attempt(runId: string): AttemptRecord {
    return attemptSchema.parse(this.#database.prepare('SELECT * FROM attempts WHERE run_id = ?').get(runId))
  }

  /** Those that have not ended. */
  open(): AttemptRecord[] {
    return z.array(attemptSchema).parse(this.#all('SELECT * FROM attempts WHERE ended_at IS NULL ORDER BY started_at'))
  }

  /** Of one replica, newest first. */
  attempts(key: string, limit: number): AttemptRecord[] {
    return z
      .array(attemptSchema)
      .parse(this.#all('SELECT * FROM attempts WHERE key = ? ORDER BY started_at DESC LIMIT ?', key, limit))
  }

  /** This plane refuses access to a group's type for as long as the worklist is `worklist`. */
  refuse(of: Pick<Entry, 'groupId' | 'type'>, worklist: string, reason: string): void {
    this.#run(
      'INSERT OR REPLACE INTO refusals (group_id, type, worklist, reason) VALUES (?, ?, ?, ?)',
      of.groupId,
      of.type,
      worklist,
      reason,
    )
  }

  refusal(of: Pick<Entry, 'groupId' | 'type'>, worklist: string): string | undefined {
    const row = this.#database
      .prepare('SELECT reason FROM refusals WHERE group_id = ? AND type = ? AND worklist = ?')
      .get(of.groupId, of.type, worklist)
    return row === undefined ? undefined : z.object({ reason: z.string() }).parse(row).reason
  }

  /** Those of replicas that nobody wants any more become previous ones. */
  retire(key: string, removeAt: string): void {
    this.#run(
      `UPDATE instances SET state = 'previous', remove_at = ? WHERE key = ? AND state = 'active'`,
      removeAt,
      key,
    )
  }

  instances(): InstanceRecord[] {
    return z.array(instanceSchema).parse(this.#all('SELECT * FROM instances ORDER BY since'))
  }

  /** It does not stay alive: it is restored anew, from `retryAt` on. */
  giveUp(key: string, error: string, retryAt: string): void {
    this.#run('UPDATE replicas SET retry_at = ?, last_error = ? WHERE key = ?', retryAt, error, key)
  }

  forget(runId: string): void {
    this.#run('DELETE FROM instances WHERE run_id = ?', runId)
  }

  /** How many attempts came to each end. */
  outcomes(): ReadonlyMap<string, number> {
    const rows = this.#all('SELECT outcome, count(*) AS count FROM attempts WHERE outcome IS NOT NULL GROUP BY outcome')
    const read = z.array(z.object({ outcome: z.string(), count: z.number().int() })).parse(rows)
    return new Map(read.map(({ outcome, count }) => [outcome, count]))
  }

  #activate(runId: string, at: string, removeAt: string): void {
    const { key, entry } = this.attempt(runId)
    this.retire(key, removeAt)
    this.#run(
      `INSERT INTO instances (run_id, key, snapshot_id, state, since) VALUES (?, ?, ?, 'active', ?)`,
      runId,
      key,
      entry.snapshotId,
      at,
    )
    this.deaths.succeeded(key, runId, at)
  }

  #run(sql: string, ...values: readonly unknown[]): number {
    return this.#database.prepare(sql).run(...values).changes
  }

  #all(sql: string, ...values: readonly unknown[]): unknown[] {
    return this.#database.prepare(sql).all(...values)
  }
}
