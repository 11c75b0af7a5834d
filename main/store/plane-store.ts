import Database from 'better-sqlite3'

/** A control plane that a workspace looks at. What it is reached with is in the keychain. */
export interface PlaneRecord {
  readonly id: string
  readonly workspaceId: string
  /** The one that this console carries itself. */
  readonly embedded: boolean
  readonly name: string
  /** Null for the embedded one. */
  readonly url: string | null
  readonly pin: string | null
  readonly hasToken: boolean
  /** Whether the embedded one is switched on; the others always are. */
  readonly on: boolean
  /** Where the embedded one lets consumers in; null for nowhere. */
  readonly consumerPort: number | null
}

interface PlaneRow {
  readonly id: string
  readonly workspaceId: string
  readonly embedded: number
  readonly name: string
  readonly url: string | null
  readonly pin: string | null
  readonly hasToken: number
  readonly isOn: number
  readonly consumerPort: number | null
}

const COLUMNS = `id, workspace_id AS workspaceId, embedded, name, url, pin, has_token AS hasToken, is_on AS isOn,
  consumer_port AS consumerPort`

/** The control planes of all workspaces. */
export class PlaneStore {
  readonly #list: Database.Statement<[], PlaneRow>
  readonly #put: Database.Statement<[PlaneRow]>
  readonly #remove: Database.Statement<[string]>

  constructor(database: Database.Database) {
    this.#list = database.prepare(`SELECT ${COLUMNS} FROM planes ORDER BY embedded DESC, name`)
    this.#put = database.prepare(
      `INSERT INTO planes (id, workspace_id, embedded, name, url, pin, has_token, is_on, consumer_port)
       VALUES (:id, :workspaceId, :embedded, :name, :url, :pin, :hasToken, :isOn, :consumerPort)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, pin = excluded.pin,
         has_token = excluded.has_token, is_on = excluded.is_on, consumer_port = excluded.consumer_port`,
    )
    this.#remove = database.prepare('DELETE FROM planes WHERE id = ?')
  }

  /** Embedded ones first, then by name. */
  list(): PlaneRecord[] {
    return this.#list.all().map(({ embedded, hasToken, isOn, ...row }) => ({
      ...row,
      embedded: embedded === 1,
      hasToken: hasToken === 1,
      on: isOn === 1,
    }))
  }

  /** False where another one of the workspace is called so, without regard to the case of plain letters. */
  put({ embedded, hasToken, on, ...record }: PlaneRecord): boolean {
    try {
      this.#put.run({ ...record, embedded: Number(embedded), hasToken: Number(hasToken), isOn: Number(on) })
      return true
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE') return false
      throw error
    }
  }

  remove(id: string): void {
    this.#remove.run(id)
  }
}
