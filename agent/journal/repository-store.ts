import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type BackupSet, backupSetSchema } from '../../contract/shapes/repository.ts'

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  username: z.string(),
  sample: z.number(),
  added_at: z.string(),
  backup: z.string().nullable(),
  opened_before: z.number(),
})

/** A repository without its secrets. */
export interface RepositoryRecord {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly username: string
  readonly sample: boolean
  readonly addedAt: string
  /** What a backup of it takes; null while nobody said. */
  readonly backup: BackupSet | null
  /** It could be opened once, whatever is there now. */
  readonly openedBefore: boolean
}

/** The repositories that this host knows. */
export class RepositoryStore {
  readonly #put: Statement
  readonly #remove: Statement
  readonly #opened: Statement
  readonly #all: Statement

  constructor(database: Database) {
    this.#put = database.prepare(`
      INSERT INTO repositories (id, name, url, username, sample, added_at, backup, opened_before)
      VALUES (@id, @name, @url, @username, @sample, @addedAt, @backup, @openedBefore)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, username = excluded.username, backup = excluded.backup`)
    this.#remove = database.prepare('DELETE FROM repositories WHERE id = ?')
    this.#opened = database.prepare('UPDATE repositories SET opened_before = 1 WHERE id = ? AND opened_before = 0')
    this.#all = database.prepare('SELECT * FROM repositories ORDER BY added_at, id')
  }

  /** Of one that is known already, name, user and backup are written anew. */
  put({ sample, backup, openedBefore, ...record }: RepositoryRecord): void {
    const written = backup === null ? null : JSON.stringify(backup)
    this.#put.run({ ...record, backup: written, sample: sample ? 1 : 0, openedBefore: openedBefore ? 1 : 0 })
  }

  remove(id: string): void {
    this.#remove.run(id)
  }

  /** It was opened; that it was stays known. */
  opened(id: string): void {
    this.#opened.run(id)
  }

  list(): RepositoryRecord[] {
    return this.#all.all().map((row) => {
      const { added_at, sample, backup, opened_before, ...rest } = rowSchema.parse(row)
      return {
        ...rest,
        sample: sample === 1,
        addedAt: added_at,
        backup: backup === null ? null : backupSetSchema.parse(JSON.parse(backup)),
        openedBefore: opened_before === 1,
      }
    })
  }
}
