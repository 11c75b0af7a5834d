import type { AgentClient } from '../../../contract/agent/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { type Reason, reasonOf } from '../../../contract/reasons.ts'
import type { AgentIdentity, HostView, Link } from '../../../contract/shapes/host.ts'
import { isEnded, type Run } from '../../../contract/shapes/run.ts'
import { type RunSummary, summariseRun } from '../../../contract/shapes/run-summary.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import type { HostRecord, HostStore } from '../../store/index.ts'
import type { AuditService } from '../audit/index.ts'
import { type ChangeReader, Changes } from '../changes.ts'
import type { KeptListings } from '../kept/index.ts'
import type { Log } from '../log.ts'
import { neverAborted } from '../signals.ts'
import { AgentLink, type LinkSurroundings } from './agent-link.ts'
import { Attendance } from './attendance.ts'
import type { DialDoor } from './dial-door.ts'
import { HostMemory, type KnownHost } from './host-memory.ts'
import { type Host, type HostChanges, type HostName, hostView, identityOf, isOf, nameOf } from './host-view.ts'
import type { RunMirror } from './run-mirror.ts'
import { RunNews } from './run-news.ts'
import { requireSameAgent } from './same-agent.ts'
import { WholeRuns } from './whole-runs.ts'

/** Milliseconds between two events of a watcher: what changes meanwhile is told together. */
const BATCH = 100

interface Deps extends LinkSurroundings {
  readonly store: HostStore
  readonly runs: RunMirror
  readonly audit: AuditService
  readonly log: Log
  readonly kept: KeptListings
  readonly dial: DialDoor
}

/** The hosts, what is known of each, and the way to ask its agent. Nothing here is polled: agents tell. */
export class HostsService implements AsyncDisposable {
  readonly #deps: Deps
  readonly #hosts = new Map<string, Host>()
  readonly #changes = new Changes<string>()
  readonly #attendance: Attendance
  readonly #memory: HostMemory
  readonly #whole: WholeRuns
  #populationChanged = (): void => undefined
  readonly #news: RunNews
  /** Why nobody dials yet; null once they do, undefined while nothing was said. */
  #held: Reason | null | undefined

