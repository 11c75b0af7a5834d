import type Database from 'better-sqlite3'

/** Small facts about this data directory that must be remembered. Nothing secret. */
export class SettingStore {
  readonly #get: Database.Statement<[string], { readonly value: string }>
  readonly #set: Database.Statement<[string, string]>

  constructor(database: Database.Database) {
    this.#get = database.prepare('SELECT value FROM settings WHERE key = ?')
    this.#set = database.prepare(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
  }

  get(key: string): string | null {
    return this.#get.get(key)?.value ?? null
  }

  set(key: string, value: string): void {
    this.#set.run(key, value)
  }
}
