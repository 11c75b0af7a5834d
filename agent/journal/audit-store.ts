import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { ChainLink } from '../../contract/audit-chain/chain.ts'

const rowSchema = z.object({
  sequence: z.number(),
  entry_id: z.string(),
  step: z.enum(['opened', 'closed']),
  run_id: z.string().nullable(),
  body: z.string(),
  previous: z.string(),
  hash: z.string(),
})

/** As someone may have left it who has changed the database by hand. */
const linkSchema = rowSchema.extend({
  entry_id: z.string().catch(''),
  step: z.string().catch(''),
  run_id: z.string().nullable().catch(null),
  body: z.string().catch(''),
  previous: z.string().catch(''),
  hash: z.string().catch(''),
})

/** One link of the audit's chain, as it is written. */
export type AuditRow = ChainLink & { readonly step: 'opened' | 'closed' }

/** The rows of the audit. They can be added and read; the database refuses all else. */
export class AuditStore {
  readonly #append: Statement
  readonly #last: Statement
  readonly #page: Statement
  readonly #open: Statement
  readonly #newest: Statement

  constructor(database: Database) {
    this.#append = database.prepare(`
      INSERT INTO audit (sequence, entry_id, step, run_id, body, previous, hash)
      VALUES (@sequence, @entryId, @step, @runId, @body, @previous, @hash)`)
    this.#last = database.prepare('SELECT * FROM audit ORDER BY sequence DESC LIMIT 1')
    this.#page = database.prepare('SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?')
    this.#open = database.prepare(`
      SELECT * FROM audit AS opened WHERE step = 'opened'
        AND NOT EXISTS (SELECT 1 FROM audit AS closed WHERE closed.entry_id = opened.entry_id AND closed.step = 'closed')
      ORDER BY sequence`)
    this.#newest = database.prepare(`
      SELECT * FROM audit
      WHERE entry_id IN (SELECT entry_id FROM audit WHERE step = 'opened' ORDER BY sequence DESC LIMIT ?)
      ORDER BY sequence DESC`)
  }

  append(row: ChainLink): void {
    this.#append.run(row)
  }

  last(): AuditRow | undefined {
    const row = this.#last.get()
    return row === undefined ? undefined : toAuditRow(row)
  }

  /** At most `limit` rows after this sequence number in order, whatever somebody has made of them. */
  page(sequence: number, limit: number): ChainLink[] {
    return this.#page.all(sequence, limit).map((row) => renamed(linkSchema.parse(row)))
  }

  /** Entries that have no outcome yet. */
  unclosed(): AuditRow[] {
    return this.#open.all().map(toAuditRow)
  }

  /** Both rows of the last `limit` entries, newest first. */
  newest(limit: number): AuditRow[] {
    return this.#newest.all(limit).map(toAuditRow)
  }
}

function toAuditRow(row: unknown): AuditRow {
  return renamed(rowSchema.parse(row))
}

function renamed<T extends { readonly entry_id: string; readonly run_id: string | null }>({
  entry_id,
  run_id,
  ...rest
}: T) {
  return { ...rest, entryId: entry_id, runId: run_id }
}
