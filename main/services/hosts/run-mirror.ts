import { isDeepStrictEqual } from 'node:util'
import { isEnded } from '../../../contract/shapes/run.ts'
import type { HostRun } from '../../../contract/shapes/run-page.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import type { AlikeRuns, RunRows, RunStore, RunsWanted } from '../../store/index.ts'
import { type ChangeReader, Changes } from '../changes.ts'

/** A run of a host that has changed; without a run, runs of it have begun, ended or become known, so that any list may be another one. */
export interface MirrorChange {
  readonly hostId: string
  readonly runId: string | null
}

/**
 * What the agents say of their runs: states in the database, progress in memory, for it changes several times a
 * second and is worth nothing after a restart. While an agent is away, its unfinished runs are `unknown`.
 */
export class RunMirror {
  readonly #store: RunStore
  readonly #newest = new Map<string, HostRun>()
  readonly #changes = new Changes<string>()

  constructor(store: RunStore) {
    this.#store = store
  }

  /** Keep what an agent said just now; true when the run's state is news. */
  put(hostId: string, run: RunSummary): boolean {
    const { isNew, isNews } = this.#weigh(hostId, run)
    if (!isNew) return false
    if (isNews || isEnded(run.state)) this.#store.put(hostId, run)
    this.#changes.announce(keyOf(hostId, run.id))
    if (isNews) this.#changes.announce(keyOf(hostId, null))
    return isNews
  }

  /**
   * Keep what an agent said of runs that have changed since it was last asked, `through` which change. Those of which the
   * state is news.
   */
  catchUp(hostId: string, runs: readonly RunSummary[], through: number): RunSummary[] {
    const weighed = runs.map((run) => ({ run, ...this.#weigh(hostId, run) }))
    const fresh = weighed.filter(({ isNew }) => isNew).map(({ run }) => run)
    // Whoever was told that they go on, or that nothing is known of them, is told of each by itself.
    const going = new Set(this.#store.unended(hostId).map(({ id }) => id))
    this.#store.catchUp(hostId, fresh, through)
    for (const { id } of fresh) if (going.has(id)) this.#changes.announce(keyOf(hostId, id))
    if (fresh.length > 0) this.#changes.announce(keyOf(hostId, null))
    return weighed.filter(({ isNews }) => isNews).map(({ run }) => run)
  }

  /** The last change that this console was told of, of all that came before. */
  through(hostId: string): number {
    return this.#store.through(hostId)
  }

  get(hostId: string, runId: string, connected: boolean): RunSummary | null {
    const run = this.#read(hostId, runId)
    return run === null ? null : asSeen(run, connected)
  }

  /** The run that a request key has started. */
  byRequest(hostId: string, requestKey: string): RunSummary | null {
    return this.#store.byRequest(hostId, requestKey)
  }

  /** Some of the wanted runs, newest first. */
  page(wanted: RunsWanted, part: { readonly offset: number; readonly limit: number }): RunRows {
    const connected = new Set(wanted.connected)
    const { total, runs } = this.#store.page(wanted, part)
    return {
      total,
      runs: runs.map(({ hostId, run }) => {
        const newest = this.#newest.get(keyOf(hostId, run.id))?.run ?? run
        return { hostId, run: asSeen(newest, connected.has(hostId)) }
      }),
    }
  }

  /** Everybody who has started a run on these hosts. */
  starters(hostIds: readonly string[]): string[] {
    return this.#store.starters(hostIds)
  }

  /** Seconds that runs like this one took, of those that succeeded, the latest first. */
  secondsOfAlike(alike: AlikeRuns, limit: number): number[] {
    return this.#store.secondsOfAlike(alike, limit)
  }

  /** The hosts that have a run of this id: one, or none. */
  hostsOf(runId: string): string[] {
    return this.#store.hostsOf(runId)
  }

  /** The run that holds the host, as far as is known. */
  active(hostId: string, connected: boolean): RunSummary | null {
    const run = this.unended(hostId).find(({ state }) => state !== 'unknown' || !connected)
    return run === undefined ? null : asSeen(run, connected)
  }

  /** Runs that had not ended when their agent was last heard of, newest first. */
  unended(hostId: string): RunSummary[] {
    return this.#store.unended(hostId).map((run) => this.#newest.get(keyOf(hostId, run.id))?.run ?? run)
  }

  /** Which runs have changed, from now on; each to be understood with `changeOf`. */
  subscribe(): ChangeReader<string> {
    return this.#changes.subscribe()
  }

  /** A host has become reachable, or is so no more: what goes on there is seen otherwise. */
  sawLink(hostId: string): void {
    const going = this.#store.unended(hostId)
    for (const { id } of going) this.#changes.announce(keyOf(hostId, id))
    if (going.length > 0) this.#changes.announce(keyOf(hostId, null))
  }

  /** The host is no more. */
  forget(hostId: string): void {
    for (const [key, kept] of this.#newest) if (kept.hostId === hostId) this.#newest.delete(key)
    this.#changes.announce(keyOf(hostId, null))
  }

  /** Whether it is worth keeping, and whether its state is another; what goes on is kept in mind. */
  #weigh(hostId: string, run: RunSummary): { readonly isNew: boolean; readonly isNews: boolean } {
    const before = this.#read(hostId, run.id)
    const ended = isEnded(run.state)
    if (before !== null && isEnded(before.state) && (!ended || isDeepStrictEqual(before, run))) {
      return { isNew: false, isNews: false }
    }
    const key = keyOf(hostId, run.id)
    if (ended) this.#newest.delete(key)
    else this.#newest.set(key, { hostId, run })
    return { isNew: true, isNews: before?.state !== run.state }
  }

  #read(hostId: string, runId: string): RunSummary | null {
    return this.#newest.get(keyOf(hostId, runId))?.run ?? this.#store.get(hostId, runId)
  }
}

function keyOf(hostId: string, runId: string | null): string {
  return runId === null ? hostId : `${hostId} ${runId}`
}

/** What has changed. No id of a host has a space. */
export function changeOf(key: string): MirrorChange {
  const space = key.indexOf(' ')
  if (space < 0) return { hostId: key, runId: null }
  return { hostId: key.slice(0, space), runId: key.slice(space + 1) }
}

function asSeen(run: RunSummary, connected: boolean): RunSummary {
  return connected || isEnded(run.state) ? run : { ...run, state: 'unknown' }
}
