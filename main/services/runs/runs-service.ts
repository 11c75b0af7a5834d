import { withEventMeta } from '@orpc/server'
import { Fault } from '../../../contract/errors.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { CancelInput, LedgerAction, LedgerPage, Run, RunEvent } from '../../../contract/shapes/run.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import type { HostRun, RecentQuery } from '../../store/index.ts'
import type { AuditService } from '../audit/index.ts'
import type { HostsService, RunMirror } from '../hosts/index.ts'
import { neverAborted } from '../signals.ts'

interface Deps {
  readonly hosts: HostsService
  readonly mirror: RunMirror
  readonly audit: AuditService
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

  /** Of one workspace, newest first. */
  list(query: RecentQuery): HostRun[] {
    const { hosts, mirror } = this.#deps
    return mirror.recent(query, (hostId) => hosts.isConnected(hostId))
  }

  /** Throws `not_found`; `unreachable` only for a run that this console has never heard of. */
  async get({ hostId, runId }: OneRun, signal: AbortSignal): Promise<Run> {
    const { hosts, mirror } = this.#deps
    try {
      return await hosts.ask(hostId, (agent) => agent.run.get({ runId }, { signal }), signal)
    } catch (error) {
      const known = error instanceof Fault && error.code === 'unreachable' ? mirror.get(hostId, runId, false) : null
      if (known === null) throw error
      return known
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
}

function wordsFor({ target, targetPath }: Extract<Run['subject'], { kind: 'restore' }>): string {
  return target.kind === 'in-place' ? 'restore in place' : `restore to ${showFileName(targetPath)}`
}
