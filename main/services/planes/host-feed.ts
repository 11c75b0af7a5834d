import { z } from 'zod'
import type { ObserveGroup } from '../../../contract/control-plane/fleet.ts'
import { toRows } from '../../../contract/shapes/columns.ts'
import type { PlaneRecord, SettingStore } from '../../store/index.ts'
import { Background } from '../background.ts'
import type { ChangeReader } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { HostsService } from '../hosts/index.ts'
import type { Log } from '../log.ts'
import { firstOf } from '../signals.ts'
import type { SnapshotsService } from '../snapshots/index.ts'
import { FeedAttempts } from './feed-attempts.ts'
import type { PlanesService } from './planes-service.ts'
import { type SeenRepository, seenRepositories } from './seen-repositories.ts'

interface Deps {
  readonly planes: Pick<PlanesService, 'changes' | 'asks' | 'embedded' | 'stateOf' | 'ask'>
  readonly hosts: Pick<HostsService, 'changes' | 'namesOf'>
  readonly snapshots: Pick<SnapshotsService, 'list'>
  readonly settings: Pick<SettingStore, 'get' | 'set'>
  readonly clock: Clock
  readonly log: Log
}

/** Milliseconds: what changes meanwhile is told together. */
const TOGETHER = 1000
/** Milliseconds that one telling may take. */
const PATIENCE = 60_000

const groupsSchema = z.record(z.string(), z.uuid())
type GroupsTold = z.infer<typeof groupsSchema>

/**
 * Tells the embedded planes what their workspaces' hosts see: each repository with its snapshots, once for each that is new. A repository's
 * secrets stay on its host; whether the plane may read it is for somebody to say.
 */
export class HostFeed implements AsyncDisposable {
  readonly #deps: Deps
  /** By plane; a repository's mark is what its newest snapshot was when the plane was told. */
  readonly #attempts = new Map<string, FeedAttempts>()
  readonly #background: Background

