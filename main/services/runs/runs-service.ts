import { withEventMeta } from '@orpc/server'
import { Fault, isFault } from '../../../contract/errors.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { CancelInput, LedgerAction, LedgerPage, Run, RunEvent } from '../../../contract/shapes/run.ts'
import type { HostRun, RunNews, RunPage, RunPageInput, UsualDuration } from '../../../contract/shapes/run-page.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import type { AuditService } from '../audit/index.ts'
import type { Clock } from '../clock.ts'
import { changeOf, type HostsService, type RunMirror, type WholeRuns } from '../hosts/index.ts'
import { neverAborted } from '../signals.ts'
import { usualOf } from './usual-duration.ts'

/** Milliseconds between two events of a watcher: what changes meanwhile is told together. */
const BATCH = 300
/** Runs that say how long one like them takes. */
const ALIKE = 50

interface Deps {
  readonly hosts: HostsService
  readonly mirror: RunMirror
  readonly audit: AuditService
  readonly clock: Clock
  readonly whole: WholeRuns
}

export interface OneRun {
  readonly hostId: string
  readonly runId: string
}

interface LedgerQuery {
  readonly action: LedgerAction | null
  readonly text: string
  readonly offset: number
  readonly limit: number
}

/** The runs of all hosts: from their agents where these can be reached, else what they last said. */
export class RunsService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Some of the runs of a workspace that fit, newest first, and how many fit. */
  page(workspaceId: string, { hostId, offset, limit, ...filter }: RunPageInput): RunPage {
    const { hosts, mirror } = this.#deps
    const names = hosts.namesOf(workspaceId)
    const text = filter.text.trim().toLowerCase()
    const isNamed = ({ name }: { readonly name: string }): boolean => text !== '' && name.toLowerCase().includes(text)
    const wanted = {
      ...filter,
      hostIds: names.map(({ id }) => id).filter((id) => hostId === null || id === hostId),
      connected: names.filter(({ isConnected }) => isConnected).map(({ id }) => id),
      named: {
        hosts: names.filter(isNamed).map(({ id }) => id),
        repositories: names.flatMap(({ repositories }) => repositories.filter(isNamed).map(({ id }) => id)),
      },
    }
    const { total, runs } = mirror.page(wanted, { offset, limit })
    return { offset, total, runs: [...runs] }
  }

  /** What goes on in a workspace, then what has changed of any of its runs. */
  async *watch(workspaceId: string, signal: AbortSignal): AsyncGenerator<RunNews> {
    const { hosts, mirror, clock } = this.#deps
    using changes = mirror.subscribe()
    const going = hosts.namesOf(workspaceId).flatMap(({ id: hostId, isConnected }) => {
      const run = mirror.active(hostId, isConnected)
      return run === null ? [] : [{ hostId, run }]
    })
    yield { runs: going, moved: true }
    while (true) {
      const changed = (await changes.next(signal)).map(changeOf)
      // A host that is no more is in no workspace.
      const own = changed.filter(({ hostId }) => (hosts.workspaceOf(hostId) ?? workspaceId) === workspaceId)
      const runs = own.flatMap(({ hostId, runId }) => {
        const run = runId === null ? null : mirror.get(hostId, runId, hosts.isConnected(hostId))
        return run === null ? [] : [{ hostId, run }]
      })
      const moved = own.some(({ runId }) => runId === null)
      if (moved || runs.length > 0) yield { runs, moved }
      await clock.pause(BATCH, signal)
    }
  }

  /** Everybody in a workspace who has started a run that this console knows of. */
  starters(workspaceId: string): string[] {
    const { hosts, mirror } = this.#deps
    return mirror.starters(hosts.namesOf(workspaceId).map(({ id }) => id))
  }

  /** What is known of a run without asking its host. Throws `not_found`. */
  known({ hostId, runId }: OneRun): HostRun {
    return { hostId, run: this.#known({ hostId, runId }) }
  }

  /** How long runs like this one take; null before there were enough. Throws `not_found`. */
  usual({ hostId, runId }: OneRun): UsualDuration | null {
    const run = this.#known({ hostId, runId })
    return usualOf(this.#deps.mirror.secondsOfAlike({ hostId, run }, ALIKE))
  }

  /** Throws `not_found`; `unreachable` only for a run that nobody has opened here before. */
  async get({ hostId, runId }: OneRun, signal: AbortSignal): Promise<Run> {
    const { hosts, mirror, whole } = this.#deps
    try {
      const run = await hosts.ask(hostId, (agent) => agent.run.get({ runId }, { signal }), signal)
      whole.keep(hostId, run)
      return run
    } catch (error) {
      const known = isFault(error, 'unreachable') ? mirror.get(hostId, runId, false) : null
      const kept = known === null ? null : await whole.read(hostId, known)
      if (kept === null) throw error
      return kept
    }
  }

  /**
   * Every event of a run after `last` (0 for all), until it has ended. A connection that is lost is waited for, and
   * the stream goes on after the event that was handed on last: no gap, no repeat.
   */
  async *follow({ hostId, runId }: OneRun, last: number, signal: AbortSignal): AsyncGenerator<RunEvent> {
    let seen = last
    while (true) {
      const agent = await this.#deps.hosts.connected(hostId, signal)
      try {
        const resume = seen > 0 ? { lastEventId: String(seen) } : {}
        for await (const event of await agent.run.follow({ runId }, { signal, ...resume })) {
          if (event.sequence <= seen) continue
          seen = event.sequence
          if (event.type === 'state') this.#deps.whole.keep(hostId, event.run)
          yield withEventMeta(event, { id: String(seen) })
        }
        return
      } catch (error) {
        // The reader's own connection may be the one that is lost: then nobody waits for more.
        if (signal.aborted || !(error instanceof ConnectionLost)) throw error
      }
    }
  }

  /** One page of a run's ledger. Throws `not_found`, `unreachable`. */
  ledger({ hostId, ...query }: OneRun & LedgerQuery, signal: AbortSignal): Promise<LedgerPage> {
    return this.#deps.hosts.ask(hostId, (agent) => agent.run.ledger(query, { signal }), signal)
  }

  /** End a run, now or after the part that it is at. Once asked for it is not called back, so it takes no signal. */
  async cancel({ hostId, ...input }: CancelInput & Pick<OneRun, 'hostId'>, origin: string): Promise<Run> {
    const { hosts, mirror, audit } = this.#deps
    const { runId } = input
    const known = mirror.get(hostId, runId, true)
    const what = known?.subject.kind === 'restore' ? wordsFor(known.subject) : 'run'
    const summary = input.when === 'between' ? `${what}, after the part it is at` : what
    const run = await audit.perform({ action: 'host.cancel', origin, hostId, runId, summary }, () =>
      hosts.ask(hostId, (agent) => agent.run.cancel(input), neverAborted()),
    )
    hosts.note(hostId, run)
    return run
  }

  #known({ hostId, runId }: OneRun): RunSummary {
    const { hosts, mirror } = this.#deps
    const run = mirror.get(hostId, runId, hosts.isConnected(hostId))
    if (run === null) throw new Fault('not_found', { what: 'run', id: runId })
    return run
  }
}

function wordsFor({ target, targetPath }: Extract<RunSummary['subject'], { kind: 'restore' }>): string {
  return target.kind === 'in-place' ? 'restore in place' : `restore to ${showFileName(targetPath)}`
}
