import { randomUUID } from 'node:crypto'
import { type Reason, reasonIn } from '../../contract/reasons.ts'
import { type Attempting, carryOut, clear } from '../attempt/attempt.ts'
import { endLeftovers } from '../attempt/leftovers.ts'
import type { ReplicaRecord } from '../ledger/rows.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import { PlaneRefusal } from '../plane/ask-plane.ts'
import { isStaying } from '../prove/prove.ts'
import type { Serving } from '../serving/serving.ts'
import { keyOf, type Entry } from '../worklist-entry.ts'
import { backoff } from './backoff.ts'
import { type Decision, decide } from './decide.ts'
import { INTENTS } from './intents.ts'
import { tellReports } from './outbox.ts'

export interface ConsumerOptions {
  /** Seconds between two looks at the worklist, a fifth more or less. */
  readonly interval: number
  /** Restores at a time. */
  readonly atOnce: number
}

type Deps = Omit<Attempting, 'adopt' | 'worklist'> & {
  readonly serving: Serving
  readonly log: Logger
  readonly random: () => number
}

/** A replica, and what is to become of it. */
export interface Standing {
  readonly replica: ReplicaRecord
  readonly decision: Decision
  /** The run that restores it now. */
  readonly running: string | null
  /** Which in the queue, from 1; null where it is in none. */
  readonly position: number | null
}

interface Running {
  readonly runId: string
  readonly stop: AbortController
  readonly ended: Promise<void>
}

/** Milliseconds between two looks at what is due: reports, backoffs, graces. */
const BEAT = 1000

/**
 * The loop: what the plane wants is fetched now and then, and what that comes to is carried out, so many at a time. A fetch that fails
 * changes nothing: a list that cannot be read is no empty list.
 */
export class Consumer {
  readonly #deps: Deps
  readonly #options: ConsumerOptions
  readonly #running = new Map<string, Running>()
  /** Until when, in milliseconds, one whose attempt broke off is left alone. */
  readonly #held = new Map<string, number>()
  #worklist = ''
  #registered = false
  #fetchedAt: string | null = null
  #fetchError: Reason | null = null

  constructor(deps: Deps, options: ConsumerOptions) {
    this.#deps = deps
    this.#options = options
  }

  /** Put in order what an earlier one left behind: its programs are ended, its scratch is given back, its reports are kept. */
  async recover(signal: AbortSignal): Promise<void> {
    const { ledger, places, clock, log, serving } = this.#deps
    const open = ledger.open()
    const instances = ledger.instances()
    const ended = await endLeftovers(new Set([...open, ...instances].map(({ runId }) => runId)))
    for (const { runId, outcome } of open) {
      if (!instances.some((one) => one.runId === runId)) await clear(places, runId)
      const at = clock.now().toISOString()
      if (outcome === null) ledger.abandon(runId, 'interrupted', at)
      else ledger.end(runId, at)
    }
    if (open.length > 0) log.warn('consumer.recovered', { attempts: open.length, programs: ended })
    await serving.resume(signal)
  }

  /** Go on until the signal; then what is being restored is stopped and cleaned up, and what serves is stopped. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#deps.serving.stop(), { once: true })
    await Promise.all([this.#fetching(signal), this.#beating(signal)])
    for (const { stop } of this.#running.values()) stop.abort()
    await Promise.all(Array.from(this.#running.values(), ({ ended }) => ended))
  }

  /** Restore one by hand, also where it was verified or is to wait. False where there is none of that key. */
  verifyNow(key: string): boolean {
    return this.#deps.ledger.force(key)
  }

  standings(): Standing[] {
    const { ledger } = this.#deps
    let position = 0
    return ledger.replicas().map((replica) => {
      const decision = this.#decide(replica)
      const running = this.#running.get(replica.key)?.runId ?? null
      const waits = decision.act === 'restore' && running === null
      if (waits) position += 1
      return { replica, decision, running, position: waits ? position : null }
    })
  }

