import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { Run } from '../../contract/shapes/run.ts'
import {
  type RunChanges,
  type RunChangesInput,
  type RunSummary,
  runSummarySchema,
  summariseRun,
} from '../../contract/shapes/run-summary.ts'

const changeSchema = z.object({ change: z.number(), body: z.string() })

/** What lists and other machines are told of the runs of this host; written with each run, by the store of runs. */
export class RunSummaryStore {
  readonly #write: Statement
  readonly #get: Statement
  readonly #newest: Statement
  readonly #before: Statement
  readonly #changes: Statement
  readonly #last: Statement
  readonly #missing: Statement

  constructor(database: Database) {
    this.#write = database.prepare(
      'INSERT OR REPLACE INTO run_summaries (run, body) SELECT number, @body FROM runs WHERE id = @id',
    )
    const ofRun = 'run = (SELECT number FROM runs WHERE id = ?)'
    this.#get = database.prepare(`SELECT body FROM run_summaries WHERE ${ofRun}`).pluck()
    this.#newest = database.prepare('SELECT body FROM run_summaries ORDER BY run DESC LIMIT ?').pluck()
    this.#before = database
      .prepare(
        `SELECT body FROM run_summaries WHERE run < (SELECT number FROM runs WHERE id = ?) ORDER BY run DESC LIMIT ?`,
      )
      .pluck()
    this.#changes = database.prepare(
      'SELECT change, body FROM run_summaries WHERE change > @since ORDER BY change LIMIT @limit',
    )
    this.#last = database.prepare('SELECT COALESCE(MAX(change), 0) FROM run_summaries').pluck()
    this.#missing = database
      .prepare('SELECT id FROM runs WHERE number NOT IN (SELECT run FROM run_summaries) ORDER BY number')
      .pluck()
  }

  /** What is told of a run from now on. */
  write(run: Run): void {
    this.#write.run({ id: run.id, body: JSON.stringify(summariseRun(run)) })
  }

  get(runId: string): RunSummary | undefined {
    const body = this.#get.get(runId)
    return body === undefined ? undefined : read(body)
  }

  /** Newest first. */
  newest(limit: number): RunSummary[] {
    return this.#newest.all(limit).map(read)
  }

  /** Those begun before a run, newest first; none for a run that is not there. */
  before(runId: string, limit: number): RunSummary[] {
    return this.#before.all(runId, limit).map(read)
  }

  /** What has changed since a change, in the order of the changes. */
  changes({ since, limit }: RunChangesInput): RunChanges {
    const found = this.#changes.all({ since, limit }).map((row) => changeSchema.parse(row))
    return {
      runs: found.map(({ body }) => read(body)),
      through: found.at(-1)?.change ?? since,
      last: z.number().parse(this.#last.get()),
    }
  }

  /** Runs of which nothing is told yet, the oldest first. */
  missing(): string[] {
    return z.array(z.string()).parse(this.#missing.all())
  }
}

function read(body: unknown): RunSummary {
  return runSummarySchema.parse(JSON.parse(z.string().parse(body)))
}
