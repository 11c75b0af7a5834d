import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type ParamValues, paramValuesSchema } from '../../contract/control-plane/intent.ts'
import type { Revisions } from './revisions.ts'

const flag = z.number().transform((value) => value === 1)
const rowSchema = z.object({
  sequence: z.number(),
  id: z.string(),
  consumer_id: z.string(),
  group_id: z.string(),
  machine_id: z.string().nullable(),
  type: z.string(),
  intent: z.string(),
  name: z.string(),
  overdue_after: z.number().nullable(),
  params: z.string(),
  redacts: flag,
  publishes_schemas: flag,
  migrates_on_request: flag,
  enabled: flag,
  created_by: z.string().nullable(),
  created_at: z.string(),
  updated_by: z.string().nullable(),
  updated_at: z.string(),
})

/** What is declared: both the work and the leave to do it. */
export interface Declaration {
  readonly id: string
  readonly consumerId: string
  readonly groupId: string
  /** Null for every machine of the group. */
  readonly machineId: string | null
  readonly type: string
  readonly intent: string
  readonly name: string
  /** Seconds; null for no bound. */
  readonly overdueAfter: number | null
  /** Raw: durations in seconds, sizes in bytes. Also those that the intent does not advertise. */
  readonly params: ParamValues
  readonly redacts: boolean
  readonly publishesSchemas: boolean
  readonly migratesOnRequest: boolean
  readonly enabled: boolean
  readonly createdBy: string | null
  readonly createdAt: string
  readonly updatedBy: string | null
  readonly updatedAt: string
}

/** The declarations, newest first wherever there are several. */
export class DeclarationStore {
  readonly #insert: Statement
  readonly #update: Statement
  readonly #delete: Statement
  readonly #get: Statement
  readonly #named: Statement
  readonly #all: Statement
  readonly #ofConsumer: Statement
  readonly #ofGroup: Statement
  readonly #covering: Statement
  readonly #database: Database
  readonly #revisions: Revisions
  #listed: readonly Declaration[] | undefined

  constructor(database: Database, revisions: Revisions) {
    this.#database = database
    this.#revisions = revisions
    this.#insert = database.prepare(`
      INSERT INTO declarations (id, consumer_id, group_id, machine_id, type, intent, name, overdue_after, params, redacts,
        publishes_schemas, migrates_on_request, enabled, created_by, created_at, updated_by, updated_at)
      VALUES (@id, @consumerId, @groupId, @machineId, @type, @intent, @name, @overdueAfter, @params, @redacts,
        @publishesSchemas, @migratesOnRequest, @enabled, @createdBy, @createdAt, @updatedBy, @updatedAt)`)
    this.#update = database.prepare(`
      UPDATE declarations SET consumer_id = @consumerId, group_id = @groupId, machine_id = @machineId, type = @type,
        intent = @intent, name = @name, overdue_after = @overdueAfter, params = @params, redacts = @redacts,
        publishes_schemas = @publishesSchemas, migrates_on_request = @migratesOnRequest, enabled = @enabled,
        updated_by = @updatedBy, updated_at = @updatedAt WHERE id = @id`)
    this.#delete = database.prepare('DELETE FROM declarations WHERE id = ?')
    this.#get = database.prepare('SELECT * FROM declarations WHERE id = ?')
    this.#named = database.prepare('SELECT * FROM declarations WHERE consumer_id = ? AND name = ?')
    this.#all = database.prepare('SELECT * FROM declarations ORDER BY sequence DESC')
    this.#ofConsumer = database.prepare('SELECT * FROM declarations WHERE consumer_id = ? ORDER BY sequence DESC')
    this.#ofGroup = database.prepare('SELECT * FROM declarations WHERE group_id = ? ORDER BY sequence DESC')
    this.#covering = database.prepare(
      'SELECT 1 FROM declarations WHERE enabled = 1 AND consumer_id = ? AND group_id = ? AND type = ? LIMIT 1',
    )
  }

  /** Whether an enabled one lets a consumer read what a group has of a type. Cheap: it is asked for every file. */
  covers(consumerId: string, groupId: string, type: string): boolean {
    return this.#covering.get(consumerId, groupId, type) !== undefined
  }

  insert(declaration: Declaration): void {
    this.#insert.run(toRow(declaration))
    this.#changed(declaration.consumerId)
  }

  /** Write all of it anew but who made it and when. */
  update(declaration: Declaration): void {
    const before = this.get(declaration.id)
    this.#update.run(toRow(declaration))
    if (before !== undefined) this.#changed(before.consumerId)
    this.#changed(declaration.consumerId)
  }

  /** What was reported of it stays. */
  delete(id: string): void {
    const before = this.get(id)
    this.#delete.run(id)
    if (before !== undefined) this.#changed(before.consumerId)
  }

  get(id: string): Declaration | undefined {
    const row = this.#get.get(id)
    return row === undefined ? undefined : toDeclaration(row)
  }

  named(consumerId: string, name: string): Declaration | undefined {
    const row = this.#named.get(consumerId, name)
    return row === undefined ? undefined : toDeclaration(row)
  }

  /** Read once, until one changes: whoever looks at a fleet asks for it again and again. */
  list(): readonly Declaration[] {
    if (this.#listed !== undefined) return this.#listed
    const listed = this.#all.all().map(toDeclaration)
    // What a transaction has changed may be undone.
    if (!this.#database.inTransaction) this.#listed = listed
    return listed
  }

  ofConsumer(consumerId: string): Declaration[] {
    return this.#ofConsumer.all(consumerId).map(toDeclaration)
  }

  ofGroup(groupId: string): Declaration[] {
    return this.#ofGroup.all(groupId).map(toDeclaration)
  }

  #changed(consumerId: string): void {
    this.#listed = undefined
    this.#revisions.bump(consumerId)
  }
}

function toRow({ redacts, publishesSchemas, migratesOnRequest, enabled, params, ...rest }: Declaration) {
  return {
    ...rest,
    params: JSON.stringify(params),
    redacts: Number(redacts),
    publishesSchemas: Number(publishesSchemas),
    migratesOnRequest: Number(migratesOnRequest),
    enabled: Number(enabled),
  }
}

function toDeclaration(row: unknown): Declaration {
  const read = rowSchema.parse(row)
  return {
    id: read.id,
    consumerId: read.consumer_id,
    groupId: read.group_id,
    machineId: read.machine_id,
    type: read.type,
    intent: read.intent,
    name: read.name,
    overdueAfter: read.overdue_after,
    params: paramValuesSchema.parse(JSON.parse(read.params)),
    redacts: read.redacts,
    publishesSchemas: read.publishes_schemas,
    migratesOnRequest: read.migrates_on_request,
    enabled: read.enabled,
    createdBy: read.created_by,
    createdAt: read.created_at,
    updatedBy: read.updated_by,
    updatedAt: read.updated_at,
  }
}
