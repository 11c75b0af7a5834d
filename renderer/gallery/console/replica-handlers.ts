import { Fault } from '../../../contract/errors.ts'
import type { PlaneGroup } from '../../../contract/shapes/plane.ts'
import type { Declaration, PlannedRestore, Replica, ReplicaPreview } from '../../../contract/shapes/replica.ts'
import { hexId } from './ids.ts'
import type { Implementation } from './implementation.ts'
import { PRESENT } from './moments.ts'
import { needsMode, planeOf } from './plane-handlers.ts'
import { replicaId, replicaOf } from './replicas.ts'
import type { World } from './world.ts'

interface On {
  readonly planeId: string
}

/** What is declared in the world. */
export function ofReplicas(os: Implementation, world: World) {
  return {
    watch: os.replicas.watch.handler(async function* ({ signal }) {
      for await (const _ of world.plane.changed.follow(signal, () => [null]))
        yield {
          replicas: [...world.plane.replicas],
          askedAt: world.plane.planes.length === 0 ? null : PRESENT.toISOString(),
          silent: world.plane.silent,
        }
    }),
    refresh: os.replicas.refresh.handler(() => {
      world.plane.changed.publish(null)
      return {}
    }),
    preview: os.replicas.preview.handler(({ input }) =>
      can(world, input, 'preview') ? previewOf(world, input, input.replicaId) : null,
    ),
    revokes: os.replicas.revokes.handler(({ input }) => {
      if (!can(world, input, 'preview')) return null
      const { declaration, groupName, state } = found(world, input)
      if (state === 'healthy') return []
      return [{ groupId: declaration.groupId, groupName: groupName ?? '', type: declaration.type }]
    }),
    declare: os.replicas.declare.handler(({ input }) => {
      needsMode(world, input.planeId, 'write')
      refuseTwins(world, input, null)
      return put(world, madeOf(world, input))
    }),
    change: os.replicas.change.handler(({ input }) => changeOf(world, input, input.declaration)),
    setEnabled: os.replicas.setEnabled.handler(({ input }) =>
      changeOf(world, input, { ...found(world, input).declaration, enabled: input.enabled }),
    ),
    remove: os.replicas.remove.handler(({ input }) => {
      needsMode(world, input.planeId, 'danger')
      const { id, declaration } = found(world, input)
      if (input.typed !== declaration.name)
        throw new Fault('conflict', { what: 'wrong_replica_name', detail: declaration.name })
      world.plane.replicas = world.plane.replicas.filter((replica) => replica.id !== id)
      world.plane.changed.publish(null)
      return {}
    }),
  }
}

export function can(
  world: World,
  { planeId }: On,
  feature: 'preview' | 'worklists' | 'issuances' | 'history',
): boolean {
  const { connection } = planeOf(world, planeId)
  return connection.state === 'connected' && connection.features.includes(feature)
}

function found(world: World, { planeId, replicaId: id }: On & { readonly replicaId: string }): Replica {
  const replica = world.plane.replicas.find((each) => each.planeId === planeId && each.id === id)
  if (replica === undefined) throw new Fault('not_found', { what: 'replica', id })
  return replica
}

interface Change extends On {
  readonly replicaId: string
  readonly updatedAt: string
}

function changeOf(world: World, change: Change, declaration: Declaration): Replica {
  needsMode(world, change.planeId, 'write')
  const other = world.plane.meanwhile.get(change.replicaId)
  if (other !== undefined) {
    world.plane.meanwhile.delete(change.replicaId)
    put(world, other)
  }
  const before = found(world, change)
  if (before.updatedAt !== change.updatedAt)
    throw new Fault('conflict', { what: 'replica_changed', detail: before.updatedBy ?? '' })
  refuseTwins(world, { ...change, declaration }, before.id)
  const made = madeOf(world, { planeId: change.planeId, declaration })
  return put(world, { ...made, id: before.id, createdBy: before.createdBy, createdAt: before.createdAt })
}

interface Declared extends On {
  readonly declaration: Declaration
}

