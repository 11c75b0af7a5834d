import { randomUUID } from 'node:crypto'
import { Fault, isFault } from '../../../contract/errors.ts'
import { type AuditEntry, NO_HOST } from '../../../contract/shapes/audit.ts'
import type { AgentIdentity } from '../../../contract/shapes/host.ts'
import { isEnded, type Run } from '../../../contract/shapes/run.ts'
import { type RunSummary, summariseRun } from '../../../contract/shapes/run-summary.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import { type AuditStore, FIRST_WORKSPACE } from '../../store/index.ts'
import { type ChangeReader, Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { AnswerLost } from './answer-lost.ts'

/** What is to be done, as its audit entry will say it. */
export interface Dispatch {
  /** The id of its entry, where somebody has to know it before; any new one otherwise. */
  readonly entryId?: string
  readonly action: AuditEntry['action']
  readonly origin: string
  /** Left out for what this console does by itself. */
  readonly hostId?: string
  /** The host's own, where it is not given: a host that is only being added is in none yet. */
  readonly workspaceId?: string
  readonly summary: string
  readonly repositoryId?: string
  readonly runId?: string
  readonly requestKey?: string
  readonly snapshotId?: string
  readonly planHash?: string | null
  /** Why, where somebody was asked. */
  readonly reason?: string
}

export type StartDispatch = Dispatch & { readonly hostId: string; readonly requestKey: string }

/** What was done, or asked and not done, in one moment. */
export type Deed = Dispatch & { readonly outcome: 'done' | 'refused' | 'failed' }

type RestoreSubject = Extract<RunSummary['subject'], { kind: 'restore' }>

/** What an entry may say of how much there was. */
type Counted = Partial<Pick<AuditEntry, 'files' | 'bytes'>>

export interface AuditQuery {
  readonly workspaceId: string
  readonly hostId: string | null
  readonly limit: number
}

interface Deps {
  readonly store: AuditStore
  readonly clock: Clock
  /** `user@machine`. */
  readonly actor: string
  /** What the agent of a host says of itself; null while that is not known. */
  readonly identity: (hostId: string) => AgentIdentity | null
  /** The workspace that a host is in; null for a host that is not known. */
  readonly workspaceOf: (hostId: string) => string | null
}

/** What is added to an entry of which was seen later what became of it. */
const SEEN_LATER = { done: ' (seen later: it was done)', failed: ' (seen later: it was not done)' } as const

/** What is added to an entry of which no run was found. */
const NEVER_THERE = ' (it never reached the host)'

/** Keeps the rule that nothing is asked of a host before it is written down, and completes what was written. */
export class AuditService {
  readonly #store: AuditStore
  readonly #clock: Clock
  readonly #identity: Deps['identity']
  readonly #workspaceOf: Deps['workspaceOf']
  readonly #changes = new Changes<string>()
  readonly #underWay = new Set<string>()
  readonly actor: string

  constructor({ store, clock, actor, identity, workspaceOf }: Deps) {
    this.#store = store
    this.#clock = clock
    this.#identity = identity
    this.#workspaceOf = workspaceOf
    this.actor = actor
  }

  recent(query: AuditQuery): AuditEntry[] {
    return this.#store.recent(query)
  }

  /** The newest restore that was carried out on a host, or is under way. */
  lastRestore(hostId: string): AuditEntry | null {
    return this.#store.lastRestore(hostId)
  }

  /** Which hosts something was asked of, or of whom an answer came, from now on. */
  subscribe(): ChangeReader<string> {
    return this.#changes.subscribe()
  }

  /** The query's list, now and again whenever it has changed. */
  async *watch(query: AuditQuery, signal: AbortSignal): AsyncGenerator<AuditEntry[]> {
    using changes = this.#changes.subscribe()
    yield this.recent(query)
    while (true) {
      const hosts = await changes.next(signal)
      if (query.hostId === null || hosts.includes(query.hostId)) yield this.recent(query)
    }
  }

  /**
   * Carry out something that starts a run, written down before. The same request key adds no second entry. What the
   * host refuses is recorded so; a connection lost on the way leaves the entry pending until the agent can be asked.
   */
  async start(dispatch: StartDispatch, carryOut: () => Promise<Run>): Promise<Run> {
    const known = this.#store.byRequest(dispatch.hostId, dispatch.requestKey)
    const entry = known ?? this.#append(dispatch)
    const run = known === null ? await this.#carryOut(entry, carryOut) : await carryOut()
    this.#completeWith(entry, summariseRun(run))
    return run
  }

  /** Carry out something that is over when it answers, written down before; `count` says how much it came to. */
  async perform<T>(dispatch: Dispatch, carryOut: () => Promise<T>, count?: (result: T) => Counted): Promise<T> {
    const entry = this.#append(dispatch)
    const result = await this.#carryOut(entry, carryOut)
    this.#update({ ...entry, ...count?.(result), outcome: 'done', endedAt: this.#now() })
    return result
  }

  /** Write down what was done in one moment, or refused: without a host, an act of this console's own. */
  record({ outcome, ...deed }: Deed): void {
    const entry = this.#entryOf(deed)
    this.#store.append(entry, this.#workspaceIdOf(deed), { ...entry, outcome, endedAt: this.#now() })
    this.#changes.announce(entry.hostId)
  }

  /** Close what an earlier life of this console had begun by itself. */
  settleOwn(): void {
    for (const entry of this.#store.pending(NO_HOST)) {
      this.#update({ ...entry, outcome: 'interrupted', endedAt: this.#now() })
    }
  }

  /** What became of something whose answer was lost: a new link of the chain, which refers to the entry that it closes. */
  settleLost(entryId: string, found: 'done' | 'failed'): void {
    const entry = this.#store.byId(entryId)
    if (entry === null || entry.outcome !== 'unknown') return
    this.#update({ ...entry, outcome: found, summary: `${entry.summary}${SEEN_LATER[found]}`, endedAt: this.#now() })
  }

  /** Something that was asked and never carried out; `why` in a word. */
  refused(dispatch: Dispatch, why: string): void {
    this.#refuse(this.#append(dispatch), why)
  }

  /**
   * News of a run: completes the entries of the starts that came to it. One that was given up as refused did reach the
   * host after all, where nothing else was asked with its key.
   */
  note(hostId: string, run: RunSummary): void {
    const starts = this.#store.startsOf({ hostId, runId: run.id, requestKey: run.requestKey })
    const isWritten = starts.some(({ outcome, requestKey }) => outcome !== 'refused' && requestKey === run.requestKey)
    const lost = isWritten ? undefined : starts.findLast(({ requestKey }) => requestKey === run.requestKey)
    for (const entry of starts) {
      const isOpen = entry.outcome === 'pending' || entry.outcome === 'unknown'
      if (entry === lost) this.#completeWith({ ...entry, summary: entry.summary.replace(NEVER_THERE, '') }, run)
      else if (isOpen && isEnded(run.state)) this.#completeWith(entry, run)
    }
  }

  /**
   * Settle what was left pending when a console or a connection ended, now that the agent can be asked. `find` gives
   * the run of an entry, or null when the agent does not have it.
   */
  async settle(hostId: string, find: (entry: AuditEntry) => Promise<RunSummary | null>): Promise<void> {
    for (const entry of this.#store.pending(hostId)) {
      if (this.#underWay.has(entry.id)) continue
      const run = entry.requestKey === null ? null : await find(entry)
      if (this.#underWay.has(entry.id)) continue
      if (run !== null) this.#completeWith(entry, run)
      else if (entry.requestKey === null || entry.runId !== null) this.#update({ ...entry, outcome: 'unknown' })
      else this.#refuse(entry, 'it never reached the host')
    }
  }

  async #carryOut<T>(entry: AuditEntry, carryOut: () => Promise<T>): Promise<T> {
    this.#underWay.add(entry.id)
    try {
      return await carryOut()
    } catch (error) {
      if (error instanceof Fault && error.cause instanceof ConnectionLost) throw error
      if (error instanceof Fault && error.cause instanceof AnswerLost) this.#update({ ...entry, outcome: 'unknown' })
      else if (error instanceof Fault && error.code !== 'internal') this.#refuse(entry, whyRefused(error))
      else if (entry.hostId === NO_HOST) this.#update({ ...entry, outcome: 'failed', endedAt: this.#now() })
      else this.#update({ ...entry, outcome: 'unknown' })
      throw error
    } finally {
      this.#underWay.delete(entry.id)
    }
  }

  #refuse(entry: AuditEntry, why: string): void {
    this.#update({ ...entry, outcome: 'refused', summary: `${entry.summary} (${why})`, endedAt: this.#now() })
  }

  #append(dispatch: Dispatch): AuditEntry {
    const entry = this.#entryOf(dispatch)
    this.#store.append(entry, this.#workspaceIdOf(dispatch))
    this.#changes.announce(entry.hostId)
    return entry
  }

  #workspaceIdOf({ workspaceId, hostId }: Dispatch): string {
    return workspaceId ?? (hostId === undefined ? null : this.#workspaceOf(hostId)) ?? FIRST_WORKSPACE
  }

  #entryOf(dispatch: Dispatch): AuditEntry {
    return {
      id: dispatch.entryId ?? randomUUID(),
      at: this.#now(),
      action: dispatch.action,
      actor: this.actor,
      origin: dispatch.origin,
      hostId: dispatch.hostId ?? NO_HOST,
      repositoryId: dispatch.repositoryId ?? null,
      runId: dispatch.runId ?? null,
      requestKey: dispatch.requestKey ?? null,
      snapshotId: dispatch.snapshotId ?? null,
      summary: dispatch.summary,
      targetPath: null,
      planHash: dispatch.planHash ?? null,
      outcome: 'pending',
      files: null,
      bytes: null,
      endedAt: null,
      reason: dispatch.reason ?? '',
      proof: null,
    }
  }

  /** The answer to a start may come after the news of the run's end: what is complete stays so. */
  #completeWith(entry: AuditEntry, run: RunSummary): void {
    const now = this.#store.byRequest(entry.hostId, entry.requestKey ?? run.requestKey)
    if (now !== null && now.endedAt !== null && !isEnded(run.state)) return
    const { subject } = run
    this.#update({
      ...entry,
      runId: run.id,
      outcome: isEnded(run.state) ? run.state : 'pending',
      endedAt: run.endedAt,
      ...(subject.kind === 'restore' ? this.#ofRestore(entry, run, subject) : {}),
    })
  }

  /** What a restore that follows from a run takes, and from where, is known only once it has begun. */
  #ofRestore(entry: AuditEntry, run: RunSummary, subject: RestoreSubject): Partial<AuditEntry> {
    const begun = {
      repositoryId: run.repositoryId,
      snapshotId: entry.snapshotId ?? subject.sources[0]?.snapshotId ?? null,
      targetPath: subject.targetPath,
      planHash: subject.planHash ?? entry.planHash,
      reason: subject.reason === '' ? entry.reason : subject.reason,
    }
    if (!isEnded(run.state)) return begun
    const { counts, files, bytes } = run
    const agent = this.#identity(entry.hostId)
    const proof = {
      counts,
      evidence: subject.evidence,
      safetySnapshot: subject.safetySnapshot === 'wanted' ? null : subject.safetySnapshot,
      restic: agent?.restic?.version ?? '',
      agent: agent?.agentVersion ?? '',
    }
    return { ...begun, files, bytes, proof }
  }

  #update(entry: AuditEntry): void {
    this.#store.update(entry)
    this.#changes.announce(entry.hostId)
  }

  #now(): string {
    return this.#clock.now().toISOString()
  }
}

/** A code of the closed set, and which conflict it was. */
function whyRefused(fault: Fault): string {
  return isFault(fault, 'conflict') ? fault.data.what : fault.code
}
