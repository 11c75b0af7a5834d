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
import type { ServerEnd } from '../prove/postgres/server.ts'
import { afterDeath, deathWords, notRevivedWords, pauseAfter, SOON } from './death.ts'
import { tellDeaths } from './tell-deaths.ts'

export interface ServingDeps {
  readonly ledger: Ledger
  readonly places: Places
  readonly clock: Clock
  readonly unprivileged: Unprivileged
  readonly log: Logger
}

interface Ended {
  readonly runId: string
  readonly key: string
  readonly living: LivingCluster
  /** It had hardly begun. */
  readonly isSoon: boolean
}

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
    void living.server.ended
      .then((end) => this.#ended({ runId, key, living, isSoon: clock.elapsed() - began < SOON * 1000 }, end))
      .catch((error: unknown) => log.warn('replica.not_looked_after', { runId, error: String(error) }))
  }

  /** From now on servers end because this consumer does: that is no death. */
  stop(): void {
    this.#stop.abort()
  }

  /** Remove those whose time has come, and end those of replicas that nobody wants any more after the same grace. */
  async tidy(): Promise<void> {
    const now = this.#deps.clock.now().toISOString()
    for (const { runId, state, removeAt } of this.#deps.ledger.instances()) {
      if (state === 'previous' && removeAt !== null && removeAt <= now) await this.#remove(runId)
    }
  }

  /** Write down for the plane what became of servers that died, as far as it is due. */
  tellDeaths(): void {
    tellDeaths({ ...this.#deps, versionOf: (runId) => this.#living.get(runId)?.proof.postgresVersion })
  }

  active(key: string): InstanceRecord | undefined {
    return this.#deps.ledger.instances().find((one) => one.key === key && one.state === 'active')
  }

  async #ended({ runId, key, living, isSoon }: Ended, end: ServerEnd): Promise<void> {
    // It was ended by us.
    if (this.#living.get(runId) !== living || this.#stop.signal.aborted) return
    this.#living.delete(runId)
    const { log, clock } = this.#deps
    const { exitCode, signal, lastLines } = end
    log.warn('replica.died', { runId, exitCode, signal, words: lastLines.at(-1) ?? null })
    const words = deathWords(end, clock.now(), isSoon)
    this.#note(runId, key, words)
    if (isSoon) await this.#giveUp(runId, key, words)
    else await this.#revive(runId, key, this.#stop.signal)
  }

  /** Start it once more; one that does not start is forgotten, and so restored anew. */
  async #revive(runId: string, key: string, signal: AbortSignal): Promise<void> {
    const { places, clock, unprivileged, log, ledger } = this.#deps
    try {
      // A server that was killed leaves processes that write a moment longer.
      await endLeftovers(new Set([runId]))
      const beside = besideFolder(places, runId)
      await this.adopt(runId, key, await revive({ beside, mark: { [MARK]: runId }, unprivileged, signal }, clock))
    } catch (error) {
      if (signal.aborted) return
      log.warn('replica.not_revived', { runId, error: String(error) })
      const words = notRevivedWords(error, clock.now())
      this.#note(runId, key, words)
      return await this.#giveUp(runId, key, words)
    }
    if (this.#living.has(runId)) this.#write(runId, () => ledger.deaths.revived(runId, clock.now().toISOString()))
  }

  /** One that is to be removed may die as it likes. */
  #note(runId: string, key: string, words: string): void {
    const { ledger, clock } = this.#deps
    if (this.active(key)?.runId !== runId) return
    const death = afterDeath(ledger.deaths.of(key), { key, runId, words, at: clock.now() })
    this.#write(runId, () => ledger.deaths.put(death))
  }

  /** A full disk may be what a server died of: that nothing can be written of it keeps none from being started again. */
  #write(runId: string, write: () => void): void {
    try {
      write()
    } catch (error) {
      this.#deps.log.warn('replica.death_not_written', { runId, error: String(error) })
    }
  }

  /** It does not stay alive: the snapshot is restored anew, and after each such death later. */
  async #giveUp(runId: string, key: string, words: string): Promise<void> {
    const { ledger, clock } = this.#deps
    if (this.active(key)?.runId === runId) {
      const pause = pauseAfter(ledger.deaths.of(key)?.count ?? 1)
      const retryAt = new Date(clock.now().getTime() + pause * 1000).toISOString()
      this.#write(runId, () => ledger.giveUp(key, words, retryAt))
    }
    await this.#remove(runId)
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
