import { z } from 'zod'
import { groupViewSchema } from '../../../contract/control-plane/fleet.ts'
import { isFault } from '../../../contract/errors.ts'
import type { PlaneDialect } from '../../../contract/shapes/plane.ts'
import type { GroupOfPlane } from '../../services/planes/index.ts'
import type { Caller } from './caller.ts'
import {
  type ActivityShape,
  activityShape,
  type ConsumerShape,
  consumerShape,
  groupDetailShape,
  groupListShape,
  type MachineShape,
  type NamedGroup,
  type ViewShape,
  viewShape,
} from './shapes.ts'

/** What is listed of restores in some groups. */
export interface Activity {
  readonly rows: readonly ActivityShape[]
  /** False where older ones than those may have been left out. */
  readonly isWhole: boolean
}

export interface KnownGroup extends NamedGroup {
  /** Null where the plane does not name them. */
  readonly machines: readonly MachineShape[] | null
}

/** Questions that are on their way at a time, where there is one for each group. */
const AT_ONCE = 4
/** Milliseconds for which a group's machines are taken to be the same, where each group is a question. */
const MACHINES_STAY = 300_000
/** The rows that a plane lists at most. */
const MOST_ROWS = 50

const views = z.array(viewShape)
const rows = z.array(activityShape)

/** What a plane has, asked for in the way of its generation. */
export class Fleet {
  readonly #caller: Caller
  readonly #dialect: PlaneDialect
  readonly #now: () => Date
  readonly #machines = new Map<string, { readonly at: number; readonly machines: readonly MachineShape[] | null }>()
  #hasList = true

  constructor(caller: Caller, dialect: PlaneDialect, now: () => Date) {
    this.#caller = caller
    this.#dialect = dialect
    this.#now = now
  }

  consumers(signal: AbortSignal): Promise<ConsumerShape[]> {
    return this.#caller.call({ path: '/api/restore_replicas/consumers' }, z.array(consumerShape), signal)
  }

  /** Every declaration. A plane that lists none of the whole fleet is asked group by group. */
  async views(signal: AbortSignal): Promise<ViewShape[]> {
    if (this.#hasList) {
      const list = await this.#caller.callIfThere({ path: '/api/restore_replicas/list' }, views, signal)
      if (list !== undefined) return list
      this.#hasList = false
    }
    const groups = (await this.named(signal)) ?? []
    return (await each(groups, ({ id }) => this.#viewsOf(id, signal))).flat()
  }

  /** One declaration as it is now; undefined where there is none. Looked for in its group first. */
  async view(id: string, groupId: string, signal: AbortSignal): Promise<ViewShape | undefined> {
    const isIt = (view: ViewShape): boolean => view.id === id
    const near = this.#hasList ? undefined : (await this.#viewsOf(groupId, signal)).find(isIt)
    return near ?? (await this.views(signal)).find(isIt)
  }

  /** Null where the plane does not list its groups. */
  async named(signal: AbortSignal): Promise<NamedGroup[] | null> {
    return (await this.#caller.callIfThere({ path: '/api/fleet/groups/list' }, groupListShape, signal)) ?? null
  }

  /** Groups with their machines, of those that are wanted. */
  async groups(wanted: (groupId: string) => boolean, signal: AbortSignal): Promise<KnownGroup[]> {
    const groups = ((await this.named(signal)) ?? []).filter(({ id }) => wanted(id))
    return await each(groups, async (group) => ({ ...group, machines: await this.#machinesOf(group.id, signal) }))
  }

  /** What is listed of the restores of these groups; null where the plane lists none. */
  async activity(groupIds: readonly string[], signal: AbortSignal): Promise<Map<string, Activity> | null> {
    const all = this.#dialect === 'first' ? await this.#checksOfAll(signal) : undefined
    if (all !== undefined) {
      const isWhole = all.length < MOST_ROWS
      return new Map(groupIds.map((id) => [id, { rows: all.filter((row) => row.group_id === id), isWhole }]))
    }
    const found = await each(groupIds, async (id) => [id, await this.#checksOf(id, signal)] as const)
    const known = found.flatMap(([id, list]): [string, Activity][] =>
      list === undefined ? [] : [[id, { rows: list, isWhole: list.length < MOST_ROWS }]],
    )
    return known.length === 0 && groupIds.length > 0 ? null : new Map(known)
  }

  #viewsOf(groupId: string, signal: AbortSignal): Promise<ViewShape[]> {
    const call = { path: '/api/restore_replicas/for_group', body: { server_group_id: groupId } } as const
    return this.#caller.call({ ...call, about: { what: 'group', id: groupId } }, views, signal)
  }

  /** The first generation listed the reports of the whole fleet, and took no body. */
  async #checksOfAll(signal: AbortSignal): Promise<ActivityShape[] | undefined> {
    try {
      return await this.#caller.callIfThere({ path: '/api/restore_replicas/checks' }, rows, signal)
    } catch (error) {
      if (isFault(error, 'invalid_input')) return undefined
      throw error
    }
  }

  #checksOf(groupId: string, signal: AbortSignal): Promise<ActivityShape[] | undefined> {
    const call = { path: '/api/restore_replicas/checks', body: { server_group_id: groupId } } as const
    return this.#caller.callIfThere(call, rows, signal)
  }

  async #machinesOf(groupId: string, signal: AbortSignal): Promise<readonly MachineShape[] | null> {
    const now = this.#now().getTime()
    const known = this.#machines.get(groupId)
    if (known !== undefined && now - known.at < MACHINES_STAY) return known.machines
    const call = { path: '/api/fleet/groups/get', body: { server_group_id: groupId } } as const
    const machines = (await this.#caller.callIfThere(call, groupDetailShape, signal))?.machines ?? null
    this.#machines.set(groupId, { at: now, machines })
    return machines
  }
}

/** The groups of our own plane, with all that it says of them. */
export async function ownGroups(caller: Caller, signal: AbortSignal): Promise<GroupOfPlane[]> {
  const groups = await caller.call({ path: '/api/fleet/groups/list' }, z.array(groupViewSchema), signal)
  return groups.map(readGroup)
}

export function readGroup(group: z.output<typeof groupViewSchema>): GroupOfPlane {
  const { id, name, status, reason, url, types } = group
  const machines = group.machines.map(({ backups, ...machine }) => ({
    ...machine,
    backups: backups.map((backup) => ({
      type: backup.type,
      snapshotId: backup.snapshot_id,
      snapshotAt: backup.snapshot_at,
      takenAt: backup.taken_at,
    })),
  }))
  return {
    id,
    name,
    status,
    reason,
    url,
    types,
    machines,
    repositoryId: group.repository_id,
    typeRules: group.type_rules,
    observedAt: group.observed_at,
  }
}

/** Some at a time, in the order in which they were given. */
async function each<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(action))))
  }
  return results
}
