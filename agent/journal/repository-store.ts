import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  username: z.string(),
  sample: z.number(),
  added_at: z.string(),
})

/** A repository without its secrets. */
export interface RepositoryRecord {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly username: string
  readonly sample: boolean
  readonly addedAt: string
}

export class RepositoryStore {
  readonly #insert: Statement
  readonly #remove: Statement
  readonly #all: Statement

  constructor(database: Database) {
    this.#insert = database.prepare(
      'INSERT INTO repositories (id, name, url, username, sample, added_at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#remove = database.prepare('DELETE FROM repositories WHERE id = ?')
    this.#all = database.prepare('SELECT * FROM repositories ORDER BY added_at, id')
  }

  insert({ id, name, url, username, sample, addedAt }: RepositoryRecord): void {
    this.#insert.run(id, name, url, username, sample ? 1 : 0, addedAt)
  }

  remove(id: string): void {
    this.#remove.run(id)
  }

  list(): RepositoryRecord[] {
    return this.#all.all().map((row) => {
      const { added_at, sample, ...rest } = rowSchema.parse(row)
      return { ...rest, sample: sample === 1, addedAt: added_at }
    })
  }
}
