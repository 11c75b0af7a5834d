import Database from 'better-sqlite3'
import { type SavedView, savedViewSchema } from '../../contract/shapes/saved-view.ts'

interface ViewRow {
  readonly id: string
  readonly name: string
  readonly filters: string
}

interface Written extends ViewRow {
  readonly workspaceId: string
}

/** Filters that people have given names, by workspace. */
export class SavedViewStore {
  readonly #list: Database.Statement<[string], ViewRow>
  readonly #put: Database.Statement<[Written]>
  readonly #remove: Database.Statement<[{ readonly id: string; readonly workspaceId: string }]>

  constructor(database: Database.Database) {
    this.#list = database.prepare('SELECT id, name, filters FROM saved_views WHERE workspace_id = ? ORDER BY name')
    this.#put = database.prepare(
      `INSERT INTO saved_views (id, workspace_id, name, filters) VALUES (:id, :workspaceId, :name, :filters)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, filters = excluded.filters
       WHERE workspace_id = excluded.workspace_id`,
    )
    this.#remove = database.prepare('DELETE FROM saved_views WHERE id = :id AND workspace_id = :workspaceId')
  }

  /** By name. */
  list(workspaceId: string): SavedView[] {
    return this.#list
      .all(workspaceId)
      .map(({ id, name, filters }) => savedViewSchema.parse({ id, name, filters: JSON.parse(filters) }))
  }

  /** False where another is called so, without regard to the case of plain letters. */
  put(workspaceId: string, { id, name, filters }: SavedView): boolean {
    try {
      this.#put.run({ id, name, workspaceId, filters: JSON.stringify(filters) })
      return true
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE') return false
      throw error
    }
  }

  remove(workspaceId: string, id: string): void {
    this.#remove.run({ id, workspaceId })
  }
}
