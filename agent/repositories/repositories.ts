import { randomUUID } from 'node:crypto'
import { Fault, isFault } from '../../contract/errors.ts'
import type {
  BackupSet,
  RepositoryAccess,
  RepositoryChange,
  RepositoryProbe,
  RepositoryView,
} from '../../contract/shapes/repository.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { probeRepository } from '../../engine/repository/probe.ts'
import { openTreeReader, type TreeReader } from '../../engine/repository/tree-reader.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import type { Restic } from '../../engine/restic/restic.ts'
import type { Clock } from '../clock.ts'
import type { ResticTool } from '../../engine/restic/restic-tool.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { RepositoryRecord } from '../journal/repository-store.ts'
import { AGENT_MARK, RUN_MARK } from '../runs/orphans.ts'
import type { AsUnit } from '../sandbox/transient-unit.ts'
import type { RepositorySecrets } from '../secrets/repository-secrets.ts'
import { NewestSnapshots } from './newest-snapshots.ts'
import { nameFromUrl, tidyAccess } from '../../engine/repository/tidy-access.ts'
import { SnapshotLists } from './snapshot-lists.ts'
import { openForWriting, type Writing, type Written } from './writing.ts'

interface RepositoriesDeps {
  readonly journal: Journal
  readonly secrets: RepositorySecrets
  readonly resticTool: ResticTool
  readonly clock: Clock
  readonly agentId: string
  readonly cacheDirectory: string
  /** How one comes to a unit that may write where the agent may not; null where the agent is not confined. */
  readonly asUnit: AsUnit | null
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
  /** URLs that were opened before they were kept: they are tried first, and added then. */
  readonly #proven = new Set<string>()
  /** What is known of each repository's snapshots. */
  readonly snapshots: SnapshotLists
  readonly newest: NewestSnapshots

