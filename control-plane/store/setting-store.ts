import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'

/** What the plane remembers of itself, as texts. */
export class SettingStore {
  readonly #put: Statement
  readonly #get: Statement

  constructor(database: Database) {
    this.#put = database.prepare(`
      INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
    this.#get = database.prepare('SELECT value FROM settings WHERE name = ?').pluck()
  }

  put(name: string, value: string): void {
    this.#put.run(name, value)
  }

  get(name: string): string | undefined {
    return z.string().optional().parse(this.#get.get(name))
  }
}
