import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { safetyModeSchema } from '../../contract/control-plane/fleet.ts'

const rowSchema = z.object({
  id: z.string(),
  login: z.string(),
  mode: safetyModeSchema,
  raised_at: z.string().nullable(),
  made_at: z.string(),
})

/** How far somebody has unlocked changes. */
export interface SafetyRecord {
  readonly id: string
  /** Whose it is; to anybody else it is as if it were none. */
  readonly login: string
  readonly mode: z.infer<typeof safetyModeSchema>
  /** When it was raised to that mode; null where it was not. */
  readonly raisedAt: string | null
  readonly madeAt: string
}

export class SafetyStore {
  readonly #put: Statement
  readonly #get: Statement
  readonly #forget: Statement

  constructor(database: Database) {
    this.#put = database.prepare(`
      INSERT INTO safety_sessions (id, login, mode, raised_at, made_at) VALUES (@id, @login, @mode, @raisedAt, @madeAt)
      ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, raised_at = excluded.raised_at`)
    this.#get = database.prepare('SELECT * FROM safety_sessions WHERE id = ?')
    this.#forget = database.prepare(
      'DELETE FROM safety_sessions WHERE made_at < ? AND coalesce(raised_at, made_at) < ?',
    )
  }

  put(session: SafetyRecord): void {
    this.#put.run(session)
  }

  get(id: string): SafetyRecord | undefined {
    const row = this.#get.get(id)
    if (row === undefined) return undefined
    const { raised_at, made_at, ...rest } = rowSchema.parse(row)
    return { ...rest, raisedAt: raised_at, madeAt: made_at }
  }

  /** Forget those that were neither made nor raised since. */
  forgetBefore(moment: string): void {
    this.#forget.run(moment, moment)
  }
}
