import { randomUUID } from 'node:crypto'
import { Fault } from '../../contract/errors.ts'
import type { RepositoryAccess, RepositoryView } from '../../contract/shapes/repository.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { openTreeReader, type TreeReader } from '../../engine/repository/tree-reader.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import type { Clock } from '../clock.ts'
import type { ResticTool } from '../host/restic-tool.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { RepositoryRecord } from '../journal/repository-store.ts'
import { AGENT_MARK, RUN_MARK } from '../runs/orphans.ts'
import type { RepositorySecrets } from '../secrets/repository-secrets.ts'
import { nameFromUrl, tidyAccess } from './repository-url.ts'
import { SnapshotLists } from './snapshot-lists.ts'

interface RepositoriesDeps {
  readonly journal: Journal
  readonly secrets: RepositorySecrets
  readonly resticTool: ResticTool
  readonly clock: Clock
  readonly agentId: string
  readonly cacheDirectory: string
}

interface NewRepository {
  readonly id: string
  readonly name: string
  readonly access: RepositoryAccess
  readonly sample: boolean
}

/** The repositories that this host knows, and their secrets. */
export class Repositories {
  readonly #deps: RepositoriesDeps
  readonly #readers = new Map<string, TreeReader>()
  /** What is known of each repository's snapshots. */
  readonly snapshots: SnapshotLists

  constructor(deps: RepositoriesDeps) {
    this.#deps = deps
    const ask = async (repositoryId: string, signal: AbortSignal): Promise<Snapshot[]> =>
      (await this.reader(repositoryId)).snapshots({ signal })
    this.snapshots = new SnapshotLists({ ask, clock: deps.clock })
    // A crash between the two writes of `add` or `remove` leaves secrets that belong to nothing.
    deps.secrets.keepOnly(deps.journal.repositories.list().map(({ id }) => id))
  }

  /** In the order they were added. */
  list(): RepositoryView[] {
    return this.#deps.journal.repositories.list().map((record) => this.#view(record))
  }

  /** Throws `not_found`. */
  get(repositoryId: string): RepositoryView {
    return this.#view(this.#record(repositoryId))
  }

  /** Keep a repository and its secrets. Throws `conflict` (`repository_exists`) and `invalid_input`. */
  add(name: string, access: RepositoryAccess): RepositoryView {
    const tidy = tidyAccess(access)
    return this.keep({ id: randomUUID(), name: name || nameFromUrl(tidy.url), access: tidy, sample: false })
  }

  /** Keep a repository whose access is tidy already. Throws `conflict` (`repository_exists`). */
  keep({ id, name, access, sample }: NewRepository): RepositoryView {
    const { journal, secrets, clock } = this.#deps
    const { url, username, serverPassword, password } = access
    const known = journal.repositories.list().find((one) => one.url === url)
    if (known !== undefined) throw new Fault('conflict', { what: 'repository_exists', detail: known.name })
    secrets.put(id, { serverPassword, password })
    const record = { id, name, url, username, sample, addedAt: clock.now().toISOString() }
    journal.repositories.insert(record)
    return this.#view(record)
  }

  /** Forget a repository and its secrets; what is in it stays. Throws `not_found`. */
  remove(repositoryId: string): void {
    const { journal, secrets } = this.#deps
    this.#record(repositoryId)
    journal.repositories.remove(repositoryId)
    secrets.keepOnly(journal.repositories.list().map(({ id }) => id))
    this.#readers.delete(repositoryId)
    this.snapshots.forget(repositoryId)
  }

  /** The sample, once it has been made. */
  sample(): RepositoryView | undefined {
    return this.list().find(({ sample }) => sample)
  }

  /** A repository as restic opens it, its processes marked with the run they work for. Throws `not_found`, `tool_missing`. */
  async open(repositoryId: string, runId?: string): Promise<ResticRepository> {
    const { url, username } = this.#record(repositoryId)
    const secrets = this.#deps.secrets.get(repositoryId) ?? { serverPassword: '', password: '' }
    return this.openWith({ url, username, ...secrets }, runId)
  }

  /** The same for one that is not kept, or not yet. Throws `tool_missing`. */
  async openWith(access: RepositoryAccess, runId?: string): Promise<ResticRepository> {
    const { resticTool, cacheDirectory, agentId } = this.#deps
    const restic = await resticTool.require()
    const mark = { [AGENT_MARK]: agentId, ...(runId === undefined ? {} : { [RUN_MARK]: runId }) }
    return { restic, access, cacheDirectory, mark }
  }

  /** The reader of a repository's directories: one for all who browse it, because it remembers. Throws as `open` does. */
  async reader(repositoryId: string): Promise<TreeReader> {
    const known = this.#readers.get(repositoryId)
    if (known !== undefined) return known
    const repository = await this.open(repositoryId)
    const reader = this.#readers.get(repositoryId) ?? openTreeReader(repository)
    this.#readers.set(repositoryId, reader)
    return reader
  }

  /** One snapshot. Throws as `SnapshotLists.these` does. */
  async snapshot(repositoryId: string, snapshotId: string, signal: AbortSignal): Promise<Snapshot> {
    const [snapshot] = await this.snapshots.these(repositoryId, new Set([snapshotId]), signal)
    if (snapshot === undefined) throw new Fault('not_found', { what: 'snapshot', id: snapshotId })
    return snapshot
  }

  #record(repositoryId: string): RepositoryRecord {
    const record = this.#deps.journal.repositories.list().find(({ id }) => id === repositoryId)
    if (record === undefined) throw new Fault('not_found', { what: 'repository', id: repositoryId })
    return record
  }

  #view({ username, ...record }: RepositoryRecord): RepositoryView {
    const password = this.#deps.secrets.get(record.id)?.password ?? ''
    return { ...record, username: username === '' ? null : username, hasPassword: password !== '' }
  }
}
