import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { VerificationReport } from '../../contract/control-plane/consumer.ts'
import type { Reports } from './reports.ts'
import { type DeathRecord, deathSchema } from './rows.ts'

/** Replicas that stay and whose server died, one row for each: what was told of it, and what is still to be. */
export class Deaths {
  readonly #database: Database
  readonly #reports: Reports

  constructor(database: Database, reports: Reports) {
    this.#database = database
    this.#reports = reports
  }

  of(key: string): DeathRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM deaths WHERE key = ?').get(key)
    return row === undefined ? undefined : deathSchema.parse(row)
  }

  all(): DeathRecord[] {
    return z.array(deathSchema).parse(this.#database.prepare('SELECT * FROM deaths ORDER BY died_at').all())
  }

  put(death: DeathRecord): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO deaths (key, run_id, count, died_at, words, is_news, alive_since, told_at, is_refused)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        death.key,
        death.runId,
        death.count,
        death.diedAt,
        death.words,
        Number(death.isNews),
        death.aliveSince,
        death.toldAt,
        Number(death.isRefused),
      )
  }

  /** A server of this attempt runs again. */
  revived(runId: string, at: string): void {
    this.#database.prepare('UPDATE deaths SET alive_since = ? WHERE run_id = ?').run(at, runId)
  }

  /** Another attempt's server took its place, and the plane is told that it is healthy: only how often it died is kept. */
  succeeded(key: string, runId: string, at: string): void {
    this.#database
      .prepare(
        'UPDATE deaths SET run_id = ?, alive_since = ?, is_news = 0, told_at = NULL, is_refused = 0 WHERE key = ?',
      )
      .run(runId, at, key)
  }

  /** What is to be told, and that it is, in one piece. `toldAt` of `death` says which of the two it is. */
  tell(death: DeathRecord, report: VerificationReport, at: string): void {
    this.#database.transaction(() => {
      this.#reports.add({ id: randomUUID(), runId: death.runId, isLater: true, report, at })
      this.put({ ...death, isNews: false })
    })()
  }
}
