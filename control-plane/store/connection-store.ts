import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'

/** Milliseconds for which what was asked may wait to be written: one commit then holds what fifty consumers asked. */
const WAIT = 250
/** Connections that wait at most while they cannot be written. */
const WAITING = 1000
/** Connections that are kept of each device: a consumer that asks each half minute makes them in a day and a half. */
const KEPT = 5000
/** Of each device, after so many more: to find the oldest that is kept goes over all of them. */
const PRUNED_AFTER = 100

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
  readonly #unpruned = new Map<string, number>()
  #waiting: ConnectionRecord[] = []
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(database: Database) {
    this.#insert = database.prepare(`
      INSERT INTO connections (device_id, at, ip, user_agent, asked, status)
      SELECT id, @at, @ip, @userAgent, @asked, @status FROM devices WHERE id = @deviceId`)
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
      for (const deviceId of this.#due(connections)) this.#prune.run({ deviceId })
    })
  }

  note(connection: ConnectionRecord): void {
    if (this.#isClosed) return
    this.#waiting.push(connection)
    this.#timer ??= setTimeout(() => {
      this.flush()
    }, WAIT).unref()
  }

  /** Devices of which so many were written since they were last pruned, these among them. */
  #due(connections: readonly ConnectionRecord[]): string[] {
    for (const { deviceId } of connections) this.#unpruned.set(deviceId, (this.#unpruned.get(deviceId) ?? 0) + 1)
    const due = [...this.#unpruned].flatMap(([deviceId, count]) => (count >= PRUNED_AFTER ? [deviceId] : []))
    for (const deviceId of due) this.#unpruned.delete(deviceId)
    return due
  }

  /** Write what waits. What cannot be written waits on, the newest of it: a full disk is no reason not to answer. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const waiting = this.#waiting
    if (waiting.length === 0 || this.#isClosed) return
    this.#waiting = []
    try {
      this.#write(waiting)
    } catch {
      this.#waiting = waiting.slice(-WAITING)
    }
  }

  /** Write what waits for the last time; what is noted after it is forgotten. */
  close(): void {
    this.flush()
    this.#isClosed = true
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
