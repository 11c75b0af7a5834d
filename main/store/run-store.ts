import type Database from 'better-sqlite3'
import { isEnded, type Run, runSchema } from '../../contract/shapes/run.ts'

export interface HostRun {
  readonly hostId: string
  readonly run: Run
}

interface RunRow {
  readonly host_id: string
  readonly record: string
}

export interface RecentQuery {
  readonly workspaceId: string
  /** Null for all hosts of the workspace. */
  readonly hostId: string | null
  readonly limit: number
}

/** What the agents last said of their runs; the truth is theirs. */
export class RunStore {
  readonly #get: Database.Statement<[string, string], RunRow>
  readonly #recent: Database.Statement<[RecentQuery], RunRow>
  readonly #ofHost: Database.Statement<[string, number], RunRow>
  readonly #hostsOf: Database.Statement<[string], { readonly host_id: string }>
  readonly #unended: Database.Statement<[string], RunRow>
  readonly #put: Database.Statement<[string, string, string, number, string]>

  constructor(database: Database.Database) {
    this.#get = database.prepare('SELECT host_id, record FROM runs WHERE host_id = ? AND id = ?')
    this.#recent = database.prepare(
      `SELECT host_id, record FROM runs
       WHERE host_id IN (SELECT id FROM hosts WHERE workspace_id = :workspaceId)
         AND (:hostId IS NULL OR host_id = :hostId)
       ORDER BY queued_at DESC, rowid DESC LIMIT :limit`,
    )
    this.#ofHost = database.prepare(
      'SELECT host_id, record FROM runs WHERE host_id = ? ORDER BY queued_at DESC, rowid DESC LIMIT ?',
    )
    this.#hostsOf = database.prepare('SELECT host_id FROM runs WHERE id = ?')
    this.#unended = database.prepare(
      'SELECT host_id, record FROM runs WHERE host_id = ? AND ended = 0 ORDER BY queued_at DESC',
    )
    this.#put = database.prepare(
      `INSERT INTO runs (host_id, id, queued_at, ended, record) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (host_id, id) DO UPDATE SET ended = excluded.ended, record = excluded.record
       WHERE runs.ended = 0 OR excluded.ended = 1`,
    )
  }

  get(hostId: string, runId: string): Run | null {
    const row = this.#get.get(hostId, runId)
    return row === undefined ? null : read(row).run
  }

  /** Newest first. */
  recent(query: RecentQuery): HostRun[] {
    return this.#recent.all(query).map(read)
  }

  /** Of one host, newest first. */
  ofHost(hostId: string, limit: number): Run[] {
    return this.#ofHost.all(hostId, limit).map((row) => read(row).run)
  }

  /** The hosts that have a run of this id: one, or none. */
  hostsOf(runId: string): string[] {
    return this.#hostsOf.all(runId).map((row) => row.host_id)
  }

  /** Runs of a host that had not ended when it was last heard of, newest first. */
  unended(hostId: string): Run[] {
    return this.#unended.all(hostId).map((row) => read(row).run)
  }

  /** Keep what an agent said. A run that has ended stays ended, whatever late news says. */
  put(hostId: string, run: Run): void {
    this.#put.run(hostId, run.id, run.queuedAt, isEnded(run.state) ? 1 : 0, JSON.stringify(run))
  }
}

function read(row: RunRow): HostRun {
  return { hostId: row.host_id, run: runSchema.parse(JSON.parse(row.record)) }
}
