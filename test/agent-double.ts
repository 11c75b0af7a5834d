import { randomUUID } from 'node:crypto'
import { withEventMeta } from '@orpc/server'
import { Fault } from '../contract/errors.ts'
import { permissionSchema, type Role } from '../contract/procedure.ts'
import { AGENT_PROTOCOL, type HostNews } from '../contract/shapes/host.ts'
import type { RepositoryView } from '../contract/shapes/repository.ts'
import { isEnded, NO_COUNTS, type Run, type RunEvent } from '../contract/shapes/run.ts'
import { type RunChanges, type RunSummary, summariseRun } from '../contract/shapes/run-summary.ts'
import { memoryPorts } from '../contract/wire/memory-port.ts'
import type { Port } from '../contract/wire/port.ts'
import { servePort } from '../contract/wire/serve-port.ts'
import { WireHandler } from '../contract/wire/server-codec.ts'
import { ContentsDouble, implementAgent } from './contents-double.ts'
import { restoresDouble } from './restores-double.ts'

const NOW = '2026-11-21T02:00:00.000Z'
/** The hash of an audit in which nothing stands. */
const NOTHING = '0'.repeat(64)

/**
 * A second implementation of the agent's contract, in memory: what it did is there to be looked at, and its
 * connections can be cut. It keeps the rules that the console relies on: one run at a time, one run per request key.
 */
