import type Database from 'better-sqlite3'
import { type Workspace, workspaceSchema } from '../../contract/shapes/workspace.ts'

/** The workspace that a console begins with. */
export const FIRST_WORKSPACE = 'first'

interface WorkspaceRow {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly made_at: string
}

/** The workspaces of this console. One that was removed is still known by its id. */
export class WorkspaceStore {
  readonly #list: Database.Statement<[], WorkspaceRow>
  readonly #get: Database.Statement<[string], WorkspaceRow>
  readonly #named: Database.Statement<[string], WorkspaceRow>
  readonly #put: Database.Statement<[Workspace]>
  readonly #remove: Database.Statement<[{ readonly id: string; readonly at: string }]>

  constructor(database: Database.Database) {
    const columns = 'id, name, color, made_at'
    this.#list = database.prepare(`SELECT ${columns} FROM workspaces WHERE removed_at IS NULL ORDER BY name`)
    this.#get = database.prepare(`SELECT ${columns} FROM workspaces WHERE id = ?`)
    this.#named = database.prepare(`SELECT ${columns} FROM workspaces WHERE name = ? AND removed_at IS NULL`)
    this.#put = database.prepare(
      `INSERT INTO workspaces (id, name, color, made_at) VALUES (:id, :name, :color, :madeAt)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, color = excluded.color`,
    )
    this.#remove = database.prepare('UPDATE workspaces SET removed_at = :at WHERE id = :id AND removed_at IS NULL')
  }

  /** Those that are there, by name. */
  list(): Workspace[] {
    return this.#list.all().map(read)
  }

  /** Also one that was removed. */
  get(id: string): Workspace | null {
    const row = this.#get.get(id)
    return row === undefined ? null : read(row)
  }

  /** The one that is called so, without regard to the case of plain letters. */
  named(name: string): Workspace | null {
    const row = this.#named.get(name)
    return row === undefined ? null : read(row)
  }

  put(workspace: Workspace): void {
    this.#put.run(workspace)
  }

  remove(id: string, at: string): void {
    this.#remove.run({ id, at })
  }
}

function read({ id, name, color, made_at: madeAt }: WorkspaceRow): Workspace {
  return workspaceSchema.parse({ id, name, color, madeAt })
}
