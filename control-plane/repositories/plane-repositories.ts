import type { z } from 'zod'
import type { connectGroupSchema, GroupAccess, ObserveGroup } from '../../contract/control-plane/fleet.ts'
import { badRequest, PlaneProblem, inTheWay } from '../../contract/control-plane/problem.ts'
import { REASONS, reasonOf } from '../../contract/reasons.ts'
import type { Backend } from '../../engine/repository/native/backend.ts'
import { readTogether } from '../../engine/repository/native/read-together.ts'
import { splitRepositoryUrl } from '../../engine/repository/split-url.ts'
import type { GroupRepositories } from '../api/deps.ts'
import type { Group, PlaneStore } from '../store/index.ts'
import type { GroupAccesses } from './group-accesses.ts'
import { GroupReader, type Looked } from './group-reader.ts'
import { Looks } from './looks.ts'
import { machinesIn, noteMachines } from './machines-seen.ts'
import { type Place, placeOf } from './place.ts'
import { isFinal, readingIssues, readingSentence } from './read-fault.ts'

export interface PlaneRepositoriesDeps {
  readonly store: PlaneStore
  readonly accesses: GroupAccesses
  /** restic's own cache is looked at there, and nothing is written. */
  readonly cacheDirectory: string
  readonly now: () => Date
  readonly newId: () => string
  readonly log: (message: string, error: unknown) => void
}

/** Repositories that are looked at together. */
const AT_ONCE = 4

/** The repositories of the groups, as the plane reads them and as consoles saw them. */
export class PlaneRepositories implements GroupRepositories, AsyncDisposable {
  readonly #deps: PlaneRepositoriesDeps
  readonly #readers = new Map<string, GroupReader>()
  readonly #closing = new AbortController()
  readonly #looks = new Looks((groupId) => this.#look(groupId))
  #refreshing: Promise<void> | undefined

  constructor(deps: PlaneRepositoriesDeps) {
    this.#deps = deps
  }

  /** What gives the files of a ready group; undefined where there is none. Throws what opening its access throws. */
  backend(groupId: string): Backend | undefined {
    return this.#deps.store.groups.get(groupId)?.status === 'ready' ? this.#reader(groupId)?.backend : undefined
  }

  async connect(request: ConnectGroup, record: (group: Group) => void): Promise<Group> {
    const { store, accesses } = this.#deps
    if (typeof request.server_group_id === 'string') this.#require(request.server_group_id)
    const { place, reader, looked } = await this.#opening(request.access)
    const group = store.transaction(() => {
      const group = this.#connected(request, place, looked.repositoryId)
      store.groups.put(group)
      accesses.put(group.id, tidied(request.access, place))
      this.#note(group, looked.snapshots)
      record(group)
      return group
    })
    this.#readers.set(group.id, reader)
    return group
  }

  async disconnect(groupId: string, record: (group: Group) => void): Promise<Group> {
    const { store, accesses } = this.#deps
    const group: Group = { ...this.#require(groupId), status: 'provisioning', reason: REASONS.group_disconnected }
    store.transaction(() => {
      store.groups.put(group)
      accesses.remove(groupId)
      store.issuances.revokeOfGroup(groupId, this.#at())
      record(group)
    })
    this.#readers.delete(groupId)
    return group
  }

  async observe(seen: readonly ObserveGroup[]): Promise<readonly Group[]> {
    return this.#deps.store.transaction(() => seen.map((one) => this.#observed(one)))
  }

  refresh(): Promise<void> {
    this.#refreshing ??= this.#lookAtAll().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  look(groupId: string): void {
    if (this.#deps.store.groups.access(groupId) !== undefined) void this.#looks.ask(groupId)
  }

  /** Whatever is being looked at is left, and nothing is written after that. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#looks[Symbol.asyncDispose]()
  }

  async #opening(access: GroupAccess): Promise<Opened> {
    try {
      const place = placeOf(access)
      const reader = new GroupReader(place, this.#deps.cacheDirectory, this.#closing.signal)
      return { place, reader, looked: await reader.look() }
    } catch (error) {
      throw badRequest(readingIssues(error), { cause: error })
    }
  }

  #connected({ server_group_id, name, type_rules }: ConnectGroup, place: Place, repositoryId: string): Group {
    const { store, newId } = this.#deps
    const before = typeof server_group_id === 'string' ? store.groups.get(server_group_id) : undefined
    const taken = [store.groups.byRepository(repositoryId), store.groups.byName(name)]
    const [sameRepository, sameName] = taken.map((other) => (other?.id === before?.id ? undefined : other))
    if (sameRepository) throw inTheWay(reasonOf('repository_of_group', { name: sameRepository.name }))
    if (sameName) throw inTheWay(reasonOf('group_of_name', { name: sameName.name }))
    if (typeof before?.repositoryId === 'string' && before.repositoryId !== repositoryId) {
      throw inTheWay(reasonOf('group_elsewhere', { name: before.name }))
    }
    return {
      id: before?.id ?? newId(),
      name,
      status: 'ready',
      reason: null,
      url: place.access.url,
      ...place.storage,
      repositoryId,
      typeRules: type_rules,
      madeAt: before?.madeAt ?? this.#at(),
      observedAt: this.#at(),
    }
  }

  #observed(seen: ObserveGroup): Group {
    const { store, newId } = this.#deps
    const { repository_id, name, snapshots } = seen
    const bare = seen.url === null ? null : splitRepositoryUrl(seen.url).url
    const known = this.#seenBefore(seen, bare)
    if (known !== undefined && store.groups.access(known.id) !== undefined) {
      // What the plane reads itself it knows better: it looks for what it has not seen yet.
      if (this.#isNews(known, snapshots)) this.look(known.id)
      return known
    }
    const fresh: Group = {
      id: newId(),
      name: this.#freeName(name),
      status: 'provisioning',
      reason: null,
      url: bare,
      storage: 'rest',
      bucket: '',
      prefix: '',
      region: '',
      repositoryId: repository_id,
      typeRules: [],
      madeAt: this.#at(),
      observedAt: null,
    }
    const group: Group = { ...(known ?? fresh), observedAt: this.#at() }
    const isFree = repository_id !== null && store.groups.byRepository(repository_id) === undefined
    const repositoryId = group.repositoryId ?? (isFree ? repository_id : null)
    store.groups.put({ ...group, url: group.url ?? bare, repositoryId })
    this.#note(group, snapshots)
    return this.#require(group.id)
  }

  /** The one that it was told to be, or the one with its id, at its address, or of its name where nothing else is said. */
  #seenBefore({ server_group_id, repository_id, name }: ObserveGroup, url: string | null): Group | undefined {
    const { groups } = this.#deps.store
    const told = typeof server_group_id === 'string' ? groups.get(server_group_id) : undefined
    const same = told ?? (repository_id === null ? undefined : groups.byRepository(repository_id))
    if (same !== undefined) return same
    // Two with different ids are two, wherever they lie.
    const nameless = groups.list().filter((group) => repository_id === null || group.repositoryId === null)
    return nameless.find((group) => (url === null ? group.url === null && group.name === name : group.url === url))
  }

  #freeName(name: string): string {
    const { groups } = this.#deps.store
    for (let number = 1; ; number += 1) {
      const free = number === 1 ? name : `${name} ${number}`
      if (groups.byName(free) === undefined) return free
    }
  }

  async #lookAtAll(): Promise<void> {
    const { groups } = this.#deps.store
    const readable = groups.list().filter(({ id }) => groups.access(id) !== undefined)
    await readTogether(
      readable.map(({ id }) => id),
      AT_ONCE,
      (id) => this.#looks.ask(id),
    )
  }