  constructor(deps: RepositoriesDeps) {
    this.#deps = deps
    const ask = async (repositoryId: string, signal: AbortSignal): Promise<Snapshot[]> =>
      (await this.reader(repositoryId)).snapshots({ signal })
    this.newest = new NewestSnapshots(deps)
    this.snapshots = new SnapshotLists({ ask, clock: deps.clock, onListed: (...listed) => this.listed(...listed) })
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

  /** Try to open a repository that need not be kept. Throws what `probeRepository` throws. */
  async probe(access: RepositoryAccess, signal: AbortSignal): Promise<RepositoryProbe> {
    const tidy = tidyAccess(access)
    const found = await probeRepository(await this.openWith(tidy), { signal })
    const kept = this.#deps.journal.repositories.list().find(({ url }) => url === tidy.url)
    if (kept === undefined) this.#proven.add(tidy.url)
    else this.opened(kept.id)
    return found
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
    const openedBefore = sample || this.#proven.delete(url)
    const addedAt = clock.now().toISOString()
    journal.repositories.put({ id, name, url, username, sample, addedAt, backup: null, openedBefore })
    return this.get(id)
  }

  /**
   * Change a repository's name and credentials, what is null aside. Credentials are tried first; where no repository was
   * ever opened and none is there, it is enough that the server takes them. Whoever opens it next does so with the new
   * ones. Throws `not_found` and what `probeRepository` throws.
   */
  async change({ repositoryId, ...changes }: RepositoryChange, signal: AbortSignal): Promise<RepositoryView> {
    const { journal, secrets } = this.#deps
    const isCredential = [changes.username, changes.serverPassword, changes.password].some((one) => one !== null)
    if (isCredential) await this.#try(repositoryId, changes, signal)
    const record = this.#record(repositoryId)
    const { username, serverPassword, password } = changed(this.#access(record), changes)
    journal.transaction(() => {
      journal.repositories.put({ ...record, username, name: changes.name ?? record.name })
      secrets.put(repositoryId, { serverPassword, password })
    })
    if (isCredential) this.#forget(repositoryId)
    return this.get(repositoryId)
  }

  /** Say what a backup of it takes. Throws `not_found`. */
  setBackup(repositoryId: string, backup: BackupSet): RepositoryView {
    this.#deps.journal.repositories.put({ ...this.#record(repositoryId), backup })
    return this.get(repositoryId)
  }

  /** It could be opened; that it could stays known. */
  opened(repositoryId: string): void {
    this.#deps.journal.repositories.opened(repositoryId)
  }

  /** It was made, and may have another key than the one before: what was known of that is forgotten. */
  created(repositoryId: string): void {
    this.opened(repositoryId)
    this.#forget(repositoryId)
    this.newest.forget(repositoryId)
  }

  /** All snapshots that are there now, newest first. One that was forgotten meanwhile stays forgotten. */
  listed(repositoryId: string, snapshots: readonly Snapshot[]): void {
    if (!this.#isKnown(repositoryId)) return
    this.opened(repositoryId)
    this.newest.learn(repositoryId, snapshots)
  }

  /** Forget a repository and its secrets; what is in it stays. Throws `not_found`. */
  remove(repositoryId: string): void {
    const { journal, secrets } = this.#deps
    this.#record(repositoryId)
    journal.repositories.remove(repositoryId)
    secrets.keepOnly(journal.repositories.list().map(({ id }) => id))
    this.#forget(repositoryId)
    this.newest.forget(repositoryId)
  }

  /** The sample, once it has been made. */
  sample(): RepositoryView | undefined {
    return this.list().find(({ sample }) => sample)
  }

  /** A repository as restic opens it, its processes marked with the run they work for. Throws `not_found`, `tool_missing`. */
  async open(repositoryId: string, runId?: string): Promise<ResticRepository> {
    this.#record(repositoryId)
    const restic = await this.#deps.resticTool.require()
    return this.#openedBy(restic, this.#access(this.#record(repositoryId)), runId)
  }

  /** One for a run that writes to it; to be disposed of when it has. Throws what `openForWriting` throws, too. */
  async openToWrite(
    repositoryId: string,
    how: { readonly runId: string; readonly written: Written },
  ): Promise<Writing> {
    return await openForWriting(this.#deps.asUnit, await this.open(repositoryId, how.runId), how)
  }

  /** As `open`, for one that is not kept, or not yet. Throws `tool_missing`. */
  async openWith(access: RepositoryAccess, runId?: string): Promise<ResticRepository> {
    return this.#openedBy(await this.#deps.resticTool.require(), access, runId)
  }

  /** The reader of a repository's directories: one for all who browse it, because it remembers. Throws as `open` does. */
  async reader(repositoryId: string): Promise<TreeReader> {
    const known = this.#readers.get(repositoryId)
    if (known !== undefined) return known
    this.#record(repositoryId)
    const restic = await this.#deps.resticTool.require()
    // From here to the end nothing else happens: credentials that change meanwhile would stay in a reader of the old ones.
    const repository = this.#openedBy(restic, this.#access(this.#record(repositoryId)))
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

  async #try(repositoryId: string, changes: Credentials, signal: AbortSignal): Promise<void> {
    const record = this.#record(repositoryId)
    try {
      await probeRepository(await this.openWith(changed(this.#access(record), changes)), { signal })
    } catch (error) {
      if (record.openedBefore || !isFault(error, 'repository_not_initialised')) throw error
      return
    }
    this.opened(repositoryId)
  }

  /** What was read of it, and the keys that it was read with. */
  #forget(repositoryId: string): void {
    this.#readers.delete(repositoryId)
    this.snapshots.forget(repositoryId)
  }

  #openedBy(restic: Restic, access: RepositoryAccess, runId?: string): ResticRepository {
    const { cacheDirectory, agentId } = this.#deps
    const mark = { [AGENT_MARK]: agentId, ...(runId === undefined ? {} : { [RUN_MARK]: runId }) }
    return { restic, access, cacheDirectory, mark }
  }

  #access({ id, url, username }: RepositoryRecord): RepositoryAccess {
    return { url, username, ...(this.#deps.secrets.get(id) ?? { serverPassword: '', password: '' }) }
  }

  #isKnown(repositoryId: string): boolean {
    return this.#deps.journal.repositories.list().some(({ id }) => id === repositoryId)
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

type Credentials = Pick<RepositoryChange, 'username' | 'serverPassword' | 'password'>

function changed(access: RepositoryAccess, { username, serverPassword, password }: Credentials): RepositoryAccess {
  return {
    url: access.url,
    username: username ?? access.username,
    serverPassword: serverPassword ?? access.serverPassword,
    password: password ?? access.password,
  }
}