  get fetched(): { readonly at: string | null; readonly error: Reason | null } {
    return { at: this.#fetchedAt, error: this.#fetchError }
  }

  async #fetching(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.fetch(signal)
      const jitter = 0.8 + 0.4 * this.#deps.random()
      await this.#deps.clock.pause(this.#options.interval * jitter * 1000, signal)
    }
  }

  async #beating(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // A disk that is full, or a folder that cannot be removed now, ends nothing else.
      await this.beat(signal).catch((error: unknown) => {
        if (!signal.aborted) this.#deps.log.warn('consumer.beat_failed', { error: String(error) })
      })
      await this.#deps.clock.pause(BEAT, signal)
    }
  }

  /** One look at the worklist. */
  async fetch(signal: AbortSignal): Promise<void> {
    const { plane, ledger, clock, log } = this.#deps
    try {
      if (!this.#registered) this.#registered = await this.#register(signal)
      const { entries, fingerprint } = await plane.worklist(signal)
      this.#worklist = fingerprint
      this.#fetchedAt = clock.now().toISOString()
      this.#fetchError = null
      ledger.listed(entries, this.#fetchedAt)
      this.#cancelGone(entries)
    } catch (error) {
      if (signal.aborted) return
      // One that was forgotten by the plane says again what it can do.
      if (error instanceof PlaneRefusal) this.#registered = false
      this.#fetchError = reasonIn(error)
      log.warn('worklist.unreachable', { error: this.#fetchError.reason })
    }
  }

  /** What it can do may be known from before: where it cannot be said now, that is no reason to do nothing. */
  async #register(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#deps.plane.register(INTENTS, signal)
      return true
    } catch (error) {
      if (signal.aborted) throw error
      this.#deps.log.warn('capabilities.not_registered', { error: String(error) })
      return false
    }
  }

  /** Begin what is due, tell what is untold, remove what has had its grace. */
  async beat(signal: AbortSignal): Promise<void> {
    const { ledger, serving } = this.#deps
    for (const replica of ledger.replicas()) {
      if (this.#running.size >= this.#options.atOnce) break
      if (this.#running.has(replica.key) || this.#isHeld(replica.key)) continue
      if (this.#decide(replica).act !== 'restore') continue
      this.#begin(replica.entry)
    }
    this.#retireGone()
    await serving.tidy()
    serving.tellDeaths()
    await tellReports({ ...this.#deps, worklist: () => this.#worklist }, signal)
  }

  /** Until no attempt goes on. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(Array.from(this.#running.values(), ({ ended }) => ended))
  }

  #decide(replica: ReplicaRecord): Decision {
    const { ledger, serving, clock } = this.#deps
    const refused = ledger.refusal(replica.entry, this.#worklist) !== undefined
    return decide({ replica, active: serving.active(replica.key), refused, now: clock.now() })
  }

  #begin(entry: Entry): void {
    const { log, serving } = this.#deps
    const key = keyOf(entry)
    const runId = randomUUID()
    const stop = new AbortController()
    const attempting: Attempting = {
      ...this.#deps,
      worklist: () => this.#worklist,
      adopt: (run, ofKey, living) => serving.adopt(run, ofKey, living),
    }
    log.info('attempt.began', { runId, name: entry.name, snapshot: entry.snapshotId })
    const ended = carryOut(attempting, { runId, entry }, stop.signal)
      .then((outcome) => {
        const healthy = outcome?.healthy ?? false
        log.info(outcome === undefined ? 'attempt.stopped' : 'attempt.ended', {
          runId,
          healthy,
          error: outcome?.error ?? null,
        })
      })
      .catch((error: unknown) => this.#brokeOff({ key, runId, error }))
      .finally(() => this.#running.delete(key))
    this.#running.set(key, { runId, stop, ended })
  }

  /** What became of it could not be written down: it is not begun again at once, and its scratch is given back. */
  async #brokeOff({ key, runId, error }: { readonly key: string; readonly runId: string; readonly error: unknown }) {
    const { log, clock, places, ledger } = this.#deps
    log.warn('attempt.broke_off', { runId, error: String(error) })
    this.#held.set(key, clock.now().getTime() + backoff(1) * 1000)
    try {
      if (!ledger.instances().some((one) => one.runId === runId)) await clear(places, runId)
    } catch (cause) {
      log.warn('attempt.scratch_kept', { runId, error: String(cause) })
    }
  }

  #isHeld(key: string): boolean {
    return (this.#held.get(key) ?? 0) > this.#deps.clock.now().getTime()
  }

  /** What is no longer wanted is not restored to its end; one whose snapshot changed is, and is reported of what it restored. */
  #cancelGone(entries: readonly Entry[]): void {
    const wanted = new Set(entries.map(keyOf))
    for (const [key, { stop }] of this.#running) if (!wanted.has(key)) stop.abort()
  }

  /** What serves and is no longer wanted is removed after its grace. */
  #retireGone(): void {
    const { ledger, clock, graceSeconds } = this.#deps
    const removeAt = new Date(clock.now().getTime() + graceSeconds * 1000).toISOString()
    for (const { key, state } of ledger.instances()) {
      const replica = ledger.replica(key)
      if (state !== 'active' || replica === undefined) continue
      if (!replica.listed || !isStaying(replica.entry.intent)) ledger.retire(key, removeAt)
    }
  }
}
