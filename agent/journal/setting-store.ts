import type { Database } from 'better-sqlite3'

/** Single values that outlive the agent's process. */
export class SettingStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  get(name: string): string | undefined {
    return this.#database.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck().get(name)
  }

  put(name: string, value: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value)
  }

  /** The value under `name`; the first time it is made and kept. */
  getOrMake(name: string, make: () => string): string {
    this.#database.prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, make())
    return this.get(name) ?? ''
  }
}