  constructor(deps: Deps) {
    this.#deps = deps
    this.#background = new Background(
      (signal) => this.#run(signal),
      (error) =>
        deps.log.error('embedded control planes are not told any more what the hosts see', { reason: String(error) }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#background[Symbol.asyncDispose]()
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { hosts, planes, clock } = this.#deps
    using hostChanges = hosts.changes()
    using planeChanges = planes.changes()
    using asks = planes.asks()
    while (!signal.aborted) {
      const asked = await this.#untilNeeded(signal, [hostChanges, planeChanges], asks)
      if (asked.length === 0) await clock.pause(TOGETHER, signal)
      hostChanges.rest()
      planeChanges.rest()
      const embedded = planes.embedded()
      const ids = new Set(embedded.map(({ id }) => id))
      for (const id of this.#attempts.keys()) if (!ids.has(id)) this.#attempts.delete(id)
      for (const plane of embedded) {
        if (asked.includes(plane.workspaceId)) this.#attemptsOf(plane).hasten()
        await this.#feed(plane)
      }
    }
  }

  /** Until something has changed, something is to be tried again, or somebody asks; for which workspaces, where that is why. */
  async #untilNeeded(
    signal: AbortSignal,
    changes: readonly ChangeReader<string>[],
    asks: ChangeReader<string>,
  ): Promise<readonly string[]> {
    const { clock } = this.#deps
    const nextAt = Math.min(...[...this.#attempts.values()].map((attempts) => attempts.nextAt()))
    const pause = Math.max(0, nextAt - clock.now().getTime())
    let asked: readonly string[] = []
    await firstOf(signal, (either) => [
      ...changes.map((change) => change.next(either)),
      asks.next(either).then((workspaces) => (asked = workspaces)),
      ...(pause === Infinity ? [] : [clock.pause(pause, either)]),
    ])
    return asked
  }

  async #feed(plane: PlaneRecord): Promise<void> {
    const { planes, hosts, log, clock } = this.#deps
    const attempts = this.#attemptsOf(plane)
    if (planes.stateOf(plane.id).state !== 'connected') return attempts.allAway()
    const now = clock.now().getTime()
    const seen = seenRepositories(hosts.namesOf(plane.workspaceId))
    attempts.retain(new Set(seen.map(({ key }) => key)))
    for (const { key, canAsk } of seen) if (!canAsk) attempts.away(key)
    const fresh = seen.filter(({ key, mark, canAsk }) => attempts.isDue(key, { mark, canAsk, now }))
    if (fresh.length === 0) return
    try {
      await this.#tell(plane, fresh)
    } catch (error) {
      log.warning('an embedded control plane was not told what the hosts see', { reason: String(error) })
    }
  }

  async #tell(plane: PlaneRecord, fresh: readonly SeenRepository[]): Promise<void> {
    const { planes, clock } = this.#deps
    const known = this.#groupsOf(plane.id)
    const attempts = this.#attemptsOf(plane)
    const failed = ({ key }: SeenRepository): void => attempts.failed(key, clock.now().getTime())
    const listed: { readonly one: SeenRepository; readonly group: ObserveGroup }[] = []
    for (const one of fresh) {
      const { group, isWhole } = await this.#observe(one, known[one.key] ?? null)
      if (isWhole) attempts.told(one.key, one.mark)
      else failed(one)
      if (group !== null) listed.push({ one, group })
    }
    if (listed.length === 0) return
    const signal = AbortSignal.any([this.#background.signal, AbortSignal.timeout(PATIENCE)])
    try {
      const groups = listed.map(({ group }) => group)
      const ids = await planes.ask(plane.id, (client) => client.observe(groups, signal), signal)
      const made = listed.flatMap(({ one }, at) => (ids[at] === undefined ? [] : [[one.key, ids[at]] as const]))
      this.#deps.settings.set(settingOf(plane.id), JSON.stringify({ ...known, ...Object.fromEntries(made) }))
    } catch (error) {
      for (const { one } of listed) failed(one)
      throw error
    }
  }

  #attemptsOf({ id }: PlaneRecord): FeedAttempts {
    const known = this.#attempts.get(id) ?? new FeedAttempts()
    this.#attempts.set(id, known)
    return known
  }

  /** Without a group where its snapshots cannot be listed now; not whole where the newest is missing from a list of earlier. */
  async #observe(
    { hostId, repositoryId, name, url, mark }: SeenRepository,
    groupId: string | null,
  ): Promise<{ readonly group: ObserveGroup | null; readonly isWhole: boolean }> {
    try {
      const list = await this.#deps.snapshots.list({ hostId, repositoryId }, this.#background.signal)
      const snapshots = toRows(list.snapshots).map(({ id, time, hostname, tags, paths }) => ({
        id,
        time,
        hostname,
        tags,
        paths,
      }))
      const group = { server_group_id: groupId, repository_id: null, name, url, snapshots: newestOfEach(snapshots) }
      return { group, isWhole: list.keptSince === null || snapshots.some(({ id }) => id === mark) }
    } catch (error) {
      this.#deps.log.info('the snapshots of a repository were not listed for a control plane', {
        reason: String(error),
      })
      return { group: null, isWhole: false }
    }
  }

  #groupsOf(planeId: string): GroupsTold {
    return groupsTold(this.#deps.settings, planeId)
  }
}

/** Ids of the groups that an embedded plane has made of what it was told, by repository (`keyOfRepository`). */
export function groupsTold(settings: Pick<SettingStore, 'get'>, planeId: string): GroupsTold {
  const kept = settings.get(settingOf(planeId))
  return kept === null ? {} : groupsSchema.parse(JSON.parse(kept))
}

/** Of all that differ in their time alone, the newest: the others say nothing more of machines and types. Newest first. */
function newestOfEach(snapshots: ObserveGroup['snapshots']): ObserveGroup['snapshots'] {
  const seen = new Set<string>()
  return snapshots
    .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
    .filter(({ hostname, tags, paths }) => {
      const kind = JSON.stringify([hostname, tags, paths])
      return !seen.has(kind) && seen.add(kind)
    })
}

function settingOf(planeId: string): string {
  return `plane groups ${planeId}`
}
