import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { groupStatusSchema, type TypeRule, typeRuleSchema } from '../../contract/control-plane/fleet.ts'
import type { Revisions } from './revisions.ts'

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: groupStatusSchema,
  reason: z.string().nullable(),
  url: z.string().nullable(),
  storage: z.enum(['s3', 'rest']),
  bucket: z.string(),
  prefix: z.string(),
  region: z.string(),
  repository_id: z.string().nullable(),
  type_rules: z.string(),
  made_at: z.string(),
  observed_at: z.string().nullable(),
})

/** One repository, without what it is read with. */
export interface Group {
  readonly id: string
  readonly name: string
  readonly status: z.infer<typeof groupStatusSchema>
  /** Why it is not ready. */
  readonly reason: string | null
  /** As restic takes it, without user and password. */
  readonly url: string | null
  /** How consumers read it: on S3 itself, or through the plane's gateway. */
  readonly storage: 's3' | 'rest'
  readonly bucket: string
  readonly prefix: string
  readonly region: string
  readonly repositoryId: string | null
  readonly typeRules: readonly TypeRule[]
  readonly madeAt: string
  readonly observedAt: string | null
}

/** The groups. Names differ, whatever their case. */
export class GroupStore {
  readonly #put: Statement
  readonly #access: Statement
  readonly #readAccess: Statement
  readonly #get: Statement
  readonly #byName: Statement
  readonly #byRepository: Statement
  readonly #all: Statement
  readonly #revisions: Revisions

  constructor(database: Database, revisions: Revisions) {
    this.#revisions = revisions
    this.#put = database.prepare(`
      INSERT INTO groups (id, name, status, reason, url, storage, bucket, prefix, region, repository_id, type_rules, made_at, observed_at)
      VALUES (@id, @name, @status, @reason, @url, @storage, @bucket, @prefix, @region, @repositoryId, @typeRules, @madeAt, @observedAt)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status, reason = excluded.reason, url = excluded.url,
        storage = excluded.storage, bucket = excluded.bucket, prefix = excluded.prefix, region = excluded.region,
        repository_id = excluded.repository_id, type_rules = excluded.type_rules, observed_at = excluded.observed_at`)
    this.#access = database.prepare('UPDATE groups SET access = ? WHERE id = ?')
    this.#readAccess = database.prepare('SELECT access FROM groups WHERE id = ?').pluck()
    this.#get = database.prepare('SELECT * FROM groups WHERE id = ?')
    this.#byName = database.prepare('SELECT * FROM groups WHERE name = ?')
    this.#byRepository = database.prepare('SELECT * FROM groups WHERE repository_id = ?')
    this.#all = database.prepare('SELECT * FROM groups ORDER BY name, id')
  }

  /** Make it, or write all of it anew but when it was made and its access. */
  put({ typeRules, ...group }: Group): void {
    this.#put.run({ ...group, typeRules: JSON.stringify(typeRules) })
    this.#revisions.bump(group.id)
  }

  /** What it is read with, sealed; null forgets it. */
  setAccess(id: string, sealed: Uint8Array | null): void {
    this.#access.run(sealed === null ? null : Buffer.from(sealed), id)
  }

  /** Sealed, as it was put. */
  access(id: string): Uint8Array | undefined {
    return z.instanceof(Uint8Array).nullish().parse(this.#readAccess.get(id)) ?? undefined
  }

  get(id: string): Group | undefined {
    return toGroup(this.#get.get(id))
  }

  byName(name: string): Group | undefined {
    return toGroup(this.#byName.get(name))
  }

  byRepository(repositoryId: string): Group | undefined {
    return toGroup(this.#byRepository.get(repositoryId))
  }

  /** By name. */
  list(): Group[] {
    return this.#all.all().flatMap((row) => toGroup(row) ?? [])
  }
}

function toGroup(row: unknown): Group | undefined {
  if (row === undefined) return undefined
  const { repository_id, type_rules, made_at, observed_at, ...rest } = rowSchema.parse(row)
  return {
    ...rest,
    repositoryId: repository_id,
    typeRules: z.array(typeRuleSchema).parse(JSON.parse(type_rules)),
    madeAt: made_at,
    observedAt: observed_at,
  }
}