function refuseTwins(world: World, { planeId, declaration }: Declared, self: string | null): void {
  const twin = twinOf(world, { planeId, declaration }, self)
  if (twin !== undefined) throw new Fault('conflict', { what: 'replica_exists', detail: twin.id })
}

function twinOf(world: World, { planeId, declaration }: Declared, self: string | null): Replica | undefined {
  return world.plane.replicas.find(
    (each) =>
      each.planeId === planeId &&
      each.id !== self &&
      each.declaration.consumerId === declaration.consumerId &&
      each.declaration.name === declaration.name,
  )
}

function madeOf(world: World, { planeId, declaration }: Declared): Replica {
  const consumer = consumerOf(world, declaration)
  const offered = consumer?.intents.some(({ name }) => name === declaration.intent) ?? false
  const group = groupOf(world, { planeId, declaration })
  if (group === undefined) throw new Fault('not_found', { what: 'group', id: declaration.groupId })
  const state = !declaration.enabled ? 'disabled' : !offered ? 'gap' : 'never-reported'
  const made = replicaOf({ name: declaration.name, group, consumer: '', states: [state], declaration, planeId })
  const at = new Date(PRESENT.getTime() + world.calls.length).toISOString()
  return {
    ...made,
    id: replicaId(`${declaration.consumerId} ${declaration.name}`),
    consumerName: consumer?.name ?? null,
    updatedBy: world.system.actor,
    createdAt: at,
    updatedAt: at,
  }
}

function put(world: World, replica: Replica): Replica {
  world.plane.replicas = [replica, ...world.plane.replicas.filter(({ id }) => id !== replica.id)]
  world.plane.changed.publish(null)
  return replica
}

function consumerOf(world: World, { consumerId }: Declaration) {
  return world.plane.consumers.find(({ id }) => id === consumerId)
}

function groupOf(world: World, { planeId, declaration }: Declared): PlaneGroup | undefined {
  return world.plane.groups.get(planeId)?.find(({ id }) => id === declaration.groupId)
}

function previewOf(world: World, declared: Declared, self: string | null): ReplicaPreview {
  const { declaration } = declared
  const group = groupOf(world, declared)
  const intent = consumerOf(world, declaration)?.intents.find(({ name }) => name === declaration.intent)
  const machines = (group?.machines ?? []).filter(
    ({ id }) => declaration.machineId === null || id === declaration.machineId,
  )
  const why = !declaration.enabled
    ? 'disabled'
    : intent === undefined
      ? 'gap'
      : group?.status === 'provisioning'
        ? 'group-not-ready'
        : null
  return {
    entries: why === null ? machines.map((machine) => entryOf(declaration, machine)) : [],
    withheld: why === null ? [] : machines.map(({ id, name }) => ({ machineId: id, machineName: name, why })),
    grants:
      declaration.enabled && group !== undefined && !isCovered(world, declared)
        ? [{ groupId: group.id, groupName: group.name, type: declaration.type }]
        : [],
    nameTakenBy: twinOf(world, declared, self)?.id ?? null,
  }
}

/** An entry of a worklist. */
export function entryOf(declaration: Declaration, machine: PlaneGroup['machines'][number]): PlannedRestore {
  const backup = machine.backups.find(({ type }) => type === declaration.type)
  return {
    replicaId: hexId(declaration.name),
    name: declaration.name,
    groupId: declaration.groupId,
    machineId: machine.id,
    machineName: machine.name,
    type: declaration.type,
    intent: declaration.intent,
    params: declaration.params,
    snapshotId: backup?.snapshotId ?? null,
    snapshotAt: backup?.takenAt ?? null,
  }
}

/** Another replica, or this one as it was, gives the same consumer the same access. */
function isCovered(world: World, { planeId, declaration }: Declared): boolean {
  return world.plane.replicas.some(
    (each) =>
      each.planeId === planeId &&
      each.declaration.enabled &&
      each.declaration.consumerId === declaration.consumerId &&
      each.declaration.groupId === declaration.groupId &&
      each.declaration.type === declaration.type,
  )
}
