import type Database from 'better-sqlite3'

export interface HostRecord {
  readonly id: string
  readonly name: string
  /** This computer's own agent. */
  readonly local: boolean
  readonly addedAt: string
}

interface HostRow {
  readonly id: string
  readonly name: string
  readonly local: number
  readonly added_at: string
}

/** The hosts this console knows. */
export class HostStore {
  readonly #list: Database.Statement<[], HostRow>
  readonly #put: Database.Statement<[string, string, number, string]>

  constructor(database: Database.Database) {
    this.#list = database.prepare('SELECT * FROM hosts ORDER BY local DESC, name')
    this.#put = database.prepare(
      `INSERT INTO hosts (id, name, local, added_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
    )
  }

  /** This computer first, then by name. */
  list(): HostRecord[] {
    return this.#list
      .all()
      .map(({ id, name, local, added_at }) => ({ id, name, local: local === 1, addedAt: added_at }))
  }

  put(host: HostRecord): void {
    this.#put.run(host.id, host.name, host.local ? 1 : 0, host.addedAt)
  }
}
