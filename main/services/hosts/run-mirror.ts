import { isDeepStrictEqual } from 'node:util'
import { isEnded, type Run } from '../../../contract/shapes/run.ts'
import type { HostRun, RecentQuery, RunStore } from '../../store/index.ts'

/**
 * What the agents say of their runs: states in the database, progress in memory, for it changes several times a
 * second and is worth nothing after a restart. While an agent is away, its unfinished runs are `unknown`.
 */
export class RunMirror {
  readonly #store: RunStore
  readonly #newest = new Map<string, Run>()

  constructor(store: RunStore) {
    this.#store = store
  }

  /** Keep what an agent said; true when the run's state is news. */
  put(hostId: string, run: Run): boolean {
    const before = this.#read(hostId, run.id)
    const ended = isEnded(run.state)
    if (before !== null && isEnded(before.state) && (!ended || isDeepStrictEqual(before, run))) return false
    if (ended) this.#newest.delete(keyOf(hostId, run.id))
    else this.#newest.set(keyOf(hostId, run.id), run)
    if (before?.state === run.state && !ended) return false
    this.#store.put(hostId, run)
    return before?.state !== run.state
  }

  get(hostId: string, runId: string, connected: boolean): Run | null {
    const run = this.#read(hostId, runId)
    return run === null ? null : asSeen(run, connected)
  }

  /** Newest first. */
  recent(query: RecentQuery, isConnected: (hostId: string) => boolean): HostRun[] {
    return this.#store.recent(query).map((found) => {
      const run = this.#newest.get(keyOf(found.hostId, found.run.id)) ?? found.run
      return { hostId: found.hostId, run: asSeen(run, isConnected(found.hostId)) }
    })
  }

  /** What a host's agent said of its last runs, newest first. */
  ofHost(hostId: string, limit: number): Run[] {
    return this.#store.ofHost(hostId, limit).map((run) => this.#newest.get(keyOf(hostId, run.id)) ?? run)
  }

  /** The hosts that have a run of this id: one, or none. */
  hostsOf(runId: string): string[] {
    return this.#store.hostsOf(runId)
  }

  /** The run that holds the host, as far as is known. */
  active(hostId: string, connected: boolean): Run | null {
    const run = this.unended(hostId).find(({ state }) => state !== 'unknown' || !connected)
    return run === undefined ? null : asSeen(run, connected)
  }

  /** Runs that had not ended when their agent was last heard of, newest first. */
  unended(hostId: string): Run[] {
    return this.#store.unended(hostId).map((run) => this.#newest.get(keyOf(hostId, run.id)) ?? run)
  }

  /** The host is no more. */
  forget(hostId: string): void {
    for (const [key, run] of this.#newest) if (key === keyOf(hostId, run.id)) this.#newest.delete(key)
  }

  #read(hostId: string, runId: string): Run | null {
    return this.#newest.get(keyOf(hostId, runId)) ?? this.#store.get(hostId, runId)
  }
}

function keyOf(hostId: string, runId: string): string {
  return JSON.stringify([hostId, runId])
}

function asSeen(run: Run, connected: boolean): Run {
  return connected || isEnded(run.state) ? run : { ...run, state: 'unknown' }
}
