import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type Run, runSchema } from '../../contract/shapes/run.ts'
import type { RunSummaryStore } from './run-summary-store.ts'

const rowSchema = z.object({
  id: z.string(),
  request_key: z.string(),
  repository_id: z.string(),
  state: z.string(),
  subject: z.string(),
  started_by: z.string(),
  queued_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  progress: z.string(),
  counts: z.string(),
  fault: z.string(),
  remark: z.string(),
})

const UNFINISHED = "state IN ('queued', 'running')"

/** The runs of this host. */
export class RunStore {
  readonly #insert: Statement
  readonly #update: Statement
  readonly #byId: Statement
  readonly #byRequestKey: Statement
  readonly #join: Statement
  readonly #active: Statement
  readonly #restic: Statement
  readonly #summaries: RunSummaryStore

  constructor(database: Database, summaries: RunSummaryStore) {
    this.#summaries = summaries
    this.#insert = database.prepare(`
      INSERT INTO runs (id, request_key, repository_id, state, subject, started_by, queued_at, started_at, ended_at,
        progress, counts, fault, remark, restic)
      VALUES (@id, @requestKey, @repositoryId, @state, @subject, @startedBy, @queuedAt, @startedAt, @endedAt,
        @progress, @counts, @fault, @remark, @restic)`)
    this.#update = database.prepare(`
      UPDATE runs SET state = @state, subject = @subject, started_at = @startedAt, ended_at = @endedAt,
        progress = @progress, counts = @counts, fault = @fault, remark = @remark
      WHERE id = @id`)
    this.#byId = database.prepare('SELECT * FROM runs WHERE id = ?')
    this.#byRequestKey = database.prepare(`
      SELECT * FROM runs WHERE request_key = @key
      UNION ALL SELECT runs.* FROM joined_starts JOIN runs ON runs.id = run_id WHERE joined_starts.request_key = @key`)
    this.#join = database.prepare('INSERT INTO joined_starts (request_key, run_id) VALUES (?, ?)')
    this.#active = database.prepare(`SELECT * FROM runs WHERE ${UNFINISHED}`)
    this.#restic = database.prepare('SELECT restic FROM runs WHERE id = ?').pluck()
    database.transaction(() => this.#summariseAll()).immediate()
  }

  /** Throws when another run is unfinished or has the same request key: the database's own rules. */
  insert(run: Run, restic = ''): void {
    this.#insert.run({ ...toRow(run), restic })
    this.#summaries.write(run)
  }

  /** The version of restic that a run was begun with; empty where it was not known. */
  resticOf(id: string): string {
    return z.string().optional().parse(this.#restic.get(id)) ?? ''
  }

  /** Write all of a run that may change. */
  update(run: Run): void {
    this.#update.run(toRow(run))
    this.#summaries.write(run)
  }

  get(id: string): Run | undefined {
    return toRun(this.#byId.get(id))
  }

  /** The run that a start with this key began, or was given. */
  byRequestKey(requestKey: string): Run | undefined {
    return toRun(this.#byRequestKey.get({ key: requestKey }))
  }

  /** A start with this key was given a run that had begun. Throws when the key is another's. */
  join(requestKey: string, runId: string): void {
    this.#join.run(requestKey, runId)
  }

  /** The run that holds the host. */
  active(): Run | undefined {
    return toRun(this.#active.get())
  }

  /** What runs of an earlier version lack. One that somebody spoilt by hand is left out, and in nobody's way. */
  #summariseAll(): void {
    for (const id of this.#summaries.missing()) {
      const run = legible(() => this.get(id))
      if (run !== undefined) this.#summaries.write(run)
    }
  }
}

function legible(read: () => Run | undefined): Run | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function toRow(run: Run): Record<string, unknown> {
  const { subject, progress, counts, fault, ...rest } = run
  return {
    ...rest,
    subject: JSON.stringify(subject),
    progress: JSON.stringify(progress),
    counts: JSON.stringify(counts),
    fault: JSON.stringify(fault),
  }
}

function toRun(row: unknown): Run | undefined {
  if (row === undefined) return undefined
  const { id, state, remark, ...columns } = rowSchema.parse(row)
  return runSchema.parse({
    id,
    state,
    remark,
    requestKey: columns.request_key,
    repositoryId: columns.repository_id,
    subject: JSON.parse(columns.subject),
    startedBy: columns.started_by,
    queuedAt: columns.queued_at,
    startedAt: columns.started_at,
    endedAt: columns.ended_at,
    progress: JSON.parse(columns.progress),
    counts: JSON.parse(columns.counts),
    fault: JSON.parse(columns.fault),
  })
}
