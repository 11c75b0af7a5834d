import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'

const rowSchema = z.object({
  hash: z.string(),
  name: z.string(),
  made_by: z.string(),
  made_at: z.string(),
  expires_at: z.string(),
  used_at: z.string().nullable(),
  used_by: z.string().nullable(),
})

/** A code that enrols one consumer. */
export interface CodeRecord {
  /** SHA-256 of the code, base64url. */
  readonly hash: string
  /** What the consumer is called if it does not say so itself. */
  readonly name: string
  readonly madeBy: string
  readonly madeAt: string
  readonly expiresAt: string
  readonly usedAt: string | null
  /** The device that it let in. */
  readonly usedBy: string | null
}

/** The codes that were made, used and unused. */
export class CodeStore {
  readonly #insert: Statement
  readonly #use: Statement
  readonly #get: Statement

  constructor(database: Database) {
    this.#insert = database.prepare(`
      INSERT INTO codes (hash, name, made_by, made_at, expires_at) VALUES (@hash, @name, @madeBy, @madeAt, @expiresAt)`)
    this.#use = database.prepare('UPDATE codes SET used_at = ?, used_by = ? WHERE hash = ? AND used_at IS NULL')
    this.#get = database.prepare('SELECT * FROM codes WHERE hash = ?')
  }

  insert(code: Pick<CodeRecord, 'hash' | 'name' | 'madeBy' | 'madeAt' | 'expiresAt'>): void {
    this.#insert.run(code)
  }

  /** Mark a code as used, by a device that is there; false when it was used before or is none. */
  use(hash: string, { by, at }: { readonly by: string; readonly at: string }): boolean {
    return this.#use.run(at, by, hash).changes === 1
  }

  get(hash: string): CodeRecord | undefined {
    const row = this.#get.get(hash)
    if (row === undefined) return undefined
    const { made_by, made_at, expires_at, used_at, used_by, ...rest } = rowSchema.parse(row)
    return { ...rest, madeBy: made_by, madeAt: made_at, expiresAt: expires_at, usedAt: used_at, usedBy: used_by }
  }
}
