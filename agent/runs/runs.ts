import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Fault, isFault, writeFault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import { toColumns } from '../../contract/shapes/columns.ts'
import {
  type CancelInput,
  isEnded,
  type LedgerPage,
  NO_COUNTS,
  type Run,
  type RunEvent,
  type RunSubject,
} from '../../contract/shapes/run.ts'
import type { RunChanges, RunChangesInput, RunSummary } from '../../contract/shapes/run-summary.ts'
import type { AuditLog, AuditSubject } from '../audit/audit-log.ts'
import type { ChangeFeed } from '../change-feed.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { LedgerPageWanted } from '../journal/ledger-pages.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import { type FollowOptions, followRun } from './follow-run.ts'
import { outcomeOf } from './run-outcome.ts'
import type { RunBody, RunEnd } from './run-record.ts'
import { RunRecorder } from './run-recorder.ts'
import { meansSame } from './same-start.ts'
import { watchRuns } from './watch-runs.ts'

/** Milliseconds before the end of a run is written again, when it could not be. */
const RETRY = 2000

/** What somebody asks to have started. */
export interface RunWish {
  readonly requestKey: string
  readonly repositoryId: string
  readonly subject: RunSubject
  readonly by: Connection
  readonly audit: AuditSubject
}

/** A run that is to be started. */
export interface RunOrder extends RunWish {
  readonly id: string
  /** The version of the restic that does it, for the audit of a restore. */
  readonly restic?: string
  readonly body: RunBody
}

interface RunsDeps {
  readonly journal: Journal
  readonly audit: AuditLog
  readonly feed: ChangeFeed
  readonly clock: Clock
  readonly logger: Logger
  readonly agentVersion: string
}

interface ActiveRun {
  readonly id: string
  readonly stop: AbortController
  /** Aborted when it is to end after the part that it is at. */
  readonly stopBetween: AbortController
  /** Why it was told to stop, if it was. */
  stopped: 'cancelled' | 'shut-down' | 'journal-failed' | null
  ended: Promise<void>
}

/** The runs of this host, one at a time. */
export class Runs implements AsyncDisposable {
  readonly #deps: RunsDeps
  /** Starts that are being prepared, by their keys. */
  readonly #starting = new Map<string, Promise<Run>>()
  #active: ActiveRun | undefined
  #closing = false

  constructor(deps: RunsDeps) {
    this.#deps = deps
  }

  /** Throws `not_found`. */
  get(runId: string): Run {
    const run = this.#deps.journal.runs.get(runId)
    if (run === undefined) throw new Fault('not_found', { what: 'run', id: runId })
    return run
  }

  /** Newest first. */
  newest(limit: number): RunSummary[] {
    return this.#deps.journal.runSummaries.newest(limit)
  }

  /** Those begun before a run, newest first. Throws `not_found`. */
  before(runId: string, limit: number): RunSummary[] {
    return this.#deps.journal.runSummaries.before(this.get(runId).id, limit)
  }

  /** Those that have changed since a change, in the order of their last. */
  changes(asked: RunChangesInput): RunChanges {
    return this.#deps.journal.runSummaries.changes(asked)
  }

  /**
   * Begin to start a run, once for its key: who asks again while that is prepared is given the same answer, and who asks
   * later the same run, in whatever state. Where the first to ask has left before there was an answer, the next prepares it.
   */
  async once(requestKey: string, prepare: () => Promise<Run>): Promise<Run> {
    const known = this.startedWith(requestKey)
    if (known !== undefined) return known
    const going = this.#starting.get(requestKey)
    if (going === undefined) return this.#lead(requestKey, prepare)
    try {
      return await going
    } catch (error) {
      if (!hasLeft(error)) throw error
      return this.once(requestKey, prepare)
    }
  }

  /**
   * What there is to be prepared for a start: undefined where it may begin a run, else the run that it is given. Throws
   * `host_busy`. To be asked before anything is prepared; `start` asks it once more.
   */
  given(wish: RunWish): Run | undefined {
    return this.#deps.journal.transaction(() => this.#given(wish))
  }

