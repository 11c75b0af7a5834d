import { mkdir, rename, rm, symlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { clear } from '../attempt/attempt.ts'
import type { Clock } from '../clock.ts'
import type { InstanceRecord, Ledger } from '../ledger/ledger.ts'
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

/** The replicas that stay: their servers, and the doors that lead to them. */
export class Serving implements AsyncDisposable {
  readonly #deps: ServingDeps
  readonly #living = new Map<string, LivingCluster>()

  constructor(deps: ServingDeps) {
    this.#deps = deps
  }

  /** Start those that the ledger says serve. One that does not start is forgotten, and so restored again. */
  async resume(signal: AbortSignal): Promise<void> {
    const { ledger, places, clock, unprivileged, log } = this.#deps
    for (const { runId, key, state } of ledger.instances()) {
      if (state === 'previous') {
        await this.#remove(runId)
        continue
      }
      try {
        const beside = besideFolder(places, runId)
        await this.adopt(runId, key, await revive({ beside, mark: { [MARK]: runId }, unprivileged, signal }, clock))
      } catch (error) {
        if (signal.aborted) return
        log.warn('replica.not_revived', { runId, error: String(error) })
        await this.#remove(runId)
      }
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

  async #remove(runId: string): Promise<void> {
    const { ledger, places } = this.#deps
    await this.#living.get(runId)?.[Symbol.asyncDispose]()
    this.#living.delete(runId)
    const key = ledger.instances().find((one) => one.runId === runId)?.key
    await clear(places, runId)
    ledger.forget(runId)
    const isLast = key !== undefined && !ledger.instances().some((one) => one.key === key)
    if (isLast) await rm(doorOf(places, key), { force: true })
  }

  /** They are stopped, and start again with the consumer. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(Array.from(this.#living.values(), (living) => living[Symbol.asyncDispose]()))
    this.#living.clear()
  }
}
