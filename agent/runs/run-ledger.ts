import { setImmediate as breathe } from 'node:timers/promises'
import { planActionSchema } from '../../contract/shapes/restore.ts'
import { ledgerActionSchema, NO_COUNTS, type RunCounts } from '../../contract/shapes/run.ts'
import type { LedgerException, PlannedItem } from '../journal/ledger-store.ts'
import { showsAs } from '../journal/ledger-words.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { Settlement } from './run-record.ts'

/** Rows in one transaction: some milliseconds. */
const PORTION = 2000
const UNDONE = 'The run was stopped before this was known to be complete.'

const PLANNED = planActionSchema.options
const OUTCOMES = ledgerActionSchema.options

/** The planned items of one run on their way into the journal and to their outcomes; of each it remembers one byte. */
export class RunLedger {
  readonly #journal: Journal
  readonly #runId: string
  #words = new Uint8Array(1024)
  #length = 0

  constructor(journal: Journal, runId: string) {
    this.#journal = journal
    this.#runId = runId
  }

  /** There is a plan of this run, if only from an earlier life of the agent. */
  get isPlanned(): boolean {
    return this.#length > 0 || this.#journal.ledger.planOf(this.#runId) !== undefined
  }

  /** Write the items down. Others have their turn between two portions. */
  async plan(items: Iterable<PlannedItem>, privateIn: readonly string[]): Promise<void> {
    for (const portion of portions(items)) {
      const from = this.#length + 1
      this.#journal.transaction(() => this.#journal.ledger.plan(this.#runId, from, portion))
      for (const { action } of portion) this.#remember(PLANNED.indexOf(action))
      await breathe()
    }
    if (privateIn.length > 0) this.#journal.ledger.notePrivate(this.#runId, privateIn)
  }

  /** Write down what did not go as planned; it may be done again. */
  async settle({ exceptions, others }: Settlement): Promise<void> {
    const { ledger } = this.#journal
    for (const portion of portions(exceptions)) {
      this.#journal.transaction(() => ledger.except(this.#runId, portion))
      await breathe()
    }
    let position = this.#length
    for (const portion of portions(others)) {
      this.#journal.transaction(() => {
        for (const { path, reason } of portion) {
          position += 1
          ledger.append(this.#runId, position, { path, type: null, action: 'failed', size: null, reason })
        }
      })
      await breathe()
    }
  }

  /** Let all of it be read, and say how many items have each outcome; within the transaction that ends the run. */
  close(settlement: Settlement | undefined, undone = UNDONE): RunCounts {
    this.#journal.ledger.settle(this.#runId, settlement === undefined ? 'stopped' : 'settled', undone)
    return this.#length > 0 ? this.#counts(settlement) : this.#journal.ledger.counts(this.#runId)
  }

  #counts(settlement: Settlement | undefined): RunCounts {
    const counts = { ...NO_COUNTS }
    const outcomes = this.#outcomes(settlement?.exceptions ?? [])
    const shown = PLANNED.map((word) => showsAs(word, settlement === undefined ? 'stopped' : 'settled'))
    for (let at = 0; at < this.#length; at += 1) {
      const code = outcomes[at] ?? 0
      const action = code < PLANNED.length ? shown[code] : OUTCOMES[code - PLANNED.length]
      if (action !== undefined) counts[action] += 1
    }
    counts.failed += settlement?.others.length ?? 0
    return counts
  }

  #outcomes(exceptions: readonly LedgerException[]): Uint8Array {
    const outcomes = this.#words.slice(0, this.#length)
    for (const { at, action } of exceptions) outcomes[at] = PLANNED.length + OUTCOMES.indexOf(action)
    return outcomes
  }

  #remember(code: number): void {
    if (this.#length === this.#words.length) {
      const wider = new Uint8Array(this.#words.length * 2)
      wider.set(this.#words)
      this.#words = wider
    }
    this.#words[this.#length] = code
    this.#length += 1
  }
}

function* portions<T>(items: Iterable<T>): Generator<T[]> {
  let portion: T[] = []
  for (const item of items) {
    portion.push(item)
    if (portion.length < PORTION) continue
    yield portion
    portion = []
  }
  if (portion.length > 0) yield portion
}