  /** The run that this request key has started before, or was given. */
  startedWith(requestKey: string): Run | undefined {
    return this.#deps.journal.runs.byRequestKey(requestKey)
  }

  /** Throws `host_busy` while a run holds the host; of a given repository only, if one is given. */
  requireFree(repositoryId?: string): void {
    const holder = this.#deps.journal.runs.active()
    if (holder === undefined || (repositoryId !== undefined && holder.repositoryId !== repositoryId)) return
    const { id: runId, subject, queuedAt, startedAt } = holder
    throw new Fault('host_busy', { runId, kind: subject.kind, startedAt: startedAt ?? queuedAt })
  }

  /**
   * Start a run and give it as it stands in the journal; what it does goes on by itself. The same request key gives the
   * run that it started, in whatever state; see `meansSame` for another key. Throws `host_busy`. Looking, inserting and the
   * audit are one transaction.
   */
  start(order: RunOrder): Run {
    const { journal, audit, clock } = this.#deps
    if (this.#closing) throw new Fault('unreachable', { host: 'agent', ...reasonOf('agent_stopping') })
    const admitted = journal.transaction(() => {
      const known = this.#given(order)
      if (known !== undefined) return { run: known, auditId: undefined }
      const run = queuedRun(order, clock.now())
      journal.runs.insert(run, order.restic)
      journal.events.append(run.id, { type: 'state', sequence: 1, at: run.queuedAt, run })
      const about = { ...order.audit, runId: run.id, requestKey: run.requestKey, repositoryId: run.repositoryId }
      return { run, auditId: audit.open(order.by, about) }
    })
    if (admitted.auditId !== undefined) this.#launch(order, admitted.run, admitted.auditId)
    return admitted.run
  }

  /**
   * `now`: end a run and give it as it ended; at once when it had. `between`: have it end after the part that it is at, and
   * give it as it is. Throws `not_found`.
   */
  async cancel({ runId, when }: CancelInput): Promise<Run> {
    const active = this.#active
    if (active?.id !== runId || isEnded(this.get(runId).state)) return this.get(runId)
    if (when === 'between') active.stopBetween.abort(new Fault('cancelled', {}))
    else {
      active.stopped ??= 'cancelled'
      active.stop.abort(new Fault('cancelled', {}))
      await active.ended
    }
    return this.get(runId)
  }

  /** See runs/follow-run.ts. Throws `not_found`. */
  follow(options: FollowOptions): AsyncGenerator<RunEvent> {
    return followRun(this.#deps, options)
  }

  /** See runs/watch-runs.ts. */
  watch(signal: AbortSignal): AsyncGenerator<RunSummary> {
    return watchRuns(this.#deps, signal)
  }

  /** Throws `not_found`. */
  async ledger(wanted: Omit<LedgerPageWanted, 'isFinal'>): Promise<LedgerPage> {
    const isFinal = isEnded(this.get(wanted.runId).state)
    const { total, items } = await this.#deps.journal.ledgerPages.page({ ...wanted, isFinal })
    return { offset: wanted.offset, total, items: toColumns(items, ['path', 'type', 'action', 'size', 'reason']) }
  }

  /**
   * Refuse new runs and end the active one, with its child processes. It is recorded as `interrupted`, not as
   * `cancelled`: nobody asked for it to be ended, and a child left running would write where nobody watches.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true
    const active = this.#active
    if (active === undefined) return
    active.stopped ??= 'shut-down'
    active.stop.abort(new Fault('cancelled', {}))
    await active.ended
  }

  async #lead(requestKey: string, prepare: () => Promise<Run>): Promise<Run> {
    const starting = prepare()
    this.#starting.set(requestKey, starting)
    try {
      return await starting
    } finally {
      this.#starting.delete(requestKey)
    }
  }

  #given(wish: RunWish): Run | undefined {
    const { journal, audit } = this.#deps
    const known = this.startedWith(wish.requestKey)
    if (known !== undefined) return known
    const going = journal.runs.active()
    if (going !== undefined && meansSame(going, wish)) {
      const { requestKey, by } = wish
      journal.runs.join(requestKey, going.id)
      const about = { repositoryId: going.repositoryId, runId: going.id, requestKey }
      const summary = `${wish.audit.summary} (given ${going.id}, which was going)`
      audit.close(audit.open(by, { ...wish.audit, ...about, summary }), { outcome: 'done' })
      return going
    }
    this.requireFree()
    return undefined
  }

  #launch(order: RunOrder, run: Run, auditId: string): void {
    const stops = { stop: new AbortController(), stopBetween: new AbortController() }
    const active: ActiveRun = { id: run.id, ...stops, stopped: null, ended: Promise.resolve() }
    this.#active = active
    active.ended = this.#carryOut(active, { order, run, auditId })
    this.#deps.feed.announce(run.id)
  }

  /** Never rejects. */
  async #carryOut(active: ActiveRun, started: { order: RunOrder; run: Run; auditId: string }): Promise<void> {
    const { logger, audit } = this.#deps
    const { order, run, auditId } = started
    const onFailure = (error: unknown): void => {
      logger.error('journal.failed', { runId: run.id, error })
      active.stopped ??= 'journal-failed'
      active.stop.abort(error)
    }
    const recorder = new RunRecorder({ ...this.#deps, onFailure }, run, { sequence: 1, position: 0 })
    const end = this.#judge(active, await this.#perform(active, order.body, recorder))
    const made = { restic: order.restic ?? '', agent: this.#deps.agentVersion }
    const close = (ended: Run): void => audit.close(auditId, outcomeOf(ended, made))
    await this.#untilWritten(async () => {
      if (end.settlement !== undefined) await recorder.settle(end.settlement)
      recorder.end(end, close)
    })
    logger.info('run.ended', { runId: run.id, kind: run.subject.kind, state: end.state, fault: end.fault?.code })
    if (this.#active === active) this.#active = undefined
  }

  async #perform(active: ActiveRun, body: RunBody, recorder: RunRecorder): Promise<RunEnd> {
    const { signal } = active.stop
    try {
      // The answer to the one who started it goes first.
      await Promise.resolve()
      signal.throwIfAborted()
      recorder.begin()
      return await body(recorder, signal, { now: signal, between: active.stopBetween.signal })
    } catch (error) {
      if (signal.aborted) return ended('cancelled', null)
      if (error instanceof Fault) return ended('failed', error)
      const reference = randomUUID()
      this.#deps.logger.error('run.failed', { runId: active.id, reference, error })
      return ended('failed', new Fault('internal', { reference }))
    }
  }

  /** A body that was stopped says `cancelled`; the reason why it was stopped may be another. */
  #judge(active: ActiveRun, end: RunEnd): RunEnd {
    if (end.state !== 'cancelled') return end
    switch (active.stopped) {
      case 'shut-down':
        return { ...end, state: 'interrupted', remark: `The agent was stopped while this ran. ${end.remark}`.trim() }
      case 'journal-failed': {
        const fault = writeFault(new Fault('internal', { reference: active.id }))
        return { ...end, state: 'failed', fault, remark: `The agent could not write its journal. ${end.remark}`.trim() }
      }
      case 'cancelled':
      case null:
        return end
    }
  }

  /** A full disk under the journal must not leave the host held by a run that is over: it is tried until it works. */
  async #untilWritten(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write()
      } catch (error) {
        this.#deps.logger.error('journal.failed', { error })
        if (this.#closing) return
        await pause(RETRY, undefined, { ref: false })
      }
    }
  }
}

/** Whether a start came to nothing because the one who asked for it was there no more: nothing was refused. */
export function hasLeft(error: unknown): boolean {
  return !(error instanceof Fault) || isFault(error, 'cancelled')
}

function queuedRun(order: RunOrder, now: Date): Run {
  return {
    id: order.id,
    state: 'queued',
    requestKey: order.requestKey,
    repositoryId: order.repositoryId,
    subject: order.subject,
    startedBy: order.by.peer,
    queuedAt: now.toISOString(),
    startedAt: null,
    endedAt: null,
    progress: null,
    counts: NO_COUNTS,
    fault: null,
    remark: '',
  }
}

function ended(state: RunEnd['state'], fault: Fault | null): RunEnd {
  return { state, fault: fault === null ? null : writeFault(fault), remark: '' }
}
