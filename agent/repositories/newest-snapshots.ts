import { type HostNews, hostNewsSchema } from '../../contract/shapes/host.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { ChangeFeed } from '../change-feed.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/open-journal.ts'

const SETTING = 'newest-snapshots'

type Newest = HostNews['lastSnapshots'][number]

/**
 * The newest snapshot of each repository, as it was last listed. It is kept: an agent that starts while a repository is
 * out of reach still tells what was there, and when that was seen.
 */
export class NewestSnapshots {
  readonly #journal: Journal
  readonly #clock: Clock
  readonly #known: Map<string, Newest>
  /** Announces repositories of which something else is known than before. */
  readonly feed = new ChangeFeed()

  constructor({ journal, clock }: { readonly journal: Journal; readonly clock: Clock }) {
    this.#journal = journal
    this.#clock = clock
    const kept = hostNewsSchema.shape.lastSnapshots.parse(JSON.parse(journal.settings.get(SETTING) ?? '[]'))
    this.#known = new Map(kept.map((one) => [one.repositoryId, one]))
  }

  list(): Newest[] {
    return [...this.#known.values()]
  }

  /** All snapshots of a repository, newest first, as they are now. */
  learn(repositoryId: string, [newest]: readonly Snapshot[]): void {
    if (newest === undefined) return this.forget(repositoryId)
    if (this.#known.get(repositoryId)?.snapshotId === newest.id) return
    const at = this.#clock.now().toISOString()
    this.#known.set(repositoryId, { repositoryId, snapshotId: newest.id, time: newest.time, at })
    this.#changed(repositoryId)
  }

  forget(repositoryId: string): void {
    if (this.#known.delete(repositoryId)) this.#changed(repositoryId)
  }

  #changed(repositoryId: string): void {
    this.#journal.settings.put(SETTING, JSON.stringify(this.list()))
    this.feed.announce(repositoryId)
  }
}
