import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type PlanAction, planActionSchema } from '../../contract/shapes/restore.ts'
import { type LedgerAction, ledgerActionSchema, NO_COUNTS, type RunCounts } from '../../contract/shapes/run.ts'
import { type NodeType, nodeTypeSchema } from '../../contract/shapes/tree.ts'
import { showsAs } from './ledger-words.ts'

export interface LedgerItem {
  /** Snapshot path, surrogateescape text. */
  readonly path: string
  /** Null where only its path is known. */
  readonly type: NodeType | null
  readonly action: LedgerAction
  /** Bytes; null where unknown. */
  readonly size: number | null
  readonly reason: string
}

/** An item of a plan, as it is written down before anything is done. */
export interface PlannedItem {
  readonly path: string
  readonly type: NodeType
  readonly action: PlanAction
  readonly size: number
  /** Why it is skipped, where it is. */
  readonly reason: string
  /** The path it comes to be under where that is another than its own. */
  readonly comesAs: string | null
}

/** What became of a planned item that did not become what was planned; `at` counts from 0 in the order of the plan. */
export interface LedgerException {
  readonly at: number
  readonly action: LedgerAction
  readonly reason: string
}

/**
 * How the planned rows of a run are to be read. `planned`: not at all yet. `settled`: each that is no exception became
 * what was planned. `stopped`: none that would have been written is known to be complete, for the reason that is given.
 */
export interface LedgerPlan {
  readonly items: number
  readonly state: 'planned' | 'settled' | 'stopped'
  readonly reason: string
}

const rowSchema = z.tuple([z.string(), nodeTypeSchema.nullable(), z.string(), z.number().nullable(), z.string()])
const placeSchema = z.tuple([z.string(), z.string().nullable()])
const failedSchema = z.tuple([z.string(), planActionSchema.nullable()])
const planSchema = z.object({
  items: z.number(),
  state: z.enum(['planned', 'settled', 'stopped']),
  reason: z.string(),
})
const countSchema = z.object({ action: z.string(), items: z.number() })

/** Per-item outcomes of each run. Positions are numbered from 1 without a gap, those of a plan first. */
export class LedgerStore {
  readonly #numbers = new Map<string, number>()
  readonly #number: Statement
  readonly #put: Statement
  readonly #except: Statement
  readonly #last: Statement
  readonly #counts: Statement
  readonly #at: Statement
  readonly #created: Statement
  readonly #changing: Statement
  readonly #failed: Statement
  readonly #left: Statement
  readonly #planOf: Statement
  readonly #putPlan: Statement
  readonly #notePrivate: Statement
  readonly #privateIn: Statement

