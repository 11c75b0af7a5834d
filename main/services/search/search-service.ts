import { randomUUID } from 'node:crypto'
import type { PlacedSearchEvent, SearchScope } from '../../../contract/console/search.ts'
import { Fault, writeFault } from '../../../contract/errors.ts'
import { reasonOf } from '../../../contract/reasons.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { SearchEvent, SearchQuery } from '../../../contract/shapes/search.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import type { Clock } from '../clock.ts'
import type { HostsService } from '../hosts/index.ts'
import type { Log } from '../log.ts'
import { merge } from './merge.ts'

/** Places that are looked through at the same time. */
const AT_ONCE = 4
/** How long a lost connection is waited for in the middle of a search, in milliseconds. */
const PATIENCE = 10_000

interface Deps {
  readonly hosts: HostsService
  readonly clock: Clock
  readonly log: Log
}

interface Place {
  readonly hostId: string
  readonly repositoryId: string
  /** Null for all of the repository. */
  readonly snapshotIds: string[] | null
}

/** Where to look; everywhere is every host of one workspace. */
export type Where =
  | Exclude<SearchScope, { kind: 'everywhere' }>
  | { readonly kind: 'everywhere'; readonly workspaceId: string }

/** Finding files in several repositories of several hosts at once. */
export class SearchService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * What each place tells, in the order in which it comes. A place that fails says so and the others go on; one whose
   * connection was lost on the way begins anew, once. A host that was never reached, so that nobody knows what it has,
   * fails as one place whose repository's id is empty. Ends when every place has ended.
   */
  async *find(
    query: SearchQuery,
    scope: Where,
    signal: AbortSignal,
  ): AsyncGenerator<PlacedSearchEvent, void, undefined> {
    if (scope.kind === 'everywhere')
      for (const host of this.#deps.hosts.listOf(scope.workspaceId)) yield* neverReached(host)
    const sources = this.#places(scope).map((place) => (ended: AbortSignal) => this.#look(place, query, ended))
    yield* merge(sources, AT_ONCE, signal)
  }

  #places(scope: Where): Place[] {
    if (scope.kind === 'everywhere') return placesOf(this.#deps.hosts.listOf(scope.workspaceId))
    const { hostId, repositoryId } = scope
    return [{ hostId, repositoryId, snapshotIds: scope.kind === 'snapshot' ? [scope.snapshotId] : null }]
  }

  async *#look(place: Place, query: SearchQuery, signal: AbortSignal): AsyncGenerator<PlacedSearchEvent> {
    const { hostId, repositoryId } = place
    for (let again = true; ; again = false) {
      try {
        for await (const event of await this.#ask(place, query, signal)) yield { hostId, repositoryId, event }
        return
      } catch (error) {
        if (signal.aborted) throw error
        if (again && wasLost(error) && (await this.#isBack(hostId, signal))) continue
        yield { hostId, repositoryId, event: { kind: 'failed', fault: writeFault(this.#faultOf(error, hostId)) } }
        return
      }
    }
  }

  #ask({ hostId, ...where }: Place, query: SearchQuery, signal: AbortSignal): Promise<AsyncIterable<SearchEvent>> {
    return this.#deps.hosts.ask(hostId, (agent) => agent.search.find({ ...query, ...where }, { signal }), signal)
  }

  async #isBack(hostId: string, signal: AbortSignal): Promise<boolean> {
    const { hosts, clock } = this.#deps
    const stop = new AbortController()
    const ended = AbortSignal.any([signal, stop.signal])
    try {
      return await Promise.race([
        hosts.connected(hostId, ended).then(() => true),
        clock.pause(PATIENCE, ended).then(() => false),
      ])
    } finally {
      stop.abort()
    }
  }

  #faultOf(error: unknown, hostId: string): Fault {
    if (error instanceof Fault) return error
    if (error instanceof ConnectionLost) {
      const host = this.#deps.hosts.records().find(({ id }) => id === hostId)?.name ?? 'a host that was removed'
      return new Fault('unreachable', { host, ...reasonOf('connection_broke') })
    }
    const reference = randomUUID()
    this.#deps.log.error('a search failed', { reference, reason: String(error) })
    return new Fault('internal', { reference })
  }
}

/** The connection ended under the search; a host that could not be reached from the beginning is another thing. */
function wasLost(error: unknown): boolean {
  return error instanceof ConnectionLost || (error instanceof Fault && error.cause instanceof ConnectionLost)
}

function neverReached({ id: hostId, name, link, agent }: HostView): PlacedSearchEvent[] {
  if (agent !== null) return []
  const { reason, why } = link.reason === '' ? reasonOf('never_reached') : link
  const fault = writeFault(new Fault('unreachable', { host: name, reason, why }))
  return [{ hostId, repositoryId: '', event: { kind: 'failed', fault } }]
}

const TURNS = { unreachable: 0, refused: 0, connected: 1, connecting: 2 } as const

/**
 * Every repository of every host. Those that fail at once come first and those that are waited for last; between them
 * the hosts take turns, so that one with many repositories does not keep the others waiting.
 */
function placesOf(hosts: readonly HostView[]): Place[] {
  return hosts
    .flatMap(({ id, link, repositories }) =>
      repositories.map((repository, at) => ({
        place: { hostId: id, repositoryId: repository.id, snapshotIds: null },
        turn: [TURNS[link.state], at] as const,
      })),
    )
    .sort(({ turn: [left, leftAt] }, { turn: [right, rightAt] }) => left - right || leftAt - rightAt)
    .map(({ place }) => place)
}
