import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'

/** Milliseconds for which what was asked may wait to be written: one commit then holds what fifty consumers asked. */
const WAIT = 250
/** Connections that are kept of each device: a consumer that asks each half minute makes them in a day and a half. */
const KEPT = 5000

const rowSchema = z.object({
  device_id: z.string(),
  at: z.string(),
  ip: z.string(),
  user_agent: z.string().nullable(),
  asked: z.string(),
  status: z.number(),
})

/** One request of a device. */
export interface ConnectionRecord {
  readonly deviceId: string
  readonly at: string
  readonly ip: string
  readonly userAgent: string | null
  /** The method and the path, `GET /restore-worklist`. */
  readonly asked: string
  /** What was answered. */
  readonly status: number
}

/** Who asked what. Written a moment later and together, and always before it is read. */
export class ConnectionStore {
  readonly #insert: Statement
  readonly #seen: Statement
  readonly #prune: Statement
  readonly #newest: Statement
  readonly #write: (connections: readonly ConnectionRecord[]) => void
  #waiting: ConnectionRecord[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(database: Database) {
    this.#insert = database.prepare(`
      INSERT INTO connections (device_id, at, ip, user_agent, asked, status)
      VALUES (@deviceId, @at, @ip, @userAgent, @asked, @status)`)
    this.#seen = database.prepare(`
      UPDATE devices SET last_seen_at = max(coalesce(last_seen_at, ''), @at),
        last_worklist_at = CASE WHEN @worklist = 1 THEN max(coalesce(last_worklist_at, ''), @at) ELSE last_worklist_at END
      WHERE id = @deviceId`)
    this.#prune = database.prepare(`
      DELETE FROM connections WHERE device_id = @deviceId AND sequence <= (
        SELECT sequence FROM connections WHERE device_id = @deviceId ORDER BY sequence DESC LIMIT 1 OFFSET ${KEPT})`)
    this.#newest = database.prepare('SELECT * FROM connections WHERE device_id = ? ORDER BY sequence DESC LIMIT ?')
    this.#write = database.transaction((connections: readonly ConnectionRecord[]) => {
      for (const connection of connections) {
        this.#insert.run(connection)
        const { deviceId, at, asked, status } = connection
        const worklist = asked === 'GET /restore-worklist' && status === 200 ? 1 : 0
        this.#seen.run({ deviceId, at, worklist })
      }
      for (const deviceId of new Set(connections.map((connection) => connection.deviceId)))
        this.#prune.run({ deviceId })
    })
  }

  note(connection: ConnectionRecord): void {
    this.#waiting.push(connection)
    this.#timer ??= setTimeout(() => {
      this.flush()
    }, WAIT).unref()
  }

  /** Write what waits. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const waiting = this.#waiting
    if (waiting.length === 0) return
    this.#waiting = []
    this.#write(waiting)
  }

  /** Newest first. */
  of(deviceId: string, limit: number): ConnectionRecord[] {
    this.flush()
    return this.#newest.all(deviceId, limit).map((row) => {
      const { device_id, user_agent, ...rest } = rowSchema.parse(row)
      return { deviceId: device_id, userAgent: user_agent, ...rest }
    })
  }
}
