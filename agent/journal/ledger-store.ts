import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type LedgerAction, ledgerActionSchema, NO_COUNTS, type RunCounts } from '../../contract/shapes/run.ts'

export interface LedgerItem {
  /** Snapshot path, surrogateescape text. */
  readonly path: string
  readonly action: LedgerAction
  /** Bytes; null where unknown. */
  readonly size: number | null
  readonly reason: string
}

/** An item as it really ended. `replaces` is the path under which it was reported before; null when it never was. */
export interface LedgerCorrection extends LedgerItem {
  readonly replaces: string | null
}

export interface LedgerPageWanted {
  readonly runId: string
  /** Only items of this outcome; null for all. */
  readonly action: LedgerAction | null
  readonly offset: number
  readonly limit: number
}

const rowSchema = z.object({
  path: z.string(),
  action: ledgerActionSchema,
  size: z.number().nullable(),
  reason: z.string(),
})
const countSchema = z.object({ action: ledgerActionSchema, items: z.number() })
const placeSchema = z.object({ position: z.number(), path: z.string() })

/** Per-item outcomes of each run. */
export class LedgerStore {
  readonly #append: Statement
  readonly #replace: Statement
  readonly #last: Statement
  readonly #counts: Statement
  readonly #places: Statement
  readonly #ofAction: Statement
  readonly #restored: Statement
  readonly #failures: Statement
  readonly #others: Statement

  constructor(database: Database) {
    this.#append = database.prepare(
      'INSERT INTO ledger (run_id, position, path, action, size, reason) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#replace = database.prepare(
      'UPDATE ledger SET path = ?, action = ?, size = ?, reason = ? WHERE run_id = ? AND position = ?',
    )
    this.#last = database.prepare('SELECT COALESCE(MAX(position), 0) FROM ledger WHERE run_id = ?').pluck()
    this.#counts = database.prepare('SELECT action, COUNT(*) AS items FROM ledger WHERE run_id = ? GROUP BY action')
    this.#places = database.prepare('SELECT position, path FROM ledger WHERE run_id = ? ORDER BY position')
    const items = 'SELECT path, action, size, reason FROM ledger WHERE run_id = @runId'
    const slice = 'ORDER BY position LIMIT @limit OFFSET @offset'
    this.#restored = database.prepare(`${items} AND action = 'restored' ${slice}`)
    // The second condition says no more than the first; SQLite takes a partial index only if it reads its words.
    this.#ofAction = database.prepare(`${items} AND action = @action AND action <> 'restored' ${slice}`)
    this.#others = database.prepare(`${items} AND action <> 'failed' ${slice}`)
    this.#failures = database
      .prepare(`SELECT COUNT(*) FROM ledger WHERE run_id = ? AND action = 'failed' AND action <> 'restored'`)
      .pluck()
  }

  /** The position of the last item; 0 when there is none. */
  lastPosition(runId: string): number {
    return z.number().parse(this.#last.get(runId))
  }

  append(runId: string, position: number, item: LedgerItem): void {
    this.#append.run(runId, position, JSON.stringify(item.path), item.action, item.size, item.reason)
  }

  counts(runId: string): RunCounts {
    const counted = z.array(countSchema).parse(this.#counts.all(runId))
    return { ...NO_COUNTS, ...Object.fromEntries(counted.map(({ action, items }) => [action, items])) }
  }

  /** Put right what was reported under a lossy name or with the wrong outcome, and add what was not reported. */
  correct(runId: string, corrections: readonly LedgerCorrection[]): void {
    if (corrections.length === 0) return
    const places = new Map<string, number[]>()
    for (const row of this.#places.iterate(runId)) {
      const { position, path } = placeSchema.parse(row)
      const known = places.get(path)
      if (known === undefined) places.set(path, [position])
      else known.push(position)
    }
    let last = this.lastPosition(runId)
    for (const { replaces, path, action, size, reason } of corrections) {
      const position = replaces === null ? undefined : places.get(JSON.stringify(replaces))?.shift()
      if (position === undefined) {
        last += 1
        this.append(runId, last, { path, action, size, reason })
      } else this.#replace.run(JSON.stringify(path), action, size, reason, runId, position)
    }
  }

  /** One page: of one action, or of all with the failures first; then in the order they happened. */
  page({ runId, action, offset, limit }: LedgerPageWanted): LedgerItem[] {
    if (action === 'restored') return toItems(this.#restored.all({ runId, offset, limit }))
    if (action !== null) return toItems(this.#ofAction.all({ runId, action, offset, limit }))
    const failures = z.number().parse(this.#failures.get(runId))
    const failed = offset < failures ? this.page({ runId, action: 'failed', offset, limit }) : []
    const rest = { runId, offset: Math.max(0, offset - failures), limit: limit - failed.length }
    return [...failed, ...toItems(this.#others.all(rest))]
  }
}

function toItems(rows: readonly unknown[]): LedgerItem[] {
  return rows.map((row) => {
    const { path, ...rest } = rowSchema.parse(row)
    return { ...rest, path: z.string().parse(JSON.parse(path)) }
  })
}
