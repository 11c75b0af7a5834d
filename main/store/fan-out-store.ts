import type Database from 'better-sqlite3'
import { z } from 'zod'
import { fanOutHostSchema, fanOutSchema, fanOutTargetSchema } from '../../contract/shapes/fan-out.ts'
import { inPlaceConfirmationSchema } from '../../contract/shapes/restore.ts'
import { requestKeySchema } from '../../contract/shapes/run.ts'

/** A fan-out with what it takes to go on with it. */
const recordSchema = fanOutSchema.extend({
  workspaceId: z.string(),
  /** The door that it was started through. */
  origin: z.string(),
  /** Null but for one in place. */
  confirmation: inPlaceConfirmationSchema.omit({ hostname: true }).nullable(),
  /** Somebody stopped it. */
  stopped: z.boolean(),
  hosts: z.array(
    fanOutHostSchema.extend({
      ...fanOutTargetSchema.pick({ planHash: true, hostname: true }).shape,
      /** The same for as long as the host is asked for this, so that it is started once. */
      requestKey: requestKeySchema,
    }),
  ),
})
export type FanOutRecord = z.infer<typeof recordSchema>

interface FanOutRow {
  readonly record: string
}

/** What was asked of several hosts, and how far it is. */
export class FanOutStore {
  readonly #get: Database.Statement<[string], FanOutRow>
  readonly #newest: Database.Statement<[string, number], FanOutRow>
  readonly #unended: Database.Statement<[], FanOutRow>
  readonly #put: Database.Statement<[string, string, number, string]>

  constructor(database: Database.Database) {
    this.#get = database.prepare('SELECT record FROM fan_outs WHERE id = ?')
    this.#newest = database.prepare('SELECT record FROM fan_outs WHERE workspace_id = ? ORDER BY sequence DESC LIMIT ?')
    this.#unended = database.prepare('SELECT record FROM fan_outs WHERE ended = 0 ORDER BY sequence')
    this.#put = database.prepare(
      `INSERT INTO fan_outs (id, workspace_id, ended, record) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, record = excluded.record`,
    )
  }

  get(id: string): FanOutRecord | null {
    const row = this.#get.get(id)
    return row === undefined ? null : read(row)
  }

  /** Of a workspace, newest first. */
  newest(workspaceId: string, limit: number): FanOutRecord[] {
    return this.#newest.all(workspaceId, limit).map(read)
  }

  /** Those that have not ended, oldest first, of all workspaces. */
  unended(): FanOutRecord[] {
    return this.#unended.all().map(read)
  }

  put(record: FanOutRecord): void {
    this.#put.run(record.id, record.workspaceId, record.endedAt === null ? 0 : 1, JSON.stringify(record))
  }
}

function read(row: FanOutRow): FanOutRecord {
  return recordSchema.parse(JSON.parse(row.record))
}
