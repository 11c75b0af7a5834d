import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { permissionSchema, roleSchema } from '../../contract/procedure.ts'
import type { Peer } from '../../contract/shapes/peer.ts'

const rowSchema = z.object({
  pin: z.string(),
  name: z.string(),
  workspace: z.string(),
  role: roleSchema,
  permissions: z.string(),
  enrolled_at: z.string(),
  last_seen_at: z.string().nullable(),
})

/** A peer without what only the running agent knows of it. */
export type PeerRecord = Readonly<Omit<Peer, 'connections'>>

/** The consoles that are enrolled, by the pins of their keys. */
export class PeerStore {
  readonly #put: Statement
  readonly #remove: Statement
  readonly #seen: Statement
  readonly #get: Statement
  readonly #all: Statement

  constructor(database: Database) {
    this.#put = database.prepare(`
      INSERT INTO peers (pin, name, workspace, role, permissions, enrolled_at, last_seen_at)
      VALUES (@pin, @name, @workspace, @role, @permissions, @enrolledAt, @lastSeenAt)
      ON CONFLICT (pin) DO UPDATE SET name = excluded.name, workspace = excluded.workspace, role = excluded.role,
        permissions = excluded.permissions, enrolled_at = excluded.enrolled_at`)
    this.#remove = database.prepare('DELETE FROM peers WHERE pin = ?')
    this.#seen = database.prepare('UPDATE peers SET last_seen_at = ? WHERE pin = ?')
    this.#get = database.prepare('SELECT * FROM peers WHERE pin = ?')
    this.#all = database.prepare('SELECT * FROM peers ORDER BY enrolled_at, pin')
  }

  /** A pin that is known already keeps when it was last seen. */
  put({ permissions, ...peer }: PeerRecord): void {
    this.#put.run({ ...peer, permissions: JSON.stringify(permissions) })
  }

  remove(pin: string): void {
    this.#remove.run(pin)
  }

  seen(pin: string, at: string): void {
    this.#seen.run(at, pin)
  }

  get(pin: string): PeerRecord | undefined {
    const row = this.#get.get(pin)
    return row === undefined ? undefined : toPeer(row)
  }

  /** In the order they were enrolled. */
  list(): PeerRecord[] {
    return this.#all.all().map(toPeer)
  }
}

function toPeer(row: unknown): PeerRecord {
  const { permissions, enrolled_at, last_seen_at, ...rest } = rowSchema.parse(row)
  const granted = z.array(permissionSchema).parse(JSON.parse(permissions))
  return { ...rest, permissions: granted, enrolledAt: enrolled_at, lastSeenAt: last_seen_at }
}
