import { Fault } from '../../../contract/errors.ts'
import type { ActivityFilter, GroupOfPlane, VerificationOfPlane } from '../../services/planes/index.ts'
import { derivedBoard, type ReadBoard } from './board.ts'
import { machineOf } from './declaration.ts'
import type { Fleet } from './fleet.ts'
import { type ActivityNames, readActivity } from './read-activity.ts'
import type { ActivityShape, ViewShape } from './shapes.ts'
import type { Speech } from './speech.ts'

/** A Canopy, of either generation: what it does not say is worked out where it can be, and null where it cannot. */
export function otherPlane(fleet: Fleet, name: string, now: () => Date): Speech {
  let read: ReadBoard | null = null
  const without = (what: string): Fault => new Fault('conflict', { what, detail: name })
  const board = async (signal: AbortSignal): Promise<ReadBoard> => {
    read = await derivedBoard(fleet, now(), signal)
    return read
  }
  return {
    board,
    views: () => read?.views ?? [],
    async groups(signal) {
      const { views } = read ?? (await board(signal))
      return (await fleet.groups(() => true, signal)).map((group) => readGroup(group, views))
    },
    preview: async () => null,
    revokes: async () => null,
    worklist: async () => null,
    issuances: async () => null,
    code: async () => {
      throw without('plane_without_enrolment')
    },
    connectGroup: async () => {
      throw without('plane_without_groups')
    },
    disconnectGroup: async () => {
      throw without('plane_without_groups')
    },
    observe: async () => [],
    /** Its last rows of each group: there are no pages. */
    async activity(filter, { before, limit }, signal) {
      if (before !== null) return { items: [], next: null }
      const { views, names } = read ?? (await board(signal))
      const wanted = views.find(({ id }) => id === filter.replicaId)
      if (filter.replicaId !== null && wanted === undefined) return { items: [], next: null }
      const ofConsumer = views.filter(({ consumer_device_id: id }) => [null, id].includes(filter.consumerId))
      const groupIds = new Set((wanted === undefined ? ofConsumer : [wanted]).map(({ group_id: id }) => id))
      const ids = [...groupIds].filter((id) => [null, id].includes(filter.groupId))
      const found = await fleet.activity(ids, signal)
      const items = [...(found ?? [])].flatMap(([groupId, { rows }]) => {
        const group = { id: groupId, name: names.get(groupId) ?? null }
        const declared = views.filter((view) => view.group_id === groupId)
        return rows.flatMap((row) => readFor(row, { filter, group, declared }))
      })
      const newestFirst = items.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
      return { items: newestFirst.slice(0, limit), next: null }
    },
  }
}

interface Around {
  readonly filter: ActivityFilter
  readonly group: NonNullable<ActivityNames['group']>
  readonly declared: readonly ViewShape[]
}

/** A row names neither declaration nor consumer: it is of the only one that it fits, or of one that nobody knows. */
function readFor(row: ActivityShape, { filter, group, declared }: Around): VerificationOfPlane[] {
  const fitting = declared.filter((view) => fits(row, view))
  const view = fitting.length === 1 ? fitting[0] : undefined
  const replica = view === undefined ? null : { id: view.id, name: view.name }
  const consumer = view === undefined ? null : { id: view.consumer_device_id, name: view.consumer_name }
  const one = readActivity(row, { replica, group, consumer })
  const { replicaId, machineId, consumerId } = filter
  const isWanted =
    (replicaId === null || fitting.some(({ id }) => id === replicaId)) &&
    (machineId === null || one.machineId === machineId) &&
    (consumerId === null || fitting.some(({ consumer_device_id: id }) => id === consumerId))
  return isWanted ? [one] : []
}

function fits(row: ActivityShape, view: ViewShape): boolean {
  if (row.replica_id !== null) return row.replica_id === view.id
  const where = row.machine_id ?? row.server_id
  const named = machineOf(view)
  return (
    row.type === view.type &&
    (row.intent === null || row.intent === view.intent) &&
    (named === null || where === null || where === named)
  )
}

function readGroup(group: Awaited<ReturnType<Fleet['groups']>>[number], views: readonly ViewShape[]): GroupOfPlane {
  const types = views.filter(({ group_id: id }) => id === group.id).map(({ type }) => type)
  const unknown = { status: null, reason: null, url: null, repositoryId: null, typeRules: [], observedAt: null }
  const machines = (group.machines ?? []).map((machine) => ({ ...machine, backups: [] }))
  return { id: group.id, name: group.name, ...unknown, machines, types: [...new Set(types)] }
}
