import { randomUUID } from 'node:crypto'
import { Fault, refused } from '../../../contract/errors.ts'
import {
  type FanOut,
  type FanOutConfirmation,
  type FanOutPlan,
  type FanOutSummary,
  isFanOutPhrase,
} from '../../../contract/shapes/fan-out.ts'
import type { NewRestore } from '../../../contract/shapes/restore.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import type { FanOutRecord, FanOutStore } from '../../store/index.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { HostsService } from '../hosts/index.ts'
import type { Log } from '../log.ts'
import type { RestoresService } from '../restores/index.ts'
import type { RunsService } from '../runs/index.ts'
import { GoingFanOut } from './carry-out.ts'
import { shown, summarised } from './fan-out-state.ts'
import { type PlansWanted, planOnHosts } from './plan-on-hosts.ts'

/** Milliseconds between two events of a watcher. */
const BATCH = 200

interface Deps {
  readonly store: FanOutStore
  readonly hosts: HostsService
  readonly restores: RestoresService
  readonly runs: RunsService
  readonly clock: Clock
  readonly log: Log
  /** `user@machine`. */
  readonly actor: string
}

export interface StartFanOut {
  readonly id: string
  readonly request: NewRestore
  readonly targets: readonly {
    readonly hostId: string
    readonly repositoryId: string
    readonly planHash: string
    readonly hostname: string
  }[]
  readonly atOnce: number
  readonly stopAfter: number | null
  readonly follows: string | null
}

/** Who asks, and from where. */
export interface Asker {
  readonly origin: string
  readonly workspaceId: string
}

/** Restores on several hosts. What is under way goes on after a restart of the console. */
export class FanOutsService implements AsyncDisposable {
  readonly #deps: Deps
  readonly #going = new Map<string, GoingFanOut>()
  readonly #changes = new Changes<string>()
  readonly #stop = new AbortController()
  readonly #work = new Set<Promise<void>>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Go on with what had not ended when the console did. */
  resume(): void {
    for (const record of this.#deps.store.unended()) this.#carryOut(record)
  }

  plan(wanted: PlansWanted, signal: AbortSignal): AsyncGenerator<FanOutPlan> {
    return planOnHosts(this.#deps.hosts, wanted, signal)
  }

  /** The same id gives the same fan-out, whatever has become of it. Throws `conflict` (`wrong_phrase`), `invalid_input`. */
  start(order: StartFanOut, confirmation: FanOutConfirmation | null, asker: Asker): FanOut {
    const known = this.#deps.store.get(order.id)
    if (known !== null) return shown(this.#own(known, asker.workspaceId))
    requireMeant(order, confirmation)
    const record = this.#recordOf(order, confirmation, asker)
    this.#deps.store.put(record)
    this.#changes.announce(record.id)
    this.#carryOut(record)
    return shown(record)
  }

  /** Those of a workspace, newest first, again whenever one has changed. */
  async *watch(workspaceId: string, limit: number, signal: AbortSignal): AsyncGenerator<FanOutSummary[]> {
    using changes = this.#changes.subscribe()
    while (true) {
      yield this.#deps.store.newest(workspaceId, limit).map(summarised)
      await changes.next(signal)
      await this.#deps.clock.pause(BATCH, signal)
    }
  }

  /** One as it is, and again until it has ended. Throws `not_found`. */
  async *follow(id: string, workspaceId: string, signal: AbortSignal): AsyncGenerator<FanOut> {
    using changes = this.#changes.subscribe()
    while (true) {
      const record = this.#get(id, workspaceId)
      yield shown(record)
      if (record.endedAt !== null) return
      while (!(await changes.next(signal)).includes(id)) continue
      await this.#deps.clock.pause(BATCH, signal)
    }
  }

  /** Throws `not_found`. */
  async cancel(id: string, when: 'between' | 'now', { origin, workspaceId }: Asker): Promise<FanOut> {
    this.#get(id, workspaceId)
    const going = this.#going.get(id)
    going?.stop()
    if (when === 'now') {
      const runs = going?.going() ?? []
      // Whether one of them can be reached is no reason not to ask the others.
      await Promise.allSettled(runs.map((run) => this.#deps.runs.cancel({ ...run, when }, origin)))
    }
    return shown(this.#get(id, workspaceId))
  }

  /** Ids of the hosts of a fan-out; none where nobody knows it. */
  hostsOf(id: string): string[] {
    return this.#deps.store.get(id)?.hosts.map(({ hostId }) => hostId) ?? []
  }

  /** What goes on stays so, to be gone on with. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#work)
  }

  #carryOut(record: FanOutRecord): void {
    const { hosts, restores, runs, store, log } = this.#deps
    const keep = (changed: FanOutRecord): void => {
      store.put(changed)
      this.#changes.announce(changed.id)
    }
    const report = (error: unknown): string => {
      const reference = randomUUID()
      log.error('a host of a fan-out failed', {
        reference,
        error: error instanceof Error ? (error.stack ?? error.message) : 'no error',
      })
      return reference
    }
    const going = new GoingFanOut({ hosts, restores, runs, now: () => this.#now(), report, keep }, record)
    this.#going.set(record.id, going)
    const work = going
      .carryOut(this.#stop.signal)
      .catch((error: unknown) => log.error('a fan-out cannot go on', { id: record.id, reason: String(error) }))
      .finally(() => {
        this.#going.delete(record.id)
        this.#work.delete(work)
      })
    this.#work.add(work)
  }

  #recordOf(order: StartFanOut, confirmation: FanOutConfirmation | null, { origin, workspaceId }: Asker): FanOutRecord {
    const { targets, ...rest } = order
    const { phrase: _, ...meant } = confirmation ?? { phrase: '', reason: '', safetySnapshot: false }
    return {
      ...rest,
      state: 'running',
      startedBy: this.#deps.actor,
      startedAt: this.#now(),
      endedAt: null,
      reason: meant.reason,
      workspaceId,
      origin,
      confirmation: confirmation === null ? null : meant,
      stopped: false,
      hosts: targets.map((target) => ({
        ...target,
        name: this.#deps.hosts.get(target.hostId).name,
        state: 'waiting',
        runId: null,
        counts: NO_COUNTS,
        fault: null,
        requestKey: randomUUID(),
      })),
    }
  }

  #get(id: string, workspaceId: string): FanOutRecord {
    const record = this.#deps.store.get(id)
    if (record === null) throw new Fault('not_found', { what: 'fan-out', id })
    return this.#own(record, workspaceId)
  }

  #own(record: FanOutRecord, workspaceId: string): FanOutRecord {
    if (record.workspaceId !== workspaceId) throw new Fault('forbidden', { needs: 'workspace' })
    return record
  }

  #now(): string {
    return this.#deps.clock.now().toISOString()
  }
}

function requireMeant({ request, targets }: StartFanOut, confirmation: FanOutConfirmation | null): void {
  if (new Set(targets.map(({ hostId }) => hostId)).size < targets.length) throw refused(['targets'], 'host_twice')
  const isInPlace = request.target.kind === 'in-place'
  if (isInPlace !== (confirmation !== null)) throw refused(['confirmation'], 'confirmation_mismatch')
  if (confirmation !== null && !isFanOutPhrase(confirmation.phrase, targets.length)) {
    throw new Fault('conflict', { what: 'wrong_phrase', detail: String(targets.length) })
  }
}
