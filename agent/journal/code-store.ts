import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type Grant, permissionSchema, roleSchema } from '../../contract/procedure.ts'

const rowSchema = z.object({
  hash: z.string(),
  workspace: z.string(),
  role: roleSchema,
  permissions: z.string(),
  made_by: z.string(),
  made_at: z.string(),
  expires_at: z.string(),
  used_at: z.string().nullable(),
  used_by: z.string().nullable(),
})

/** A code that enrols one console. */
export interface CodeRecord extends Grant {
  /** SHA-256 of the code, base64url. */
  readonly hash: string
  readonly workspace: string
  readonly madeBy: string
  readonly madeAt: string
  readonly expiresAt: string
  readonly usedAt: string | null
  /** The pin of the key that it let in. */
  readonly usedBy: string | null
}

/** The codes that were made, used and unused. */
export class CodeStore {
  readonly #insert: Statement
  readonly #use: Statement
  readonly #get: Statement
  readonly #used: Statement

  constructor(database: Database) {
    this.#insert = database.prepare(`
      INSERT INTO codes (hash, workspace, role, permissions, made_by, made_at, expires_at, used_at, used_by)
      VALUES (@hash, @workspace, @role, @permissions, @madeBy, @madeAt, @expiresAt, @usedAt, @usedBy)`)
    this.#use = database.prepare('UPDATE codes SET used_at = ?, used_by = ? WHERE hash = ? AND used_at IS NULL')
    this.#get = database.prepare('SELECT * FROM codes WHERE hash = ?')
    this.#used = database.prepare('SELECT EXISTS (SELECT 1 FROM codes WHERE used_at IS NOT NULL)').pluck()
  }

  insert({ permissions, ...code }: CodeRecord): void {
    this.#insert.run({ ...code, permissions: JSON.stringify(permissions) })
  }

  /** Mark a code as used; false when it was used before or is none. */
  use(hash: string, { by, at }: { readonly by: string; readonly at: string }): boolean {
    return this.#use.run(at, by, hash).changes === 1
  }

  get(hash: string): CodeRecord | undefined {
    const row = this.#get.get(hash)
    return row === undefined ? undefined : toCode(row)
  }

  /** True once any code has let anybody in. */
  anyUsed(): boolean {
    return this.#used.get() === 1
  }
}

function toCode(row: unknown): CodeRecord {
  const { permissions, made_by, made_at, expires_at, used_at, used_by, ...rest } = rowSchema.parse(row)
  return {
    ...rest,
    permissions: z.array(permissionSchema).parse(JSON.parse(permissions)),
    madeBy: made_by,
    madeAt: made_at,
    expiresAt: expires_at,
    usedAt: used_at,
    usedBy: used_by,
  }
}
