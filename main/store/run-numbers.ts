import type Database from 'better-sqlite3'
import { z } from 'zod'
import { conditionOf, isPlain, type RunsWanted } from './run-filter.ts'

export interface Part {
  readonly offset: number
  readonly limit: number
}

interface FoundNumbers {
  readonly total: number
  readonly numbers: readonly number[]
}

const NEWEST_FIRST = 'ORDER BY queued_at DESC, id DESC, host_id DESC'

/**
 * Which rows are wanted, in their order. What is narrowed by more than hosts and days is found in one sweep over all rows;
 * that is kept until a run changes, so that the pages after the first are there at once.
 */
export class RunNumbers {
  readonly #database: Database.Database
  #kept: { readonly question: string; readonly numbers: readonly number[] } | undefined

  constructor(database: Database.Database) {
    this.#database = database
  }

  page(wanted: RunsWanted, { offset, limit }: Part): FoundNumbers {
    if (isPlain(wanted)) return this.#plain(wanted, { offset, limit })
    const numbers = this.#all(wanted)
    return { total: numbers.length, numbers: numbers.slice(offset, offset + limit) }
  }

  /** What is wanted may be otherwise now. */
  forget(): void {
    this.#kept = undefined
  }

  #plain(wanted: RunsWanted, part: Part): FoundNumbers {
    const { where, values } = conditionOf(wanted, this.#hosts())
    const index = wanted.hostIds.length === 1 ? 'runs_of_host' : 'runs_newest'
    const total = z.number().parse(this.#ask(`SELECT COUNT(*) FROM runs WHERE ${where}`).get(values))
    const sql = `SELECT number FROM runs INDEXED BY ${index} WHERE ${where} ${NEWEST_FIRST} LIMIT :limit OFFSET :offset`
    return { total, numbers: this.#ask(sql).all({ ...values, ...part }) }
  }

  #all(wanted: RunsWanted): readonly number[] {
    const { where, values } = conditionOf(wanted, this.#hosts())
    const question = JSON.stringify([where, values])
    if (this.#kept?.question === question) return this.#kept.numbers
    const numbers = this.#ask(`SELECT number FROM runs INDEXED BY runs_filtered WHERE ${where} ${NEWEST_FIRST}`).all(
      values,
    )
    this.#kept = { question, numbers }
    return numbers
  }

  /** The hosts that there are runs of: found by jumping from one to the next. */
  #hosts(): ReadonlySet<string> {
    const sql = `
      WITH RECURSIVE host (id) AS (
        SELECT MIN(host_id) FROM runs
        UNION ALL
        SELECT (SELECT MIN(host_id) FROM runs WHERE host_id > host.id) FROM host WHERE host.id IS NOT NULL
      )
      SELECT id FROM host WHERE id IS NOT NULL`
    return new Set(this.#database.prepare<[], string>(sql).pluck().all())
  }

  #ask(sql: string): Database.Statement<[Record<string, unknown>], number> {
    return this.#database.prepare<[Record<string, unknown>], number>(sql).pluck()
  }
}
