import { Fault } from '../../../contract/errors.ts'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type {
  HostDuration,
  KeptPlan,
  PastRestore,
  PastRestoreDay,
  PastRestoreFilter,
  PastRestorePage,
  PastRestoreTotals,
} from '../../../contract/shapes/past-restore.ts'
import type { AuditStore, KeptPlanStore, PastRestoreStore, ScopedFilter } from '../../store/index.ts'
import type { AuditService } from '../audit/index.ts'
import type { Clock } from '../clock.ts'
import type { HostsService } from '../hosts/index.ts'
import { filterWords } from './filter-words.ts'

interface Deps {
  readonly hosts: Pick<HostsService, 'listOf' | 'isConnected'>
  readonly store: PastRestoreStore
  readonly audit: Pick<AuditStore, 'ofRestore'>
  readonly plans: KeptPlanStore
  readonly clock: Pick<Clock, 'now'>
  readonly acts: Pick<AuditService, 'record'>
}

/** Who asks: of which workspace, and through which door. */
export interface Asker {
  readonly workspaceId: string
  readonly origin: string
}

export interface PastRestoreDetails {
  readonly restore: PastRestore
  readonly entry: AuditEntry | null
  readonly plan: KeptPlan | null
}

/** Restores that one page of an export holds. */
const EXPORT_PAGE = 1000

/** What was restored on the hosts of a workspace, whoever asked for it. */
export class PastRestoresService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Newest first. What goes on at a host that cannot be reached is `unknown`. */
  page(
    { workspaceId }: Asker,
    { filter, offset, limit }: { filter: PastRestoreFilter; offset: number; limit: number },
  ): PastRestorePage {
    const page = this.#deps.store.page(this.#scoped(workspaceId, filter), { offset, limit })
    return { ...page, items: page.items.map((restore) => this.#asSeen(restore)) }
  }

  totals({ workspaceId }: Asker, filter: PastRestoreFilter): PastRestoreTotals {
    return this.#deps.store.totals(this.#scoped(workspaceId, filter))
  }

  /** By the days that begin at these moments; the last of them ends the last day. */
  days({ workspaceId }: Asker, filter: PastRestoreFilter, days: readonly string[]): PastRestoreDay[] {
    return this.#deps.store.days(this.#scoped(workspaceId, filter), days)
  }

  /** The slowest host first. */
  durations({ workspaceId }: Asker, filter: PastRestoreFilter): HostDuration[] {
    return this.#deps.store.durations(this.#scoped(workspaceId, filter))
  }

  /** Everybody who has restored something, by name. */
  actors({ workspaceId }: Asker): string[] {
    return this.#deps.store.actors(workspaceId)
  }

  /** One of them and what this console knows of how it was asked for. Throws `not_found`. */
  get({ workspaceId }: Asker, { hostId, id }: { hostId: string; id: string }): PastRestoreDetails {
    const { store, audit, plans } = this.#deps
    const restore = store.get({ workspaceId, hostId, id })
    if (restore === null) throw new Fault('not_found', { what: 'run', id })
    const entry = audit.ofRestore(hostId, restore.runId ?? id)
    const hash = entry?.planHash ?? null
    return { restore: this.#asSeen(restore), entry, plan: hash === null ? null : plans.get(hostId, hash) }
  }

  /** All that fit, page by page, as they are when each is read. Written down before the first is given. */
  *export(
    asker: Asker,
    { filter, format }: { readonly filter: PastRestoreFilter; readonly format: string },
  ): Generator<PastRestorePage> {
    const { hosts, acts, clock } = this.#deps
    const names = new Map(hosts.listOf(asker.workspaceId).map(({ id, name }) => [id, name]))
    const what = filterWords(filter, (hostId) => names.get(hostId) ?? hostId)
    acts.record({ ...asker, action: 'console.export', summary: `restores as ${format}: ${what}`, outcome: 'done' })
    // What comes in between would push others over the edge of a page: nothing later than now is asked for.
    const until = filter.until ?? clock.now().toISOString()
    for (let offset = 0, total = 1; offset < total; offset += EXPORT_PAGE) {
      const page = this.page(asker, { filter: { ...filter, until }, offset, limit: EXPORT_PAGE })
      total = page.total
      yield page
    }
  }

  #scoped(workspaceId: string, filter: PastRestoreFilter): ScopedFilter {
    const hosts = this.#deps.hosts.listOf(workspaceId)
    const words = filter.text.trim().split(/\s+/).filter(Boolean)
    const hostsNamed = words.map((word) => ({
      word,
      hostIds: hosts.filter(({ name }) => name.toLowerCase().includes(word.toLowerCase())).map(({ id }) => id),
    }))
    return { ...filter, workspaceId, hostsNamed }
  }

  #asSeen(restore: PastRestore): PastRestore {
    if (restore.outcome !== 'under-way' || restore.runId === null) return restore
    return this.#deps.hosts.isConnected(restore.hostId) ? restore : { ...restore, state: 'unknown' }
  }
}
