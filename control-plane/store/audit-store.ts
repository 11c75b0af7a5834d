import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'

const rowSchema = z.object({
  sequence: z.number(),
  at: z.string(),
  login: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** What an operator changed. Nothing secret is in it. */
export interface PlaneChange {
  readonly at: string
  readonly login: string
  /** The call, `restore_replicas/update`. */
  readonly action: string
  /** The id of what was changed. */
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

/** Who changed what: appended in the transaction of the change itself. */
export class AuditStore {
  readonly #insert: Statement
  readonly #newest: Statement

  constructor(database: Database) {
    this.#insert = database.prepare(`
      INSERT INTO audit (at, login, action, subject, before, after) VALUES (@at, @login, @action, @subject, @before, @after)`)
    this.#newest = database.prepare('SELECT * FROM audit ORDER BY sequence DESC LIMIT ?')
  }

  append({ before, after, ...change }: PlaneChange): void {
    this.#insert.run({ ...change, before: written(before), after: written(after) })
  }

  /** Newest first. */
  newest(limit: number): PlaneChange[] {
    return this.#newest.all(limit).map((row) => {
      const { sequence: _, before, after, ...rest } = rowSchema.parse(row)
      return { ...rest, before: parsed(before), after: parsed(after) }
    })
  }
}

function written(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}
