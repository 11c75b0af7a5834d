import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { VerificationReport } from '../../contract/control-plane/consumer.ts'
import { reportSchema, type WaitingReport } from './rows.ts'

export interface NewReport {
  /** The run's own for what the attempt came to; another for what is told of it later. */
  readonly id: string
  readonly runId: string
  readonly isLater: boolean
  readonly report: VerificationReport
  readonly at: string
}

/** What the plane is to be told, kept until it was. An attempt has one report of its outcome, and may have later ones. */
export class Reports {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  add({ id, runId, isLater, report, at }: NewReport): void {
    this.#run(
      'INSERT INTO reports (id, run_id, is_later, body, made_at, next_at) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      runId,
      Number(isLater),
      JSON.stringify(report),
      at,
      at,
    )
  }

  /** Those whose time has come, oldest first; of an attempt the next only after the one before it. */
  waiting(at: string): WaitingReport[] {
    const sql = `SELECT id, run_id, is_later, body, tries, refusals FROM reports
      WHERE ended_at IS NULL AND next_at <= ? AND NOT EXISTS (
        SELECT 1 FROM reports AS before
        WHERE before.run_id = reports.run_id AND before.ended_at IS NULL AND before.rowid < reports.rowid)
      ORDER BY made_at, rowid`
    return z.array(reportSchema).parse(this.#database.prepare(sql).all(at))
  }

  untold(): number {
    const row = this.#database.prepare('SELECT count(*) AS count FROM reports WHERE ended_at IS NULL').get()
    return z.object({ count: z.number().int() }).parse(row).count
  }

  /** It did not come through; `isRefusal`: though the plane answered. */
  postpone(id: string, answer: string, nextAt: string, isRefusal: boolean): void {
    this.#run(
      'UPDATE reports SET tries = tries + 1, refusals = refusals + ?, answer = ?, next_at = ? WHERE id = ?',
      Number(isRefusal),
      answer,
      nextAt,
      id,
    )
  }

  /** `answer`: `told`, or the refusal that is final. */
  told(id: string, answer: string, at: string): void {
    this.#run('UPDATE reports SET tries = tries + 1, answer = ?, ended_at = ? WHERE id = ?', answer, at, id)
  }

  /** The plane takes no later report of this attempt: what waits of them is dropped, and none is made any more. */
  refuseLater(runId: string, answer: string, at: string): void {
    this.#database.transaction(() => {
      this.#run(
        'UPDATE reports SET answer = ?, ended_at = ? WHERE run_id = ? AND is_later = 1 AND ended_at IS NULL',
        answer,
        at,
        runId,
      )
      this.#run('UPDATE deaths SET is_refused = 1 WHERE run_id = ?', runId)
    })()
  }

  #run(sql: string, ...values: readonly unknown[]): void {
    this.#database.prepare(sql).run(...values)
  }
}
