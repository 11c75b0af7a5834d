import { standingsSchema } from '../../../contract/control-plane/standing.ts'
import type { ReplicaStanding } from '../../../contract/shapes/replica.ts'
import type { PlaneBoard, ReplicaOfPlane } from '../../services/planes/index.ts'
import type { Caller } from './caller.ts'
import { machineOf, readDeclaration } from './declaration.ts'
import { deriveStandings } from './derive-standings.ts'
import { type Fleet, type KnownGroup, ownGroups } from './fleet.ts'
import { advertises, readConsumer, semanticsOf } from './read-consumer.ts'
import { readStanding } from './read-standing.ts'
import type { ConsumerShape, ViewShape } from './shapes.ts'
import { worstFirst } from './standing-order.ts'

/** A board, with what its replicas were read from. */
export interface ReadBoard extends PlaneBoard {
  readonly views: readonly ViewShape[]
  /** What groups and machines are called. */
  readonly names: ReadonlyMap<string, string>
}

/** Of our own plane, which judges by itself. */
export async function ownBoard(caller: Caller, fleet: Fleet, signal: AbortSignal): Promise<ReadBoard> {
  const [views, consumers, { standings }, groups] = await Promise.all([
    fleet.views(signal),
    fleet.consumers(signal),
    caller.call({ path: '/api/restore_replicas/standings' }, standingsSchema, signal),
    ownGroups(caller, signal),
  ])
  const names = new Map(groups.flatMap(({ id, name, machines }) => [[id, name] as const, ...machines.map(nameOf)]))
  const byReplica = Map.groupBy(standings, ({ replica_id: id }) => id)
  const replicas = views.map((view) =>
    readReplica(view, (byReplica.get(view.id) ?? []).map(readStanding), { names, gap: view.gap === true }),
  )
  return { views, names, replicas, consumers: counted(consumers, views) }
}

/** Of a plane that judges nothing: as far as what it lists allows. */
export async function derivedBoard(fleet: Fleet, now: Date, signal: AbortSignal): Promise<ReadBoard> {
  const [views, consumers] = await Promise.all([fleet.views(signal), fleet.consumers(signal)])
  const byGroup = Map.groupBy(views, ({ group_id: id }) => id)
  const groups = await fleet.groups((id) => byGroup.has(id), signal)
  const activity = await fleet.activity([...byGroup.keys()], signal)
  const names = new Map(
    groups.flatMap(({ id, name, machines }) => [[id, name] as const, ...(machines ?? []).map(nameOf)]),
  )
  const replicas = views.map((view) => {
    const consumer = consumers.find(({ device_id: id }) => id === view.consumer_device_id)
    const gap = view.gap ?? advertises(consumer, view.intent) === false
    const heard = activity?.get(view.group_id)
    const standings = deriveStandings(view, {
      semantics: semanticsOf(consumer, view.intent),
      gap,
      machines: machinesOf(groups, view),
      activity: heard?.rows ?? null,
      isWhole: heard?.isWhole ?? false,
      declared: byGroup.get(view.group_id) ?? [],
      now,
    })
    return readReplica(view, standings, { names, gap })
  })
  return { views, names, replicas, consumers: counted(consumers, views) }
}

function machinesOf(groups: readonly KnownGroup[], view: ViewShape): KnownGroup['machines'] {
  return groups.find(({ id }) => id === view.group_id)?.machines ?? null
}

function nameOf({ id, name }: { readonly id: string; readonly name: string }): readonly [string, string] {
  return [id, name]
}

interface Known {
  readonly names: ReadonlyMap<string, string>
  readonly gap: boolean
}

function readReplica(view: ViewShape, standings: readonly ReplicaStanding[], { names, gap }: Known): ReplicaOfPlane {
  const machineId = machineOf(view)
  const sorted = worstFirst(standings)
  return {
    id: view.id,
    declaration: readDeclaration(view),
    consumerName: view.consumer_name,
    groupName: names.get(view.group_id) ?? null,
    machineName: machineId === null ? null : (names.get(machineId) ?? null),
    gap,
    createdBy: view.created_by,
    createdAt: view.created_at,
    updatedBy: view.updated_by,
    updatedAt: view.updated_at,
    state: sorted[0]?.state ?? (view.enabled ? (gap ? 'gap' : 'unknown') : 'disabled'),
    standings: sorted,
  }
}

function counted(consumers: readonly ConsumerShape[], views: readonly ViewShape[]): PlaneBoard['consumers'] {
  return consumers.map((consumer) =>
    readConsumer(consumer, views.filter(({ consumer_device_id: id }) => id === consumer.device_id).length),
  )
}
