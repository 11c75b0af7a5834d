import { z } from 'zod'
import type { AgentClient } from '../../../contract/agent/index.ts'
import { Fault, isFault } from '../../../contract/errors.ts'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import { type AgentIdentity, agentIdentitySchema, type HostView } from '../../../contract/shapes/host.ts'
import { type RepositoryView, repositoryViewSchema } from '../../../contract/shapes/repository.ts'
import { isEnded, type Run } from '../../../contract/shapes/run.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import type { HostRecord, HostStore } from '../../store/index.ts'
import type { AuditService } from '../audit/index.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { KeptListings, KeptName } from '../kept/index.ts'
import type { Log } from '../log.ts'
import { neverAborted } from '../signals.ts'
import { AgentLink, type Dial } from './agent-link.ts'
import type { RunMirror } from './run-mirror.ts'

/** How many of a host's runs are asked for when it is reached again. */
const CAUGHT_UP = 200

interface Deps {
  readonly store: HostStore
  readonly runs: RunMirror
  readonly audit: AuditService
  readonly clock: Clock
  readonly log: Log
  readonly kept: KeptListings
}

interface Host {
  readonly record: HostRecord
  readonly link: AgentLink
  /** As the agent said last, before a restart too; null until that is known. */
  known: KnownHost | null
}

const knownHostSchema = z.object({ agent: agentIdentitySchema.nullable(), repositories: z.array(repositoryViewSchema) })

/** What is shown of a host while its agent is away. */
interface KnownHost {
  readonly agent: AgentIdentity | null
  readonly repositories: readonly RepositoryView[]
}

/** The hosts, what is known of each, and the way to ask its agent. Nothing here is polled: agents tell. */
export class HostsService implements AsyncDisposable {
  readonly #deps: Deps
  readonly #hosts = new Map<string, Host>()
  readonly #changes = new Changes<string>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Take a host up; its link is held until `start`. */
  add(record: HostRecord, dial: Dial): AgentLink {
    const { store, kept } = this.#deps
    store.put(record)
    kept.retainHosts(store.list().map(({ id }) => id))
    const link = new AgentLink({
      dial,
      clock: this.#deps.clock,
      attend: (agent, signal) => this.#attend(record.id, agent, signal),
      changed: ({ state, reason }) => {
        this.#deps.log.info('the link to a host changed', { host: record.name, state, reason })
        this.#changes.announce(record.id)
      },
    })
    this.#hosts.set(record.id, { record, link, known: null })
    this.#changes.announce(record.id)
    return link
  }

  /** Call to mind what was kept of hosts that were not reached yet, now that it can be read. */
  async recall(): Promise<void> {
    const { kept } = this.#deps
    for (const [hostId, host] of this.#hosts) {
      const found = host.known === null ? await kept.read(nameOf(hostId), knownHostSchema) : null
      // Its agent may have answered meanwhile.
      host.known ??= found?.value ?? null
      if (found === null && host.known !== null) kept.keep(nameOf(hostId), host.known)
      this.#changes.announce(hostId)
    }
  }