  #isNews({ id, typeRules }: Group, snapshots: Looked['snapshots']): boolean {
    const known = new Set(this.#deps.store.machines.backupsOf(id).map(({ snapshotId }) => snapshotId))
    const latest = [...machinesIn(snapshots, typeRules).values()].flatMap((types) => [...types.values()])
    return latest.some((snapshot) => !known.has(snapshot.id))
  }

  /** Never rejects: on a disk that is full nothing can be written of it, and the next look finds the same. */
  async #look(groupId: string): Promise<void> {
    let reader: GroupReader | undefined
    try {
      reader = this.#reader(groupId)
      const looked = await reader?.look()
      if (looked !== undefined) this.#found(groupId, reader, looked)
    } catch (error) {
      if (this.#closing.signal.aborted) return
      try {
        this.#missed(groupId, reader, error)
      } catch (unwritten) {
        this.#deps.log('group.unwritten', unwritten)
      }
    }
  }

  #missed(groupId: string, reader: GroupReader | undefined, error: unknown): void {
    const { store, log } = this.#deps
    const group = store.groups.get(groupId)
    // Disconnected, or connected anew, meanwhile.
    if (group === undefined || reader !== this.#readers.get(groupId)) return
    const status = isFinal(error) ? 'provisioning' : group.status
    const reason = readingSentence(error)
    // Said once, and not each minute.
    if (group.status === status && group.reason === reason) return
    log('group.unreadable', error)
    store.groups.put({ ...group, status, reason })
  }

  #found(groupId: string, reader: GroupReader | undefined, { repositoryId, snapshots }: Looked): void {
    const { store } = this.#deps
    store.transaction(() => {
      const group = store.groups.get(groupId)
      if (group === undefined || reader !== this.#readers.get(groupId)) return
      if (group.repositoryId !== null && group.repositoryId !== repositoryId) {
        store.groups.put({ ...group, status: 'provisioning', reason: REASONS.repository_replaced })
        return
      }
      store.groups.put({ ...group, status: 'ready', reason: null, repositoryId, observedAt: this.#at() })
      this.#note(group, snapshots)
    })
  }

  #note({ id, typeRules }: Group, snapshots: Looked['snapshots']): void {
    const { store, newId } = this.#deps
    noteMachines(id, machinesIn(snapshots, typeRules), { store, newId, at: this.#at() })
  }

  #reader(groupId: string): GroupReader | undefined {
    const { accesses, cacheDirectory } = this.#deps
    const known = this.#readers.get(groupId)
    if (known !== undefined) return known
    const access = accesses.get(groupId)
    if (access === undefined) return undefined
    const reader = new GroupReader(placeOf(access), cacheDirectory, this.#closing.signal)
    this.#readers.set(groupId, reader)
    return reader
  }

  #require(groupId: string): Group {
    const group = this.#deps.store.groups.get(groupId)
    if (group === undefined) throw new PlaneProblem('resource-not-found', 'There is no such group.')
    return group
  }

  #at(): string {
    return this.#deps.now().toISOString()
  }
}

type ConnectGroup = z.infer<typeof connectGroupSchema>

/** A repository that could be read with what was given. */
interface Opened {
  readonly place: Place
  readonly reader: GroupReader
  readonly looked: Looked
}

/** With what stood in the address in its own place, where it is known to be a secret. */
function tidied(access: GroupAccess, { access: { url, username, serverPassword } }: Place): GroupAccess {
  return access.s3 ? { ...access, url } : { ...access, url, username, server_password: serverPassword }
}
