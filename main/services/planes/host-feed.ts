import { z } from 'zod'
import type { ObserveGroup } from '../../../contract/control-plane/fleet.ts'
import { toRows } from '../../../contract/shapes/columns.ts'
import type { PlaneRecord, SettingStore } from '../../store/index.ts'
import { Background } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { HostsService } from '../hosts/index.ts'
import type { Log } from '../log.ts'
import { firstOf } from '../signals.ts'
import type { SnapshotsService } from '../snapshots/index.ts'
import type { PlanesService } from './planes-service.ts'
import { type SeenRepository, seenRepositories } from './seen-repositories.ts'

interface Deps {
  readonly planes: PlanesService
  readonly hosts: Pick<HostsService, 'changes' | 'namesOf'>
  readonly snapshots: Pick<SnapshotsService, 'list'>
  readonly settings: SettingStore
  readonly clock: Clock
  readonly log: Log
}

/** Milliseconds: what changes meanwhile is told together. */
const TOGETHER = 1000
/** Milliseconds until a repository that could not be listed is asked for again. */
const AGAIN = 300_000
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
  /** By plane and repository: what its newest snapshot was when the plane was told, and when it may be asked for again. */
  readonly #told = new Map<string, { readonly mark: string; readonly againAt: number }>()
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
    while (!signal.aborted) {
      await firstOf(signal, (either) => [hostChanges.next(either), planeChanges.next(either)])
      await clock.pause(TOGETHER, signal)
      hostChanges.rest()
      planeChanges.rest()
      for (const plane of planes.embedded()) await this.#feed(plane)
    }
  }

  async #feed(plane: PlaneRecord): Promise<void> {
    const { planes, hosts, log, clock } = this.#deps
    if (planes.stateOf(plane.id).state !== 'connected') return
    const now = clock.now().getTime()
    const fresh = seenRepositories(hosts.namesOf(plane.workspaceId)).filter(({ key, mark }) => {
      const told = this.#told.get(`${plane.id} ${key}`)
      return told === undefined || (told.mark !== mark && told.againAt <= now)
    })
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
    const listed: { readonly one: SeenRepository; readonly group: ObserveGroup }[] = []
    for (const one of fresh) {
      const group = await this.#observe(one, known[one.key] ?? null)
      const told =
        group === null ? { mark: '', againAt: clock.now().getTime() + AGAIN } : { mark: one.mark, againAt: 0 }
      this.#told.set(`${plane.id} ${one.key}`, told)
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
      for (const { one } of listed) this.#told.delete(`${plane.id} ${one.key}`)
      throw error
    }
  }

  /** Null where its snapshots cannot be listed now. */
  async #observe(
    { hostId, repositoryId, name, url }: SeenRepository,
    groupId: string | null,
  ): Promise<ObserveGroup | null> {
    try {
      const list = await this.#deps.snapshots.list({ hostId, repositoryId }, this.#background.signal)
      const snapshots = toRows(list.snapshots).map(({ id, time, hostname, tags, paths }) => ({
        id,
        time,
        hostname,
        tags,
        paths,
      }))
      return { server_group_id: groupId, repository_id: null, name, url, snapshots: newestOfEach(snapshots) }
    } catch (error) {
      this.#deps.log.info('the snapshots of a repository were not listed for a control plane', {
        reason: String(error),
      })
      return null
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
