import type Database from 'better-sqlite3'
import type { HostRun } from '../../contract/shapes/run-page.ts'
import { type RunSummary, runSummarySchema } from '../../contract/shapes/run-summary.ts'
import { columnsOf, type RunColumns } from './run-columns.ts'
import type { RunsWanted } from './run-filter.ts'
import { type Part, RunNumbers } from './run-numbers.ts'

export interface RunRows {
  /** How many are wanted, of which these are some. */
  readonly total: number
  readonly runs: readonly HostRun[]
}

/** What makes runs take about as long as each other. */
export interface AlikeRuns {
  readonly hostId: string
  readonly run: RunSummary
}

interface SummaryRow {
  readonly host_id: string
  readonly summary: string
}

const SUMMARIES = 'SELECT host_id, summary FROM runs JOIN run_summaries ON run = number'

/** What the agents last said of their runs; the truth is theirs. */
export class RunStore {
  readonly #database: Database.Database
  readonly #numbers: RunNumbers
  readonly #shown: Database.Statement<[string], SummaryRow>
  readonly #get: Database.Statement<[string, string], SummaryRow>
  readonly #byRequest: Database.Statement<[string, string], SummaryRow>
  readonly #unended: Database.Statement<[string], SummaryRow>
  readonly #starters: Database.Statement<[string], string>
  readonly #hostsOf: Database.Statement<[string], string>
  readonly #alike: Database.Statement<[Record<string, unknown>], number>
  readonly #put: Database.Statement<[RunColumns], { readonly number: number }>
  readonly #summarise: Database.Statement<[number, string]>
  readonly #through: Database.Statement<[string], number>
  readonly #setThrough: Database.Statement<[string, number]>

  constructor(database: Database.Database) {
    this.#database = database
    this.#numbers = new RunNumbers(database)
    this.#shown = database.prepare(
      `${SUMMARIES} WHERE number IN (SELECT value FROM json_each(?)) ORDER BY queued_at DESC, id DESC, host_id DESC`,
    )
    this.#get = database.prepare(`${SUMMARIES} WHERE host_id = ? AND id = ?`)
    this.#byRequest = database.prepare(`${SUMMARIES} WHERE host_id = ? AND request_key = ?`)
    this.#unended = database.prepare(`${SUMMARIES} WHERE host_id = ? AND ended = 0 ORDER BY queued_at DESC`)
    this.#starters = database
      .prepare<[string], string>(
        `SELECT DISTINCT started_by FROM runs WHERE host_id IN (SELECT value FROM json_each(?)) ORDER BY started_by`,
      )
      .pluck()
    this.#hostsOf = database.prepare<[string], string>('SELECT host_id FROM runs WHERE id = ?').pluck()
    this.#alike = database
      .prepare<[Record<string, unknown>], number>(
        `SELECT seconds FROM runs
         WHERE host_id = :hostId AND kind = :kind AND repository_id = :repositoryId AND state = 'succeeded'
           AND target_kind IS :targetKind AND id <> :id AND seconds IS NOT NULL
         ORDER BY queued_at DESC LIMIT :limit`,
      )
      .pluck()
    this.#put = database.prepare(PUT)
    this.#summarise = database.prepare('INSERT OR REPLACE INTO run_summaries (run, summary) VALUES (?, ?)')
    this.#through = database.prepare<[string], number>('SELECT through FROM run_mirrors WHERE host_id = ?').pluck()
    this.#setThrough = database.prepare('INSERT OR REPLACE INTO run_mirrors (host_id, through) VALUES (?, ?)')
  }

  get(hostId: string, runId: string): RunSummary | null {
    return one(this.#get.get(hostId, runId))
  }

  /** The run that a request key has started. */
  byRequest(hostId: string, requestKey: string): RunSummary | null {
    return one(this.#byRequest.get(hostId, requestKey))
  }

  /** Some of the wanted runs, newest first: `limit` of them after the first `offset`. */
  page(wanted: RunsWanted, part: Part): RunRows {
    const { total, numbers } = this.#numbers.page(wanted, part)
    return { total, runs: this.#shown.all(JSON.stringify(numbers)).map(read) }
  }

  /** Runs of a host that had not ended when it was last heard of, newest first. */
  unended(hostId: string): RunSummary[] {
    return this.#unended.all(hostId).map((row) => read(row).run)
  }

  /** Everybody who has started a run on these hosts. */
  starters(hostIds: readonly string[]): string[] {
    return this.#starters.all(JSON.stringify(hostIds))
  }

  /** The hosts that have a run of this id: one, or none. */
  hostsOf(runId: string): string[] {
    return this.#hostsOf.all(runId)
  }

  /** Seconds that runs like this one took, of those that succeeded, the latest first. */
  secondsOfAlike({ hostId, run }: AlikeRuns, limit: number): number[] {
    const { id, kind, repositoryId, targetKind } = columnsOf(hostId, run)
    return this.#alike.all({ hostId, id, kind, repositoryId, targetKind, limit })
  }

  /** Keep what an agent said. A run that has ended stays ended, whatever late news says. */
  put(hostId: string, ...runs: readonly RunSummary[]): void {
    this.#numbers.forget()
    this.#database.transaction(() => {
      for (const run of runs) {
        const row = this.#put.get(columnsOf(hostId, run))
        if (row !== undefined) this.#summarise.run(row.number, JSON.stringify(run))
      }
    })()
  }

  /** The number of the last change that this console was told of, of all that came before; 0 for none. */
  through(hostId: string): number {
    return this.#through.get(hostId) ?? 0
  }

  /** Keep some that have changed, and how far that is, all or nothing. */
  catchUp(hostId: string, runs: readonly RunSummary[], through: number): void {
    this.#database.transaction(() => {
      this.put(hostId, ...runs)
      this.#setThrough.run(hostId, through)
    })()
  }
}

const KEPT = [
  ['state', 'state'],
  ['ended', 'ended'],
  ['started_at', 'startedAt'],
  ['ended_at', 'endedAt'],
  ['seconds', 'seconds'],
  ['snapshot_id', 'snapshotId'],
  ['files', 'files'],
  ['bytes', 'bytes'],
  ['restored', 'restored'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['deleted', 'deleted'],
  ['skipped', 'skipped'],
  ['failed', 'failed'],
  ['evidence', 'evidence'],
  ['evidence_at', 'evidenceAt'],
  ['search', 'search'],
] as const

const ONCE = [
  ['host_id', 'hostId'],
  ['id', 'id'],
  ['request_key', 'requestKey'],
  ['kind', 'kind'],
  ['repository_id', 'repositoryId'],
  ['started_by', 'startedBy'],
  ['queued_at', 'queuedAt'],
  ['target_kind', 'targetKind'],
  ['follows', 'follows'],
] as const

const PUT = `
  INSERT INTO runs (${[...ONCE, ...KEPT].map(([column]) => column).join(', ')})
  VALUES (${[...ONCE, ...KEPT].map(([, name]) => `:${name}`).join(', ')})
  ON CONFLICT (host_id, id) DO UPDATE SET ${KEPT.map(([column]) => `${column} = excluded.${column}`).join(', ')}
  WHERE runs.ended = 0 OR excluded.ended = 1
  RETURNING number`

function one(row: SummaryRow | undefined): RunSummary | null {
  return row === undefined ? null : read(row).run
}

function read(row: SummaryRow): HostRun {
  return { hostId: row.host_id, run: runSummarySchema.parse(JSON.parse(row.summary)) }
}
