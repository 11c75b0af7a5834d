import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type DeviceRole, deviceRoleSchema } from '../../contract/control-plane/fleet.ts'

const rowSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  role: deviceRoleSchema,
  key_pin: z.string(),
  first_seen_at: z.string(),
  last_seen_at: z.string().nullable(),
  last_worklist_at: z.string().nullable(),
  registered_at: z.string().nullable(),
  reregistered_at: z.string().nullable(),
})

/** Whatever comes with a client certificate of its own, known by the key of it. */
export interface Device {
  readonly id: string
  readonly name: string | null
  readonly role: DeviceRole
  /** SHA-256 of the public key of its certificate, base64url. */
  readonly keyPin: string
  readonly firstSeenAt: string
  readonly lastSeenAt: string | null
  readonly lastWorklistAt: string | null
  /** When it first said what it can do, and last did. */
  readonly registeredAt: string | null
  readonly reregisteredAt: string | null
}

/** The devices that the plane knows. */
export class DeviceStore {
  readonly #insert: Statement
  readonly #role: Statement
  readonly #name: Statement
  readonly #registered: Statement
  readonly #get: Statement
  readonly #byPin: Statement
  readonly #roleOf: Statement
  readonly #all: Statement
  readonly #flush: () => void

  /** `flush`: writes what is still to be written of who was seen. */
  constructor(database: Database, flush: () => void) {
    this.#flush = flush
    this.#insert = database.prepare(`
      INSERT INTO devices (id, name, role, key_pin, first_seen_at)
      VALUES (@id, @name, @role, @keyPin, @firstSeenAt)`)
    this.#role = database.prepare('UPDATE devices SET role = ? WHERE id = ?')
    this.#name = database.prepare('UPDATE devices SET name = ? WHERE id = ?')
    this.#registered = database.prepare(
      'UPDATE devices SET registered_at = coalesce(registered_at, @at), reregistered_at = @at WHERE id = @id',
    )
    this.#get = database.prepare('SELECT * FROM devices WHERE id = ?')
    this.#roleOf = database.prepare('SELECT role FROM devices WHERE id = ?').pluck()
    this.#byPin = database.prepare('SELECT * FROM devices WHERE key_pin = ?')
    this.#all = database.prepare('SELECT * FROM devices ORDER BY first_seen_at, rowid')
  }

  insert(device: Pick<Device, 'id' | 'name' | 'role' | 'keyPin' | 'firstSeenAt'>): void {
    this.#insert.run(device)
  }

  setRole(id: string, role: DeviceRole): void {
    this.#role.run(role, id)
  }

  setName(id: string, name: string): void {
    this.#name.run(name, id)
  }

  /** It said what it can do; the first time stays. */
  registered(id: string, at: string): void {
    this.#registered.run({ id, at })
  }

  get(id: string): Device | undefined {
    this.#flush()
    return toDevice(this.#get.get(id))
  }

  /** Without what may still be unwritten of when it was seen: this is asked for each request. */
  byPin(keyPin: string): Device | undefined {
    return toDevice(this.#byPin.get(keyPin))
  }

  /** The role alone, which is asked for at every file that is read. */
  role(id: string): DeviceRole | undefined {
    return deviceRoleSchema.optional().parse(this.#roleOf.get(id))
  }

  /** In the order in which they came. */
  list(): Device[] {
    this.#flush()
    return this.#all.all().flatMap((row) => toDevice(row) ?? [])
  }
}

function toDevice(row: unknown): Device | undefined {
  if (row === undefined) return undefined
  const { id, name, role, ...rest } = rowSchema.parse(row)
  return {
    id,
    name,
    role,
    keyPin: rest.key_pin,
    firstSeenAt: rest.first_seen_at,
    lastSeenAt: rest.last_seen_at,
    lastWorklistAt: rest.last_worklist_at,
    registeredAt: rest.registered_at,
    reregisteredAt: rest.reregistered_at,
  }
}
