import {
  type DiffSummary,
  type Run,
  type RunCounts,
  type RunEvent,
  type RunProgress,
} from '../../contract/shapes/run.ts'
import type { ChangeFeed } from '../change-feed.ts'
import type { Clock } from '../clock.ts'
import type { LedgerItem, PlannedItem } from '../journal/ledger-store.ts'
import type { Journal } from '../journal/open-journal.ts'
import { ProgressMeter, type ProgressSample, type RunTotals } from './progress-meter.ts'
import { RunLedger } from './run-ledger.ts'
import type { LogLevel, RestoreSubject, RunEnd, RunRecord, Settlement } from './run-record.ts'

/** Milliseconds that a line or an item may wait for others to be written with it. */
const BATCH_TIME = 250
const BATCH_ITEMS = 500
/** Milliseconds between two progress events. */
const PROGRESS_TIME = 500
const LOG_TEXT = 8192
/** Lines kept of one run: a damaged repository can complain about every file, and the ledger has those. */
const LOG_LINES = 20_000

interface RecorderDeps {
  readonly journal: Journal
  readonly feed: ChangeFeed
  readonly clock: Clock
  /** Told when the journal cannot be written. */
  readonly onFailure: (error: unknown) => void
}

type Unnumbered<E> = E extends RunEvent ? Omit<E, 'sequence'> : never

interface Commit {
  /** Changes of state, told as a state event. */
  readonly change?: Partial<Run>
  /** Gives the counts as they are from then on. */
  readonly settle?: () => RunCounts
  /** Whatever else must be written with it or not at all. */
  readonly also?: (run: Run) => void
}

/**
 * Writes one run's record: lines and items gathered for a quarter of a second go into the journal in one transaction
 * with the run's counts and progress, and only then is the feed told. What is written stays in order.
 */
export class RunRecorder implements RunRecord {
  readonly #deps: RecorderDeps
  readonly #meter = new ProgressMeter()
  readonly #ledger: RunLedger
  #run: Run
  #sequence: number
  #position: number
  #logs: Unnumbered<RunEvent>[] = []
  #logged = 0
  #items: LedgerItem[] = []
  #progress: RunProgress | undefined
  #progressWritten = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  /** Takes up the record of a run of which the journal has `written` so far. */
  constructor(deps: RecorderDeps, run: Run, written: { readonly sequence: number; readonly position: number }) {
    this.#deps = deps
    this.#run = run
    this.#sequence = written.sequence
    this.#position = written.position
    this.#ledger = new RunLedger(deps.journal, run.id)
  }

  begin(): void {
    this.#commit({ change: { state: 'running', startedAt: this.#now() } })
  }

  log(level: LogLevel, text: string): void {
    this.#logged += 1
    if (this.#logged > LOG_LINES) return
    const last = this.#logged === LOG_LINES
    const line = last
      ? { level: 'warning' as const, text: `No more than ${LOG_LINES} lines are kept.` }
      : { level, text }
    this.#logs.push({ type: 'log', at: this.#now(), level: line.level, text: line.text.slice(0, LOG_TEXT) })
    this.#writeWithin(BATCH_TIME)
  }

  item(item: LedgerItem): void {
    this.#items.push(item)
    if (this.#items.length >= BATCH_ITEMS) this.#write()
    else this.#writeWithin(BATCH_TIME)
  }

  progress(sample: ProgressSample): void {
    const at = this.#deps.clock.elapsed()
    this.#progress = this.#meter.measure(sample, at)
    this.#writeWithin(Math.max(0, this.#progressWritten + PROGRESS_TIME - at))
  }

  expect(totals: RunTotals): void {
    this.#meter.expect(totals)
  }

  async plan(items: Iterable<PlannedItem>, privateIn: readonly string[] = []): Promise<void> {
    await this.#ledger.plan(items, privateIn)
  }

  learned(known: Partial<Pick<RestoreSubject, 'safetySnapshot' | 'evidence'>>): void {
    const { subject } = this.#run
    if (subject.kind === 'restore') this.#commit({ change: { subject: { ...subject, ...known } } })
  }

  made(snapshotId: string): void {
    const { subject } = this.#run
    if (subject.kind === 'backup') this.#commit({ change: { subject: { ...subject, snapshotId } } })
  }

  compared(summary: DiffSummary): void {
    const { subject } = this.#run
    if (subject.kind === 'diff') this.#commit({ change: { subject: { ...subject, summary } } })
  }

  /** What became of the planned items, before the end is written. May be called again. */
  async settle(settlement: Settlement): Promise<void> {
    await this.#ledger.settle(settlement)
  }

  /** Write the end, and `also` with it or not at all. Throws when the journal cannot be written; may be called again. */
  end({ state, fault, remark, settlement, undone }: RunEnd, also: (run: Run) => void): void {
    const shown = this.#progress ?? this.#run.progress
    const progress = shown === null ? null : { ...shown, rate: null, secondsLeft: null, currentItem: null }
    const change = { state, fault, remark, progress, endedAt: this.#now() }
    const settle = (): RunCounts => this.#ledger.close(settlement, undone)
    this.#commit({ change, also, ...(this.#ledger.isPlanned ? { settle } : {}) })
  }

  #writeWithin(milliseconds: number): void {
    this.#timer ??= setTimeout(() => this.#write(), milliseconds)
  }

  #write(): void {
    try {
      this.#commit({})
    } catch (error) {
      this.#deps.onFailure(error)
    }
  }

  #commit({ change, settle, also }: Commit): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { journal, feed, clock } = this.#deps
    const due = change !== undefined || clock.elapsed() - this.#progressWritten >= PROGRESS_TIME
    const progress = due ? this.#progress : undefined
    const before = { ...this.#run, progress: progress ?? this.#run.progress, ...change }
    const written = journal.transaction(() => {
      for (const [at, item] of this.#items.entries()) journal.ledger.append(before.id, this.#position + at + 1, item)
      const counts = settle?.() ?? counted(before.counts, this.#items)
      const run = { ...before, counts }
      journal.runs.update(run)
      const events = [...this.#logs, ...this.#changes(run, { progress, changed: change !== undefined })]
      for (const [at, event] of events.entries()) {
        journal.events.append(run.id, { ...event, sequence: this.#sequence + at + 1 })
      }
      also?.(run)
      return { run, events: events.length }
    })
    this.#run = written.run
    this.#sequence += written.events
    this.#position += this.#items.length
    this.#items = []
    this.#logs = []
    if (progress !== undefined) {
      this.#progress = undefined
      this.#progressWritten = clock.elapsed()
    } else if (this.#progress !== undefined) this.#writeWithin(BATCH_TIME)
    feed.announce(written.run.id)
  }

  #changes(run: Run, told: { progress: RunProgress | undefined; changed: boolean }): Unnumbered<RunEvent>[] {
    const at = this.#now()
    const events: Unnumbered<RunEvent>[] = []
    if (told.progress !== undefined) events.push({ type: 'progress', at, progress: told.progress, counts: run.counts })
    if (told.changed) events.push({ type: 'state', at, run })
    return events
  }

  #now(): string {
    return this.#deps.clock.now().toISOString()
  }
}

function counted(counts: RunCounts, items: readonly LedgerItem[]): RunCounts {
  const sums = { ...counts }
  for (const { action } of items) sums[action] += 1
  return sums
}