export class AgentDouble {
  readonly runs = new Map<string, Run>()
  readonly events = new Map<string, RunEvent[]>()
  readonly repositories: RepositoryView[] = []
  /** What is in its repositories: the same in each. */
  readonly contents = new ContentsDouble()
  /** The calls that reached it, in order. */
  readonly calls: string[] = []
  /** What its watchers are told of the host, and told again by `tell`. */
  news: HostNews = { lastSnapshots: [] }
  agentId: string = randomUUID()
  /** What its host lets the console do. */
  grantedRole: Role = 'admin'
  /** Nothing that comes is answered any more, and nobody is told so. */
  isSilent = false
  /** What its clock says; null for an agent that does not tell. */
  clock: Date | null = null
  /** By call (`tree.list`): what is thrown instead of an answer. */
  readonly refusals = new Map<string, Fault>()
  /** Done before a start is answered; throws to refuse, or cuts the connection. */
  beforeStart: () => Promise<void> = async () => undefined
  /** Cut after the run was made, before the answer. */
  cutAfterStart = false
  readonly #listeners = new Set<() => void>()
  /** By run, the number of its last change, in the order of the changes. */
  readonly #changed = new Map<string, number>()
  #lastChange = 0
  readonly #ports = new Set<Port>()
  readonly #handler = new WireHandler<Record<never, never>>(this.#router(), (error) => {
    this.calls.push(`bug: ${String(error)}`)
    return 'reference'
  })

  dial = async (): Promise<Port> => {
    const [ours, theirs] = memoryPorts()
    this.serve(theirs)
    return ours
  }

  /** Answer on a port of somebody else's making. */
  serve(port: Port): void {
    this.#ports.add(port)
    port.onClose(() => this.#ports.delete(port))
    const heard: Port = {
      ...port,
      send: (frame) => {
        if (!this.isSilent) port.send(frame)
      },
    }
    servePort(heard, this.#handler, {})
  }

  /** End every connection, as a crash would. */
  cut(reason: string): void {
    for (const port of this.#ports) port.close(reason)
  }

  addRepository(name: string): RepositoryView {
    const view = { name, id: randomUUID(), url: `/srv/${name}`, username: null, hasPassword: true, sample: false }
    const added = { ...view, backup: null, openedBefore: false, addedAt: NOW }
    this.repositories.push(added)
    return added
  }

  log(runId: string, text: string): void {
    const events = this.events.get(runId) ?? []
    events.push({ type: 'log', sequence: events.length + 1, at: NOW, level: 'info', text })
    this.tell()
  }

  change(runId: string, change: Partial<Run>): void {
    const before = this.runs.get(runId)
    if (before === undefined) throw new Error('no such run')
    const run = { ...before, ...change }
    this.#set(run)
    const events = this.events.get(runId) ?? []
    events.push({ type: 'state', sequence: events.length + 1, at: NOW, run })
    this.tell()
  }

  /** Tell everybody who watches. */
  tell(): void {
    for (const listener of this.#listeners) listener()
  }

  async #nextChange(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const stop = (): void => reject(signal?.reason)
    signal?.addEventListener('abort', stop, { once: true })
    this.#listeners.add(resolve)
    try {
      await promise
    } finally {
      this.#listeners.delete(resolve)
      signal?.removeEventListener('abort', stop)
    }
  }

  async #start(requestKey: string, subject: Run['subject'], repositoryId: string): Promise<Run> {
    await this.beforeStart()
    const known = [...this.runs.values()].find((run) => run.requestKey === requestKey)
    if (known !== undefined) return known
    const busy = [...this.runs.values()].find(({ state }) => !isEnded(state))
    if (busy !== undefined) throw new Fault('host_busy', { runId: busy.id, kind: busy.subject.kind, startedAt: NOW })
    const run: Run = {
      id: randomUUID(),
      state: 'running',
      requestKey,
      repositoryId,
      subject,
      startedBy: 'someone@here',
      queuedAt: new Date().toISOString(),
      startedAt: NOW,
      endedAt: null,
      progress: null,
      counts: NO_COUNTS,
      fault: null,
      remark: '',
    }
    this.#set(run)
    this.events.set(run.id, [{ type: 'state', sequence: 1, at: NOW, run }])
    this.tell()
    if (this.cutAfterStart) this.cut('cut before the answer')
    return run
  }

  #run(runId: string): Run {
    const run = this.runs.get(runId)
    if (run === undefined) throw new Fault('not_found', { what: 'run', id: runId })
    return run
  }

  #router() {
    const os = implementAgent.use(({ path, next }) => {
      this.calls.push(path.join('.'))
      const refusal = this.refusals.get(path.join('.'))
      if (refusal !== undefined) throw refusal
      return next()
    })
    return os.router({
      host: {
        hello: os.host.hello.handler(() => ({
          ...(this.clock === null ? {} : { time: this.clock.toISOString() }),
          protocol: AGENT_PROTOCOL,
          agentVersion: '0.1.0',
          hostname: 'here',
          platform: 'linux',
          architecture: 'x64',
          username: 'someone',
          privileged: false,
          restic: { version: '0.18.0', path: '/usr/bin/restic' },
          resticFound: null,
          stagingRoot: '/var/restic-restore',
          agentId: this.agentId,
          granted: { role: this.grantedRole, permissions: permissionSchema.options, workspace: null },
        })),
        watch: os.host.watch.handler(({ signal }) => this.#watchHost(signal)),
        ping: os.host.ping.handler(() => ({})),
      },
      repository: {
        list: os.repository.list.handler(() => this.repositories),
        test: os.repository.test.handler(({ input }) => {
          if (input.password === 'wrong') throw new Fault('wrong_password', {})
          return { snapshots: 3, lockedBy: null }
        }),
        add: os.repository.add.handler(({ input }) => this.addRepository(input.name)),
        remove: os.repository.remove.handler(({ input }) => {
          const at = this.repositories.findIndex(({ id }) => id === input.repositoryId)
          if (at < 0) throw new Fault('not_found', { what: 'repository', id: input.repositoryId })
          this.repositories.splice(at, 1)
          return {}
        }),
        change: os.repository.change.handler(({ input: { repositoryId, name } }) =>
          this.#change(repositoryId, name === null ? {} : { name }),
        ),
        setBackup: os.repository.setBackup.handler(({ input: { repositoryId, backup } }) =>
          this.#change(repositoryId, { backup }),
        ),
        backUp: os.repository.backUp.handler(({ input: { repositoryId, requestKey } }) => {
          const backup = this.repositories.find(({ id }) => id === repositoryId)?.backup ?? null
          if (backup === null) throw new Fault('conflict', { what: 'nothing_to_back_up', detail: repositoryId })
          return this.#start(requestKey, { kind: 'backup', ...backup, snapshotId: null }, repositoryId)
        }),
        initialise: os.repository.initialise.handler(({ input }) =>
          this.#start(input.requestKey, { kind: 'init', sample: false }, input.repositoryId),
        ),
        createSample: os.repository.createSample.handler(({ input }) =>
          this.#start(input.requestKey, { kind: 'init', sample: true }, 'sample'),
        ),
      },
      ...this.contents.handlers(os),
      restore: restoresDouble(os, {
        hostname: 'here',
        run: (runId) => this.#run(runId),
        start: (requestKey, subject, repositoryId) => this.#start(requestKey, subject, repositoryId),
      }),
      run: {
        list: os.run.list.handler(({ input: { before, limit } }) => {
          const runs = [...this.runs.values()].toReversed()
          const from = before === null ? 0 : runs.findIndex(({ id }) => id === before) + 1
          return runs.slice(from, from + limit).map(summariseRun)
        }),
        changes: os.run.changes.handler(({ input }) => this.#changes(input.since, input.limit)),
        get: os.run.get.handler(({ input }) => this.#run(input.runId)),
        byKey: os.run.byKey.handler(({ input }) => ({
          run: [...this.runs.values()].find(({ requestKey }) => requestKey === input.requestKey) ?? null,
        })),
        follow: os.run.follow.handler(({ input, lastEventId, signal }) =>
          this.#follow(input.runId, Number(lastEventId ?? 0), signal),
        ),
        ledger: os.run.ledger.handler(({ input }) => ({
          offset: input.offset,
          total: 0,
          items: { path: [], type: [], action: [], size: [], reason: [] },
        })),
        cancel: os.run.cancel.handler(({ input }) => {
          // What is to end between two parts ends when a test says so.
          if (input.when === 'now' && !isEnded(this.#run(input.runId).state))
            this.change(input.runId, { state: 'cancelled', endedAt: NOW })
          return this.#run(input.runId)
        }),
        watch: os.run.watch.handler(({ signal }) => this.#watch(signal)),
      },
      audit: {
        list: os.audit.list.handler(() => ({ entries: [], chainIntact: true })),
        verify: os.audit.verify.handler(({ input }) => {
          const anchorHolds = input.anchor === null ? null : input.anchor.sequence === 0
          return { whole: 0, hash: NOTHING, lastAt: null, anchorHolds, broken: null }
        }),
        anchor: os.audit.anchor.handler(() => ({
          sequence: 0,
          hash: NOTHING,
          at: NOW,
          agentId: this.agentId,
          hostname: 'double',
        })),
      },
    })
  }

  #change(repositoryId: string, change: Partial<RepositoryView>): RepositoryView {
    const at = this.repositories.findIndex(({ id }) => id === repositoryId)
    const before = this.repositories[at]
    if (before === undefined) throw new Fault('not_found', { what: 'repository', id: repositoryId })
    const changed = { ...before, ...change }
    this.repositories.splice(at, 1, changed)
    return changed
  }

  async *#watchHost(signal: AbortSignal | undefined): AsyncGenerator<HostNews> {
    for (let told: HostNews | undefined; ; await this.#nextChange(signal)) {
      if (told !== this.news) yield this.news
      told = this.news
    }
  }

  #changes(since: number, limit: number): RunChanges {
    const changed = [...this.#changed].filter(([, change]) => change > since).slice(0, limit)
    return {
      runs: changed.map(([runId]) => summariseRun(this.#run(runId))),
      through: changed.at(-1)?.[1] ?? since,
      last: this.#lastChange,
    }
  }

  /** A run is as it is now from this moment. */
  #set(run: Run): void {
    this.runs.set(run.id, run)
    this.#lastChange += 1
    // Set anew it stands at the end.
    this.#changed.delete(run.id)
    this.#changed.set(run.id, this.#lastChange)
  }

  async *#watch(signal: AbortSignal | undefined): AsyncGenerator<RunSummary> {
    const told = new Map<string, Run>()
    while (true) {
      for (const run of this.runs.values()) {
        if (told.get(run.id) === run) continue
        told.set(run.id, run)
        yield summariseRun(run)
      }
      await this.#nextChange(signal)
    }
  }

  async *#follow(runId: string, last: number, signal: AbortSignal | undefined): AsyncGenerator<RunEvent> {
    this.#run(runId)
    for (let seen = last; ; ) {
      const event = this.events.get(runId)?.[seen]
      if (event !== undefined) {
        seen = event.sequence
        yield withEventMeta({ ...event }, { id: String(seen) })
      } else if (isEnded(this.#run(runId).state)) return
      else await this.#nextChange(signal)
    }
  }
}
