import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { ReplicaKey } from './report-rows.ts'

const bodySchema = z.object({ snapshotId: z.string().nullable(), overdue: z.boolean(), why: z.string() })
const rowSchema = z.object({
  machine_id: z.string(),
  type: z.string(),
  intent: z.string(),
  name: z.string(),
  failed: z.number(),
  since: z.string(),
  judged_at: z.string(),
  body: z.string(),
})

/** What the sweep found of a replica. */
export interface Finding extends Readonly<z.infer<typeof bodySchema>> {
  readonly key: ReplicaKey
  readonly failed: boolean
  /** Since when it is as it is: failed, or not. */
  readonly since: string
  readonly judgedAt: string
}

/** The findings that stand, failed and recovered ones. Of a replica that never failed there is none. */
export class FindingStore {
  readonly #put: Statement
  readonly #all: Statement

  constructor(database: Database) {
    this.#put = database.prepare(`
      INSERT INTO findings (machine_id, type, intent, name, failed, since, judged_at, body)
      VALUES (@machineId, @type, @intent, @name, @failed, @since, @judgedAt, @body)
      ON CONFLICT (machine_id, type, intent, name) DO UPDATE SET failed = excluded.failed, since = excluded.since,
        judged_at = excluded.judged_at, body = excluded.body`)
    this.#all = database.prepare('SELECT * FROM findings ORDER BY machine_id, type, intent, name')
  }

  put({ key, failed, since, judgedAt, snapshotId, overdue, why }: Finding): void {
    const body = JSON.stringify({ snapshotId, overdue, why })
    this.#put.run({ ...key, failed: Number(failed), since, judgedAt, body })
  }

  list(): Finding[] {
    return this.#all.all().map((row) => {
      const { machine_id, type, intent, name, failed, since, judged_at, body } = rowSchema.parse(row)
      const rest = bodySchema.parse(JSON.parse(body))
      const key = { machineId: machine_id, type, intent, name }
      return { key, failed: failed === 1, since, judgedAt: judged_at, ...rest }
    })
  }
}
