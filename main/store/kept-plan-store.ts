import type Database from 'better-sqlite3'
import { type KeptPlan, keptPlanSchema } from '../../contract/shapes/past-restore.ts'

interface PlanRow {
  readonly record: string
}

/** The plans that restores were started by, as they were looked at here: agents keep only their hashes. */
export class KeptPlanStore {
  readonly #get: Database.Statement<[string, string], PlanRow>
  readonly #put: Database.Statement<[string, string, string]>

  constructor(database: Database.Database) {
    this.#get = database.prepare('SELECT record FROM kept_plans WHERE host_id = ? AND hash = ?')
    this.#put = database.prepare(
      `INSERT INTO kept_plans (host_id, hash, record) VALUES (?, ?, ?) ON CONFLICT (host_id, hash) DO NOTHING`,
    )
  }

  get(hostId: string, hash: string): KeptPlan | null {
    const row = this.#get.get(hostId, hash)
    return row === undefined ? null : keptPlanSchema.parse(JSON.parse(row.record))
  }

  /** The same hash is the same plan: what was kept first stays. */
  put(hostId: string, plan: KeptPlan): void {
    this.#put.run(hostId, plan.hash, JSON.stringify(plan))
  }
}
