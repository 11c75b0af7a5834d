import { setImmediate as breathe } from 'node:timers/promises'
import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { LedgerAction } from '../../contract/shapes/run.ts'
import { type LedgerItem, type LedgerPlan, type LedgerStore, pathOf } from './ledger-store.ts'
import { wordsFor } from './ledger-words.ts'

export interface LedgerPageWanted {
  readonly runId: string
  /** Only items of this outcome; null for all. */
  readonly action: LedgerAction | null
  /** Only paths that contain it, without regard to case; empty for all. */
  readonly text: string
  readonly offset: number
  readonly limit: number
  /** Nothing is added to this ledger any more. */
  readonly isFinal: boolean
}

export interface FoundItems {
  readonly total: number
  readonly items: readonly LedgerItem[]
}

/** Rows looked at before others have their turn. */
const PORTION = 20_000
/** Lists of positions that are remembered; of a million items each has four megabytes. */
const REMEMBERED = 6
/** No row has so many words that are shown as one outcome. */
const WORDS = 5

/** Pages of ledgers that have a million items: which rows a filter lets through is found out once, and remembered. */
export class LedgerPages {
  readonly #ledger: LedgerStore
  readonly #failures: Statement
  readonly #ofWords: Statement
  readonly #withText: Statement
  readonly #remembered = new Map<string, Uint32Array>()

  constructor(database: Database, ledger: LedgerStore) {
    this.#ledger = ledger
    this.#failures = database
      .prepare(`SELECT position FROM ledger WHERE run = ? AND action = 'failed' ORDER BY position`)
      .pluck()
    const range = 'FROM ledger WHERE run = @run AND position > @after AND position <= @to'
    const words = `AND COALESCE(action, planned) IN (${Array.from({ length: WORDS }, (_, at) => `@word${at}`).join(', ')})`
    this.#ofWords = database.prepare(`SELECT position ${range} ${words} ORDER BY position`).pluck()
    this.#withText = database
      .prepare(`
        SELECT position, path ${range} AND (@anyWord OR COALESCE(action, planned) IN (SELECT value FROM json_each(@words)))
          AND (@like IS NULL OR path LIKE @like ESCAPE '\\')
        ORDER BY position`)
      .raw()
  }

  /** One page: the failures first, then in the order of the plan; nothing of a plan that is still being carried out. */
  async page(wanted: LedgerPageWanted): Promise<FoundItems> {
    const { runId, action, text, offset, limit } = wanted
    const plan = this.#ledger.planOf(runId)
    if (plan?.state === 'planned') return { total: 0, items: [] }
    const found = action === null && text === '' ? this.#all(wanted) : await this.#filtered(wanted, plan)
    const items = this.#ledger.at(runId, found.positions(offset, Math.min(offset + limit, found.total)))
    return { total: found.total, items }
  }

  /** Positions have no gap, so that only the failures must be known to find any of the others. */
  #all(wanted: LedgerPageWanted): Found {
    const total = this.#ledger.lastPosition(wanted.runId)
    return failuresFirst(this.#failed(wanted), total)
  }

  #failed(wanted: LedgerPageWanted): Uint32Array {
    return this.#rememberedOr(wanted, 'failures', () =>
      Uint32Array.from(z.array(z.number()).parse(this.#failures.all(this.#ledger.numberOf(wanted.runId)))),
    )
  }

  async #filtered(wanted: LedgerPageWanted, plan: LedgerPlan | undefined): Promise<Found> {
    const { action, text } = wanted
    if (action === 'failed' && text === '') return listed(this.#failed(wanted))
    const key = JSON.stringify([action, text])
    const known = this.#remembered.get(`${wanted.runId} ${key}`)
    if (known !== undefined && wanted.isFinal) return listed(known)
    const positions = await this.#search(wanted, action === null ? null : wordsFor(action, plan?.state))
    if (action === null) {
      const failed = new Set(this.#failed(wanted))
      positions.sort((one, other) => Number(failed.has(other)) - Number(failed.has(one)) || one - other)
    }
    return listed(this.#rememberedOr(wanted, key, () => Uint32Array.from(positions)))
  }

  async #search({ runId, text }: LedgerPageWanted, words: readonly string[] | null): Promise<number[]> {
    const run = this.#ledger.numberOf(runId)
    const last = this.#ledger.lastPosition(runId)
    const wantedText = text.toLowerCase()
    const positions: number[] = []
    for (let after = 0; after < last; after += PORTION) {
      const range = { run, after, to: Math.min(after + PORTION, last) }
      if (text === '' && words !== null) {
        for (const position of this.#ofWords.all({ ...range, ...slots(words) })) positions.push(Number(position))
      } else {
        const question = { ...range, anyWord: words === null ? 1 : 0, words: JSON.stringify(words ?? []) }
        for (const row of this.#withText.all({ ...question, like: likeOf(text) })) {
          const [position, path] = placeOf(row)
          if (holds(path, wantedText)) positions.push(position)
        }
      }
      await breathe()
    }
    return positions
  }

  #rememberedOr({ runId, isFinal }: LedgerPageWanted, key: string, find: () => Uint32Array): Uint32Array {
    const name = `${runId} ${key}`
    const positions = (isFinal ? this.#remembered.get(name) : undefined) ?? find()
    if (!isFinal) return positions
    this.#remembered.delete(name)
    this.#remembered.set(name, positions)
    const [oldest] = this.#remembered.keys()
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest)
    return positions
  }
}

interface Found {
  readonly total: number
  /** Positions of the items from one place of the answer to before another. */
  positions(from: number, to: number): Iterable<number>
}

function listed(positions: Uint32Array): Found {
  return { total: positions.length, positions: (from, to) => positions.subarray(from, to) }
}

function failuresFirst(failed: Uint32Array, total: number): Found {
  return {
    total,
    *positions(from, to) {
      for (let at = from; at < to; at += 1) yield failed[at] ?? otherAt(failed, at - failed.length)
    },
  }
}

/** The position of the item that has `before` others before it, the failed ones aside. */
function otherAt(failed: Uint32Array, before: number): number {
  let [low, high] = [0, failed.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((failed[middle] ?? 0) - middle - 1 <= before) low = middle + 1
    else high = middle
  }
  return before + 1 + low
}

function slots(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(Array.from({ length: WORDS }, (_, at) => [`word${at}`, words[at] ?? words[0] ?? '']))
}

/** What SQLite can look for itself: it knows the case of ASCII alone, and what JSON escapes is not there as it is. */
function likeOf(text: string): string | null {
  if (text === '' || !/^[ !#-[\]-~]+$/.test(text)) return null
  return `%${text.replaceAll(/[%_\\]/g, '\\$&')}%`
}

/** The lower-case text is in the path that was written as JSON. */
function holds(written: string, wanted: string): boolean {
  const path = written.includes('\\') ? pathOf(written) : written.slice(1, -1)
  return path.toLowerCase().includes(wanted)
}

/** A schema takes four seconds to read a million of these. */
function placeOf(row: unknown): readonly [position: number, path: string] {
  const [position, path]: readonly unknown[] = Array.isArray(row) ? row : []
  return [Number(position), String(path)]
}