  constructor(database: Database) {
    this.#number = database.prepare('SELECT number FROM runs WHERE id = ?').pluck()
    this.#put = database.prepare(`
      INSERT OR REPLACE INTO ledger (run, position, path, type, planned, action, size, reason, comes_as)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    this.#except = database.prepare('UPDATE ledger SET action = ?, reason = ? WHERE run = ? AND position = ?')
    this.#last = database.prepare('SELECT COALESCE(MAX(position), 0) FROM ledger WHERE run = ?').pluck()
    this.#counts = database.prepare(
      'SELECT COALESCE(action, planned) AS action, COUNT(*) AS items FROM ledger WHERE run = ? GROUP BY 1',
    )
    this.#at = database
      .prepare('SELECT path, type, COALESCE(action, planned), size, reason FROM ledger WHERE run = ? AND position = ?')
      .raw()
    this.#created = database
      .prepare(`SELECT path, comes_as FROM ledger WHERE run = ? AND planned = 'create' ORDER BY position`)
      .raw()
    this.#failed = database
      .prepare(`SELECT path, planned FROM ledger WHERE run = ? AND action = 'failed' ORDER BY position`)
      .raw()
    this.#left = database
      .prepare(`SELECT path FROM ledger WHERE run = ? AND planned = 'skip' ORDER BY position`)
      .pluck()
    this.#changing = database
      .prepare("SELECT COUNT(*) FROM ledger WHERE run = ? AND planned IN ('update', 'delete')")
      .pluck()
    this.#planOf = database.prepare('SELECT items, state, reason FROM ledger_plans WHERE run = ?')
    this.#notePrivate = database.prepare('UPDATE ledger_plans SET private_in = ? WHERE run = ?')
    this.#privateIn = database.prepare('SELECT private_in FROM ledger_plans WHERE run = ?').pluck()
    this.#putPlan = database.prepare(`
      INSERT INTO ledger_plans (run, items, state, reason) VALUES (@run, @items, @state, @reason)
      ON CONFLICT (run) DO UPDATE SET items = excluded.items, state = excluded.state, reason = excluded.reason`)
  }

  /** The number that the rows of a run stand under. Throws `RangeError` for a run that is not in the journal. */
  numberOf(runId: string): number {
    const known = this.#numbers.get(runId)
    if (known !== undefined) return known
    const number = z.number().optional().parse(this.#number.get(runId))
    if (number === undefined) throw new RangeError(`There is no run ${runId}.`)
    this.#numbers.set(runId, number)
    return number
  }

  /** The position of the last item; 0 when there is none. */
  lastPosition(runId: string): number {
    return z.number().parse(this.#last.get(this.numberOf(runId)))
  }

  append(runId: string, position: number, { path, type, action, size, reason }: LedgerItem): void {
    this.#put.run(this.numberOf(runId), position, JSON.stringify(path), type, null, action, size, reason, null)
  }

  /** Write down some of what is planned, from a position on; it is not to be read before `settle`. */
  plan(runId: string, from: number, items: Iterable<PlannedItem>): void {
    const run = this.numberOf(runId)
    let position = from
    for (const { path, type, action, size, reason, comesAs } of items) {
      const name = comesAs === null ? null : JSON.stringify(comesAs)
      this.#put.run(run, position, JSON.stringify(path), type, action, null, size, reason, name)
      position += 1
    }
    this.#putPlan.run({ run, items: position - 1, state: 'planned', reason: '' })
  }

  /** Write down what did not become what was planned. */
  except(runId: string, exceptions: Iterable<LedgerException>): void {
    const run = this.numberOf(runId)
    for (const { at, action, reason } of exceptions) this.#except.run(action, reason, run, at + 1)
  }

  /** From here on all planned rows are read so. */
  settle(runId: string, state: 'settled' | 'stopped', reason: string): void {
    const plan = this.planOf(runId)
    if (plan !== undefined) this.#putPlan.run({ run: this.numberOf(runId), items: plan.items, state, reason })
  }

  /** Folders of this host in which a run makes private ones, to be looked through if it does not come to remove them. */
  notePrivate(runId: string, folders: readonly string[]): void {
    this.#notePrivate.run(JSON.stringify(folders), this.numberOf(runId))
  }

  privateIn(runId: string): readonly string[] {
    const text = z
      .string()
      .optional()
      .parse(this.#privateIn.get(this.numberOf(runId)))
    return text === undefined ? [] : z.array(z.string()).parse(JSON.parse(text))
  }

  /** Undefined for a run whose items are told one by one. */
  planOf(runId: string): LedgerPlan | undefined {
    const row = this.#planOf.get(this.numberOf(runId))
    return row === undefined ? undefined : planSchema.parse(row)
  }

  /** How many items had each outcome, as far as that may be read. */
  counts(runId: string): RunCounts {
    const plan = this.planOf(runId)
    const counts = { ...NO_COUNTS }
    if (plan?.state === 'planned') return counts
    for (const { action, items } of z.array(countSchema).parse(this.#counts.all(this.numberOf(runId)))) {
      counts[ledgerActionSchema.parse(showsAs(action, plan?.state))] += items
    }
    return counts
  }

  /** Where what was to be created came to be, below the target, whatever became of it; each folder before what is in it. */
  created(runId: string): string[] {
    return this.#created.all(this.numberOf(runId)).map((row) => {
      const [path, comesAs] = placeSchema.parse(row)
      return pathOf(comesAs ?? path)
    })
  }

  /** What failed and what was planned of it; of what was not planned null. */
  failed(runId: string): readonly { readonly path: string; readonly planned: PlanAction | null }[] {
    return this.#failed.all(this.numberOf(runId)).map((row) => {
      const [path, planned] = failedSchema.parse(row)
      return { path: pathOf(path), planned }
    })
  }

  /** What the chosen conflict mode left as it was. */
  left(runId: string): string[] {
    return z
      .array(z.string())
      .parse(this.#left.all(this.numberOf(runId)))
      .map(pathOf)
  }

  /** How many items were to be changed or deleted, whatever became of them. */
  changing(runId: string): number {
    return z.number().parse(this.#changing.get(this.numberOf(runId)))
  }

  /** The items at some positions, in the order of these. */
  at(runId: string, positions: Iterable<number>): LedgerItem[] {
    const run = this.numberOf(runId)
    const plan = this.planOf(runId)
    return [...positions].map((position) => {
      const [path, type, word, size, reason] = rowSchema.parse(this.#at.get(run, position))
      const action = showsAs(word, plan?.state)
      const isStopped = plan?.state === 'stopped' && word !== action && word !== 'skip'
      return { path: pathOf(path), type, action, size, reason: isStopped ? plan.reason : reason }
    })
  }
}

/** A path as it was before it was written as JSON. */
export function pathOf(text: string): string {
  return z.string().parse(JSON.parse(text))
}
