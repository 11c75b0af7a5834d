import { isFault } from '../../../contract/errors.ts'
import { type SnapshotColumns, snapshotColumnsSchema } from '../../../contract/shapes/snapshot.ts'
import type { Clock } from '../clock.ts'
import type { HostsService } from '../hosts/index.ts'
import type { KeptListings, KeptName } from '../kept/index.ts'
import { neverAborted } from '../signals.ts'

/** How long an answer is waited for where there is a kept one: restic tries for a quarter of an hour to reach a server. */
const PATIENCE = 15_000

interface Deps {
  readonly hosts: Pick<HostsService, 'ask'>
  readonly kept: Pick<KeptListings, 'keep' | 'read'>
  readonly clock: Clock
}

interface OneRepository {
  readonly hostId: string
  readonly repositoryId: string
}

interface SnapshotList {
  readonly snapshots: SnapshotColumns
  /** When it was read, where it was kept from then. */
  readonly keptSince: string | null
}

/** Which snapshots a repository has: asked anew each time, for there are more every day. */
export class SnapshotsService {
  readonly #deps: Deps
  readonly #asking = new Map<string, Promise<SnapshotColumns>>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * The agent's list; while the host, or the server behind it, cannot be reached or does not answer for a while, the
   * list that was read last. Any other refusal is passed on as it is. Throws what the agent's `snapshot.list` throws.
   */
  async list(repository: OneRepository, signal: AbortSignal): Promise<SnapshotList> {
    const stop = new AbortController()
    try {
      const fresh = this.#ask(repository).then((snapshots) => ({ snapshots, keptSince: null }))
      return await Promise.race([fresh, this.#instead(repository, AbortSignal.any([signal, stop.signal]))])
    } catch (error) {
      const found = isFault(error, 'unreachable') ? await this.#read(repository) : null
      if (found === null) throw error
      return found
    } finally {
      stop.abort()
    }
  }

  /** Those who ask while an answer is on its way share it, so that a server that does not answer is asked once. */
  #ask({ hostId, repositoryId }: OneRepository): Promise<SnapshotColumns> {
    const { hosts, kept } = this.#deps
    const key = JSON.stringify([hostId, repositoryId])
    const known = this.#asking.get(key)
    if (known !== undefined) return known
    const asked = hosts
      .ask(hostId, (agent) => agent.snapshot.list({ repositoryId }), neverAborted())
      .finally(() => this.#asking.delete(key))
    this.#asking.set(key, asked)
    asked.then(
      (snapshots) => kept.keep(nameOf({ hostId, repositoryId }), snapshots),
      () => undefined,
    )
    return asked
  }

  /** The kept list after a while; where there is none, nothing but the signal's reason. */
  async #instead(repository: OneRepository, signal: AbortSignal): Promise<SnapshotList> {
    await this.#deps.clock.pause(PATIENCE, signal)
    return (await this.#read(repository)) ?? aborted(signal)
  }

  async #read(repository: OneRepository): Promise<SnapshotList | null> {
    const found = await this.#deps.kept.read(nameOf(repository), snapshotColumnsSchema)
    return found === null ? null : { snapshots: found.value, keptSince: found.since }
  }
}

function nameOf({ hostId, repositoryId }: OneRepository): KeptName {
  return { hostId, repositoryId, what: ['snapshots'] }
}

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  if (signal.aborted) reject(signal.reason)
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  return promise
}