  list(): HostView[] {
    return [...this.#hosts.values()].map((host) => this.#view(host))
  }

  /** Throws `not_found`. */
  get(hostId: string): HostView {
    return this.#view(this.#find(hostId))
  }

  isConnected(hostId: string): boolean {
    return this.#hosts.get(hostId)?.link.link.state === 'connected'
  }

  /** Every host as it is now, then each whenever something of it changes. */
  async *watch(signal: AbortSignal): AsyncGenerator<HostView> {
    using changes = this.#changes.subscribe()
    yield* this.list()
    while (true) {
      for (const hostId of await changes.next(signal)) {
        const host = this.#hosts.get(hostId)
        if (host !== undefined) yield this.#view(host)
      }
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
      throw new Fault('unreachable', { host: record.name, reason: error.message }, { cause: error })
    }
  }

  /** The host's agent, however long it takes until it can be reached. Throws `not_found`. */
  connected(hostId: string, signal: AbortSignal): Promise<AgentClient> {
    return this.#find(hostId).link.connected(signal)
  }

  /** Ask again which repositories a host has. Where that fails, the next connection asks anyway. */
  async refreshRepositories(hostId: string): Promise<void> {
    try {
      const list = await this.ask(hostId, (agent) => agent.repository.list(undefined), neverAborted())
      this.#keepRepositories(hostId, list)
    } catch (error) {
      this.#deps.log.warning('could not ask for the repositories of a host', { hostId, reason: String(error) })
    }
  }

  /** Keep news of a run, whoever brought it. */
  note(hostId: string, run: Run): void {
    const isNews = this.#keepRun(hostId, run)
    // A run of this kind makes a repository. Nobody waits: the hosts' watchers are told.
    if (isNews && isEnded(run.state) && run.subject.kind === 'init') void this.refreshRepositories(hostId)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#hosts.values()].map(({ link }) => link[Symbol.asyncDispose]()))
  }

  /** Listen to the agent's runs first, then catch up with what happened before: nothing falls between. */
  async #attend(hostId: string, agent: AgentClient, signal: AbortSignal): Promise<void> {
    const news = await agent.run.watch(undefined, { signal })
    const listen = async (): Promise<void> => {
      for await (const run of news) this.note(hostId, run)
    }
    listen().catch((error: unknown) => {
      // The link ends with its stream, and says why; only a stream that fails by itself is worth a line.
      if (!signal.aborted) this.#deps.log.warning('a host no longer tells of its runs', { reason: String(error) })
    })
    const [runs, repositories] = await Promise.all([
      agent.run.list({ limit: CAUGHT_UP }, { signal }),
      agent.repository.list(undefined, { signal }),
    ])
    for (const run of runs.toReversed()) this.#keepRun(hostId, run)
    await this.#catchUp(hostId, agent, signal)
    this.#keepRepositories(hostId, repositories)
  }

  /** Ask for the runs and audit entries that were open when the agent was last heard of. */
  async #catchUp(hostId: string, agent: AgentClient, signal: AbortSignal): Promise<void> {
    const { runs, audit } = this.#deps
    const get = async (runId: string): Promise<Run | null> => {
      try {
        return await agent.run.get({ runId }, { signal })
      } catch (error) {
        if (isFault(error, 'not_found')) return null
        throw error
      }
    }
    for (const open of runs.unended(hostId)) {
      const run = await get(open.id)
      this.#keepRun(hostId, run ?? { ...open, state: 'unknown' })
    }
    const known = runs.recent(hostId, CAUGHT_UP, () => true)
    await audit.settle(hostId, async ({ runId, requestKey }: AuditEntry) => {
      const match = known.find(({ run }) => run.requestKey === requestKey)
      return match?.run ?? (runId === null ? null : get(runId))
    })
  }

  #keepRun(hostId: string, run: Run): boolean {
    const isNews = this.#deps.runs.put(hostId, run)
    this.#deps.audit.note(hostId, run)
    this.#changes.announce(hostId)
    return isNews
  }

  #keepRepositories(hostId: string, repositories: readonly RepositoryView[]): void {
    const host = this.#find(hostId)
    host.known = { agent: host.link.identity, repositories }
    this.#deps.kept.retainRepositories(
      hostId,
      repositories.map(({ id }) => id),
    )
    this.#deps.kept.keep(nameOf(hostId), host.known)
    this.#changes.announce(hostId)
  }

  #find(hostId: string): Host {
    const host = this.#hosts.get(hostId)
    if (host === undefined) throw new Fault('not_found', { what: 'host', id: hostId })
    return host
  }

  #view({ record, link, known }: Host): HostView {
    const { id, name, local } = record
    return {
      id,
      name,
      local,
      link: link.link,
      agent: link.identity ?? known?.agent ?? null,
      repositories: [...(known?.repositories ?? [])],
      activeRun: this.#deps.runs.active(id, link.link.state === 'connected'),
      lastRestore: this.#deps.audit.lastRestore(id),
    }
  }
}

function nameOf(hostId: string): KeptName {
  return { hostId, repositoryId: null, what: ['host'] }
}