  constructor(deps: Deps) {
    this.#deps = deps
    this.#whole = new WholeRuns(deps.kept)
    this.#news = new RunNews(deps.clock)
    const { runs, audit, log, kept, store, clock } = deps
    this.#attendance = new Attendance({
      runs,
      audit,
      log,
      clock,
      news: {
        run: (hostId, run) => this.#hear(hostId, run),
        pastRuns: (hostId, runs, through) => this.#catchUp(hostId, runs, through),
        repositories: (hostId, repositories) => {
          this.#news.reached(hostId)
          this.#learn(hostId, { repositories })
        },
        host: (hostId, { lastSnapshots }) => this.#learn(hostId, { lastSnapshots }),
      },
    })
    this.#memory = new HostMemory({
      log,
      kept,
      store,
      tell: (hostId) => {
        const host = this.#hosts.get(hostId)
        return host === undefined ? null : { known: host.known, lastSeenAt: host.link.link.lastSeenAt }
      },
    })
  }

  /** Take up a host, or hosts, that were added now or before. They are dialled once `start` was called. */
  add(...records: readonly HostRecord[]): void {
    const { store, kept } = this.#deps
    store.put(...records)
    for (const record of records) {
      const link = this.#linkTo(record)
      this.#hosts.set(record.id, { record, link, known: null })
      if (this.#held === null) link.start()
      else if (this.#held !== undefined) link.hold(this.#held)
      this.#changes.announce(record.id)
    }
    kept.retainHosts([...this.#hosts.keys()])
    this.#populationChanged()
  }

  /** Call it whenever a host has come or gone. */
  onPopulation(listener: () => void): void {
    this.#populationChanged = listener
  }

  /** Call it with every run that has another state than was known; not with what was so before this console began. */
  onRunNews(listener: (hostId: string, run: RunSummary) => void): void {
    this.#news.listen(listener)
  }

  /** What reaches the hosts is there now. */
  start(): void {
    this.#held = null
    for (const { link } of this.#hosts.values()) link.start()
  }

  /** Say why nobody dials yet. */
  hold(reason: Reason): void {
    this.#held = reason
    for (const { link } of this.#hosts.values()) link.hold(reason)
  }

  /** Call to mind what was kept of hosts that were not reached yet, now that it can be read. */
  async recall(): Promise<void> {
    for (const [hostId, host] of this.#hosts) {
      const found = host.known === null ? await this.#memory.recall(hostId) : null
      // Its agent may have answered meanwhile.
      host.known ??= found
      if (found === null) this.#memory.note(hostId)
      this.#changes.announce(hostId)
    }
  }

  /** The hosts of one workspace. */
  listOf(workspaceId: string): HostView[] {
    return [...this.#hosts.values()].filter(isOf(workspaceId)).map((host) => this.#view(host))
  }

  /** Throws `not_found`. */
  get(hostId: string): HostView {
    return this.#view(this.#find(hostId))
  }

  /** What a host's agent says of itself, or said last; null before it was first reached, and for a host that is not known. */
  identity(hostId: string): AgentIdentity | null {
    const host = this.#hosts.get(hostId)
    return host === undefined ? null : identityOf(host)
  }

  /** The workspace that a host is in; null for a host that is not known. */
  workspaceOf(hostId: string): string | null {
    return this.#hosts.get(hostId)?.record.workspaceId ?? null
  }

  /** The hosts that have, or had when they were last reached, a repository of this id. */
  hostsOfRepository(repositoryId: string): string[] {
    return [...this.#hosts.values()]
      .filter(({ known }) => known?.repositories.some(({ id }) => id === repositoryId) === true)
      .map(({ record }) => record.id)
  }

  /** The hosts of all workspaces. */
  records(): HostRecord[] {
    return [...this.#hosts.values()].map(({ record }) => record)
  }

  /** What the hosts of a workspace and their repositories are called. */
  namesOf(workspaceId: string): HostName[] {
    return [...this.#hosts.values()].filter(isOf(workspaceId)).map(nameOf)
  }

  isConnected(hostId: string): boolean {
    return this.#hosts.get(hostId)?.link.link.state === 'connected'
  }

  /** Ids of hosts of which something changes from now on, of any workspace. */
  changes(): ChangeReader<string> {
    return this.#changes.subscribe()
  }

  /** Every host of a workspace as it is now, then those that have changed since, and those that are gone. */
  async *watch(workspaceId: string, signal: AbortSignal): AsyncGenerator<HostChanges> {
    using changes = this.#changes.subscribe()
    const first = this.listOf(workspaceId)
    const told = new Set(first.map(({ id }) => id))
    yield { hosts: first, gone: [] }
    while (true) {
      const changed = await changes.next(signal)
      const hosts = changed.flatMap((id) => this.#hosts.get(id) ?? []).filter(isOf(workspaceId))
      const gone = changed.filter((id) => !this.#hosts.has(id) && told.delete(id))
      for (const { record } of hosts) told.add(record.id)
      if (hosts.length + gone.length > 0) yield { hosts: hosts.map((host) => this.#view(host)), gone }
      await this.#deps.clock.pause(BATCH, signal)
    }
  }

  /**
   * Ask a host's agent. Throws `not_found` for a host that is not known, and `unreachable` when there is no connection
   * or it ends before the answer; then its cause is ConnectionLost, and what was asked may have been done.
   */
  async ask<T>(hostId: string, question: (agent: AgentClient) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { record, link } = this.#find(hostId)
    const agent = await link.agent(record.name, signal)
    try {
      return await question(agent)
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
      throw new Fault('unreachable', { host: record.name, ...whyLost(link.link) }, { cause: error })
    }
  }

  /** The host's agent, however long it takes until it can be reached. Throws `not_found`, also when it is removed meanwhile. */
  async connected(hostId: string, signal: AbortSignal): Promise<AgentClient> {
    const { link } = this.#find(hostId)
    try {
      return await link.connected(signal)
    } catch (error) {
      this.#find(hostId)
      throw error
    }
  }

  /** Resolves when it is known whether a host can be reached, or when the signal aborts. */
  async settled(hostId: string, signal: AbortSignal): Promise<void> {
    await this.#hosts
      .get(hostId)
      ?.link.settled(signal)
      .catch(() => undefined)
  }

  /** Try to connect now. Throws `not_found`. */
  reach(hostId: string): void {
    this.#find(hostId).link.reach()
  }

  /** Keep what has changed of a host. Throws `not_found`. */
  change(hostId: string, change: Partial<Omit<HostRecord, 'id'>>): HostView {
    const host = this.#find(hostId)
    host.record = { ...host.record, ...change }
    this.#deps.store.put(host.record)
    this.#changes.announce(hostId)
    return this.#view(host)
  }

  /** Forget a host: its link is closed, and what was kept of it is dropped. Throws `not_found`. */
  async remove(hostId: string): Promise<void> {
    const { store, kept, runs } = this.#deps
    const { link } = this.#find(hostId)
    this.#hosts.delete(hostId)
    this.#news.forget(hostId)
    await link[Symbol.asyncDispose]()
    store.remove(hostId)
    runs.forget(hostId)
    kept.retainHosts([...this.#hosts.keys()])
    this.#populationChanged()
    this.#changes.announce(hostId)
  }

  /** Ask again which repositories a host has. Where that fails, the next connection asks anyway. */
  async refreshRepositories(hostId: string): Promise<void> {
    try {
      const repositories = await this.ask(hostId, (agent) => agent.repository.list(undefined), neverAborted())
      this.#learn(hostId, { repositories })
    } catch (error) {
      this.#deps.log.warning('could not ask for the repositories of a host', { hostId, reason: String(error) })
    }
  }

  /** Keep what a host answered of a run. */
  note(hostId: string, run: Run): void {
    this.#hear(hostId, summariseRun(run))
    this.#whole.keep(hostId, run)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#hosts.values()].map(({ link }) => link[Symbol.asyncDispose]()))
    await this.#memory[Symbol.asyncDispose]()
    this.#deps.store.saw(
      [...this.#hosts.values()].map(({ record: { id }, link }) => ({ id, lastSeenAt: link.link.lastSeenAt })),
    )
  }

  #linkTo({ id, lastSeenAt, door }: HostRecord): AgentLink {
    const link = new AgentLink({
      ...this.#deps,
      // Where it is found may change while it is known.
      dial: (signal) => this.#deps.dial(this.#find(id).record.door, signal),
      heartbeat: door.kind !== 'local',
      lastSeenAt,
      attend: (agent, signal) => {
        requireSameAgent(this.#find(id).record.agentId, link.identity)
        return this.#attendance.attend(id, agent, signal)
      },
      changed: ({ state, reason }) => {
        const host = this.#hosts.get(id)?.record.name ?? ''
        this.#deps.log.info('the link to a host changed', { host, state, reason })
        if (state !== 'connected') this.#memory.note(id)
        this.#changes.announce(id)
        this.#deps.runs.sawLink(id)
      },
    })
    return link
  }

  #hear(hostId: string, run: RunSummary): void {
    if (!this.#hosts.has(hostId)) return
    const isNews = this.#deps.runs.put(hostId, run)
    this.#deps.audit.note(hostId, run)
    this.#changes.announce(hostId)
    if (isNews) this.#news.now(hostId, run)
    // A run of this kind makes a repository. Nobody waits: the hosts' watchers are told.
    if (isNews && isEnded(run.state) && run.subject.kind === 'init') void this.refreshRepositories(hostId)
  }

  #catchUp(hostId: string, runs: readonly RunSummary[], through: number): void {
    if (!this.#hosts.has(hostId)) return
    const news = this.#deps.runs.catchUp(hostId, runs, through)
    for (const run of runs) this.#deps.audit.note(hostId, run)
    this.#changes.announce(hostId)
    this.#news.past(hostId, news)
  }

  #learn(hostId: string, news: Partial<Pick<KnownHost, 'repositories' | 'lastSnapshots'>>): void {
    const host = this.#hosts.get(hostId)
    if (host === undefined) return
    const { repositories = [], lastSnapshots = [] } = host.known ?? {}
    host.known = { repositories, lastSnapshots, ...news, agent: host.link.identity }
    const ids = host.known.repositories.map(({ id }) => id)
    if (news.repositories !== undefined) this.#deps.kept.retainRepositories(hostId, ids)
    this.#memory.note(hostId)
    this.#changes.announce(hostId)
  }

  #find(hostId: string): Host {
    const host = this.#hosts.get(hostId)
    if (host === undefined) throw new Fault('not_found', { what: 'host', id: hostId })
    return host
  }

  #view(host: Host): HostView {
    const { runs, audit } = this.#deps
    const { id } = host.record
    return hostView(host, {
      activeRun: runs.active(id, host.link.link.state === 'connected'),
      lastRestore: audit.lastRestore(id),
    })
  }
}

/** Why a question's connection ended: as the link has it, unless another is being made already. */
function whyLost({ reason, why }: Link): Reason {
  return reason === '' ? reasonOf('connection_broke') : { reason, why }
}
