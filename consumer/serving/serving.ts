import { mkdir, rename, rm, symlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { clear } from '../attempt/attempt.ts'
import { endLeftovers } from '../attempt/leftovers.ts'
import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { InstanceRecord } from '../ledger/rows.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import { besideFolder, doorOf, MARK, type Places } from '../places.ts'
import type { Unprivileged } from '../prove/proof.ts'
import type { LivingCluster } from '../prove/postgres/prove-postgres.ts'
import { revive } from '../prove/postgres/revive.ts'

export interface ServingDeps {
  readonly ledger: Ledger
  readonly places: Places
  readonly clock: Clock
  readonly unprivileged: Unprivileged
  readonly log: Logger
}

/** Milliseconds: a server that dies so soon would die again, and is restored anew instead. */
const SOON = 5000

/** The replicas that stay: their servers, and the doors that lead to them. */
export class Serving implements AsyncDisposable {
  readonly #deps: ServingDeps
  readonly #living = new Map<string, LivingCluster>()
  readonly #stop = new AbortController()

  constructor(deps: ServingDeps) {
    this.#deps = deps
  }

  /** Start those that the ledger says serve. One that does not start is forgotten, and so restored again. */
  async resume(signal: AbortSignal): Promise<void> {
    const { ledger } = this.#deps
    for (const { runId, key, state } of ledger.instances()) {
      if (state === 'previous') {
        await this.#remove(runId)
        continue
      }
      await this.#revive(runId, key, AbortSignal.any([signal, this.#stop.signal]))
    }
  }

  /** It serves, and its door leads to it: a client that connects comes to the one before or to this one, and never to none. */
  async adopt(runId: string, key: string, living: LivingCluster): Promise<void> {
    const door = doorOf(this.#deps.places, key)
    await mkdir(dirname(door), { recursive: true })
    await rm(`${door}.next`, { force: true })
    await symlink(living.server.socketDirectory, `${door}.next`)
    await rename(`${door}.next`, door)
    this.#living.set(runId, living)
    const { clock, log } = this.#deps
    const began = clock.elapsed()
    void living.server.ended.then(async (words) => {
      // It was ended by us.
      if (this.#living.get(runId) !== living) return
      this.#living.delete(runId)
      log.warn('replica.died', { runId, words })
      if (clock.elapsed() - began < SOON) await this.#remove(runId)
      else await this.#revive(runId, key, this.#stop.signal)
    })
  }

  /** Remove those whose time has come, and end those of replicas that nobody wants any more after the same grace. */
  async tidy(): Promise<void> {
    const now = this.#deps.clock.now().toISOString()
    for (const { runId, state, removeAt } of this.#deps.ledger.instances()) {
      if (state === 'previous' && removeAt !== null && removeAt <= now) await this.#remove(runId)
    }
  }

  active(key: string): InstanceRecord | undefined {
    return this.#deps.ledger.instances().find((one) => one.key === key && one.state === 'active')
  }

  /** Start it once more; one that does not start is forgotten, and so restored anew. */
  async #revive(runId: string, key: string, signal: AbortSignal): Promise<void> {
    const { places, clock, unprivileged, log } = this.#deps
    try {
      // A server that was killed leaves processes that write a moment longer.
      await endLeftovers(new Set([runId]))
      const beside = besideFolder(places, runId)
      await this.adopt(runId, key, await revive({ beside, mark: { [MARK]: runId }, unprivileged, signal }, clock))
    } catch (error) {
      if (signal.aborted) return
      log.warn('replica.not_revived', { runId, error: String(error) })
      await this.#remove(runId)
    }
  }

  async #remove(runId: string): Promise<void> {
    const { ledger, places } = this.#deps
    const living = this.#living.get(runId)
    this.#living.delete(runId)
    await living?.[Symbol.asyncDispose]()
    const key = ledger.instances().find((one) => one.runId === runId)?.key
    await clear(places, runId)
    ledger.forget(runId)
    const isLast = key !== undefined && !ledger.instances().some((one) => one.key === key)
    if (isLast) await rm(doorOf(places, key), { force: true })
  }

  /** They are stopped, and start again with the consumer. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    const living = [...this.#living.values()]
    this.#living.clear()
    await Promise.all(living.map((one) => one[Symbol.asyncDispose]()))
  }
}
