import { createHash } from 'node:crypto'
import type { HostNews } from '../../contract/shapes/host.ts'
import { snapshotIds } from '../../engine/repository/snapshot-ids.ts'
import { resticTreeSource } from '../../engine/repository/tree-source.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import type { Repositories } from './repositories.ts'

/** Milliseconds between two rounds, unless given. */
const ROUND = 300_000
/** Milliseconds that one repository may take of a round. */
const PATIENCE = 60_000

interface SnapshotWatchDeps {
  readonly repositories: Repositories
  readonly clock: Clock
  readonly logger: Logger
  readonly roundMilliseconds?: number
}

/**
 * Notices new snapshots, whoever made them: while somebody wants the news, it looks at one repository after the other
 * every few minutes. A look lists the names of the snapshots' files and no more. Keys and index are not asked for, so that
 * they are forgotten as usual when nobody browses; only where the names have changed is the list read.
 */
export class SnapshotWatch implements AsyncDisposable {
  readonly #deps: SnapshotWatchDeps
  readonly #stop = new AbortController()
  /** What the names were at the last look. */
  readonly #seen = new Map<string, string>()
  readonly #outOfReach = new Set<string>()
  #watchers = 0
  #timer: NodeJS.Timeout | undefined
  #roundEndedAt = Number.NEGATIVE_INFINITY
  /** One look at a time: the last one that was asked for. */
  #looking: Promise<void> = Promise.resolve()

  constructor(deps: SnapshotWatchDeps) {
    this.#deps = deps
  }

  /** What is known now, then again whenever that has changed. Rejects with the signal's reason. */
  async *watch(signal: AbortSignal): AsyncGenerator<HostNews> {
    const { newest } = this.#deps.repositories
    using listener = newest.feed.listen()
    using _ = this.#attend()
    for (;;) {
      yield { lastSnapshots: newest.list() }
      await listener.changed(signal)
    }
  }

  /** Look at one repository, after those that are being looked at. Never rejects: what is out of reach stays as it was known. */
  look(repositoryId: string): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookAt(repositoryId))
    return this.#looking
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    clearTimeout(this.#timer)
    await this.#looking
  }

  #attend(): Disposable {
    this.#watchers += 1
    if (this.#watchers === 1) this.#schedule()
    return {
      [Symbol.dispose]: () => {
        this.#watchers -= 1
        if (this.#watchers === 0) clearTimeout(this.#timer)
      },
    }
  }

  #schedule(): void {
    const { clock, roundMilliseconds = ROUND } = this.#deps
    const wait = Math.max(0, this.#roundEndedAt + roundMilliseconds - clock.elapsed())
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#round(), wait).unref()
  }

  async #round(): Promise<void> {
    try {
      for (const { id } of this.#deps.repositories.list()) await this.look(id)
    } catch (error) {
      // The journal cannot be read just now; the next round may.
      if (!this.#stop.signal.aborted) this.#deps.logger.error('snapshots.round-failed', { error })
    }
    this.#roundEndedAt = this.#deps.clock.elapsed()
    if (this.#watchers > 0 && !this.#stop.signal.aborted) this.#schedule()
  }

  async #lookAt(repositoryId: string): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(PATIENCE)])
    if (signal.aborted) return
    try {
      await this.#learn(repositoryId, signal)
      this.#outOfReach.delete(repositoryId)
    } catch (error) {
      this.#missed(repositoryId, error)
    }
  }

  async #learn(repositoryId: string, signal: AbortSignal): Promise<void> {
    const { repositories } = this.#deps
    const repository = await repositories.open(repositoryId)
    const ids = await snapshotIds(repository, { signal })
    if (ids === undefined) {
      // Not by the reader that people browse with, which takes every question for theirs.
      return repositories.listed(repositoryId, await resticTreeSource(repository).snapshots({ signal }))
    }
    const names = createHash('sha256').update(ids.toSorted().join('\n')).digest('base64')
    if (this.#seen.get(repositoryId) === names) return
    await repositories.snapshots.now(repositoryId, signal)
    this.#seen.set(repositoryId, names)
  }

  /** Said once, not at every look. */
  #missed(repositoryId: string, error: unknown): void {
    if (this.#stop.signal.aborted || this.#outOfReach.has(repositoryId)) return
    this.#outOfReach.add(repositoryId)
    this.#deps.logger.warn('snapshots.out-of-reach', { repositoryId, error })
  }
}
