import type Database from 'better-sqlite3'
import {
  type HostDuration,
  NO_OUTCOMES,
  type OutcomeCounts,
  type PastRestore,
  type PastRestoreDay,
  type PastRestorePage,
  type PastRestoreTotals,
  pastOutcomeSchema,
} from '../../contract/shapes/past-restore.ts'
import { type Asked, conditionOf, type ScopedFilter } from './past-restore-filter.ts'
import { type PastRestoreRow, ROW, readRestore } from './past-restore-rows.ts'

/** Where a page begins, and how many are on it. */
export interface Slice {
  readonly offset: number
  readonly limit: number
}

interface Sums extends OutcomeCounts {
  readonly written: number | null
  readonly verified: number | null
  readonly in_place: number | null
  readonly files: number | null
  readonly bytes: number | null
}

/** Up to as many rows are put in order after they were found; where there are more, the first of them are found at once. */
const FEW = 5000
const OUTCOMES = pastOutcomeSchema.options
/** One sum for each outcome: all that is wanted in one reading. */
const COUNTED = OUTCOMES.map((outcome) => `coalesce(sum(outcome = '${outcome}'), 0) AS "${outcome}"`).join(', ')

/** What was restored, as the triggers on runs and audit keep it. Sums are SQLite's: no row of them is read here. */
export class PastRestoreStore {
  readonly #database: Database.Database
  readonly #get: Database.Statement<[string, string, string], PastRestoreRow>
  readonly #actors: Database.Statement<[string], { readonly actor: string }>
  /** By their text: a filter has few shapes. */
  readonly #prepared = new Map<string, Database.Statement<unknown[]>>()

  constructor(database: Database.Database) {
    this.#database = database
    this.#get = database.prepare(`SELECT ${ROW} FROM past_restores WHERE workspace_id = ? AND host_id = ? AND key = ?`)
    this.#actors = database.prepare('SELECT DISTINCT actor FROM past_restores WHERE workspace_id = ? ORDER BY actor')
  }

  /** Newest first. */
  page(filter: ScopedFilter, { offset, limit }: Slice): PastRestorePage {
    const { sql, values, every } = conditionOf(filter)
    const [counted] = this.#all<{ readonly total: number }>(
      `SELECT count(*) AS total FROM ${every} WHERE ${sql}`,
      values,
    )
    const total = counted?.total ?? 0
    const rows = this.#all<PastRestoreRow>(
      `SELECT ${ROW} FROM ${total > FEW ? 'past_restores' : every} WHERE ${sql}
       ORDER BY at DESC, key DESC LIMIT :limit OFFSET :offset`,
      { ...values, offset, limit },
    )
    return { offset, total, items: rows.map(readRestore) }
  }

  totals(filter: ScopedFilter): PastRestoreTotals {
    const { sql, values, every } = conditionOf(filter)
    const [sums] = this.#all<Sums>(
      `SELECT ${COUNTED}, sum(files > 0) AS written, sum(files > 0 AND proof = 'verified') AS verified,
         sum(target IS 'in-place') AS in_place, sum(files) AS files, sum(bytes) AS bytes
       FROM ${every} WHERE ${sql}`,
      values,
    )
    const [usual] = this.#all<{ readonly seconds: number | null }>(medianOf("'all'", { sql, every }), values)
    const { written, verified, in_place: inPlace, files, bytes, ...outcomes } = sums ?? NO_SUMS
    return {
      outcomes,
      written: written ?? 0,
      verified: verified ?? 0,
      inPlace: inPlace ?? 0,
      files: files ?? 0,
      bytes: bytes ?? 0,
      usualSeconds: usual?.seconds ?? null,
    }
  }

  /** What fits, by the days that begin at these moments; the last of them ends the last day. */
  days(filter: ScopedFilter, days: readonly string[]): PastRestoreDay[] {
    const { sql, values } = conditionOf(filter)
    const rows = this.#all<OutcomeCounts & { readonly day: number; readonly bytes: number }>(
      `WITH edges AS (
         SELECT key AS day, value AS first, lead(value) OVER (ORDER BY key) AS next FROM json_each(:days)
       )
       SELECT day, coalesce(sum(bytes), 0) AS bytes, ${COUNTED}
       FROM edges CROSS JOIN past_restores ON at >= first AND at < next WHERE ${sql} GROUP BY day`,
      { ...values, days: JSON.stringify(days) },
    )
    const found = new Map(rows.map(({ day, ...sums }) => [day, sums]))
    return days.slice(0, -1).map((from, day) => {
      const { bytes, ...outcomes } = found.get(day) ?? NO_DAY
      return { from, outcomes: { ...NO_OUTCOMES, ...outcomes }, bytes }
    })
  }

  /** The median of what succeeded on each host, the slowest first. */
  durations(filter: ScopedFilter): HostDuration[] {
    const { sql, values, every } = conditionOf(filter)
    return this.#all<{ readonly of: string; readonly restores: number; readonly seconds: number }>(
      `${medianOf('host_id', { sql, every })} ORDER BY seconds DESC`,
      values,
    ).map(({ of, restores, seconds }) => ({ hostId: of, restores, seconds }))
  }

  actors(workspaceId: string): string[] {
    return this.#actors.all(workspaceId).map(({ actor }) => actor)
  }

  get({ workspaceId, hostId, id }: { workspaceId: string; hostId: string; id: string }): PastRestore | null {
    const row = this.#get.get(workspaceId, hostId, id)
    return row === undefined ? null : readRestore(row)
  }

  #all<T>(sql: string, values: Readonly<Record<string, unknown>>): T[] {
    const statement = this.#prepared.get(sql) ?? this.#database.prepare(sql)
    this.#prepared.set(sql, statement)
    // What a statement answers is known where it is written.
    return statement.all(values) as T[]
  }
}

const NO_DAY = { bytes: 0, ...NO_OUTCOMES }
const NO_SUMS: Sums = { ...NO_OUTCOMES, written: 0, verified: 0, in_place: 0, files: 0, bytes: 0 }

/** The median of the seconds of each group: the one in the middle, or the mean of the two that are. */
function medianOf(group: string, { sql, every }: Pick<Asked, 'sql' | 'every'>): string {
  return `SELECT of, restores, avg(seconds) AS seconds FROM (
      SELECT ${group} AS of, seconds, count(*) OVER (PARTITION BY ${group}) AS restores,
        row_number() OVER (PARTITION BY ${group} ORDER BY seconds) AS place
      FROM ${every} WHERE ${sql} AND outcome = 'succeeded' AND files > 0 AND seconds IS NOT NULL
    ) WHERE place IN ((restores + 1) / 2, (restores + 2) / 2) GROUP BY of`
}
