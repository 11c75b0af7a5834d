import { Fault } from '../../contract/errors.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { SingleFlight } from '../../engine/repository/single-flight.ts'
import type { Clock } from '../clock.ts'

/** Milliseconds. Who types a search asks many times in a row; behind a distant server, or restic, each list takes a while. */
const RECENT = 5000

interface KnownList {
  readonly snapshots: readonly Snapshot[]
  /** On the clock that only goes forward. */
  readonly askedAt: number
}

interface SnapshotListsDeps {
  /** Asks for a repository's snapshots, newest first. */
  readonly ask: (repositoryId: string, signal: AbortSignal) => Promise<readonly Snapshot[]>
  /** Told of every list as it comes. */
  readonly onListed: (repositoryId: string, snapshots: readonly Snapshot[]) => void
  readonly clock: Clock
}

/** The snapshots of repositories as they were last listed: as old as the question allows, and no older. */
export class SnapshotLists {
  readonly #deps: SnapshotListsDeps
  readonly #known = new Map<string, KnownList>()
  readonly #asking: SingleFlight<readonly Snapshot[]>

  constructor(deps: SnapshotListsDeps) {
    this.#deps = deps
    this.#asking = new SingleFlight((repositoryId, signal) => this.now(repositoryId, signal), Number.POSITIVE_INFINITY)
  }

  /** All that there are now, newest first. Throws what restic can fail with. */
  async now(repositoryId: string, signal: AbortSignal): Promise<readonly Snapshot[]> {
    const askedAt = this.#deps.clock.elapsed()
    const snapshots = await this.#deps.ask(repositoryId, signal)
    this.#known.set(repositoryId, { snapshots, askedAt })
    this.#deps.onListed(repositoryId, snapshots)
    return snapshots
  }

  /** All that there were at most five seconds ago, newest first. Those who ask at the same time share the answer. Throws as `now` does. */
  async recent(repositoryId: string, signal: AbortSignal): Promise<readonly Snapshot[]> {
    const known = this.#known.get(repositoryId)
    if (known !== undefined && this.#deps.clock.elapsed() - known.askedAt < RECENT) return known.snapshots
    return this.#asking.get(repositoryId, signal)
  }

  /**
   * These snapshots, newest first. What was listed before is not asked for again: an id is the hash of what it names.
   * Throws `not_found` (`snapshot`), and as `now` does.
   */
  async these(repositoryId: string, ids: ReadonlySet<string>, signal: AbortSignal): Promise<readonly Snapshot[]> {
    const known = this.#known.get(repositoryId)?.snapshots ?? []
    const listed = pick(known, ids)
    if (listed.length === ids.size) return listed
    const found = pick(await this.#asking.get(repositoryId, signal), ids)
    const there = new Set(found.map(({ id }) => id))
    for (const id of ids) if (!there.has(id)) throw new Fault('not_found', { what: 'snapshot', id })
    return found
  }

  /** Forget a repository's list; the next who wants one asks. */
  forget(repositoryId: string): void {
    this.#known.delete(repositoryId)
  }
}

function pick(snapshots: readonly Snapshot[], ids: ReadonlySet<string>): readonly Snapshot[] {
  return snapshots.filter(({ id }) => ids.has(id))
}
