import { Fault } from '../../../contract/errors.ts'
import type { Plane, PlaneGroup, PlaneSafety } from '../../../contract/shapes/plane.ts'
import { uuidOf } from './ids.ts'
import type { Implementation } from './implementation.ts'
import { before } from './moments.ts'
import { ALL_FEATURES, embeddedPlane, groupOf } from './planes.ts'
import type { World } from './world.ts'

/** The control planes of the world. */
export function ofPlanes(os: Implementation, world: World) {
  return {
    watch: os.planes.watch.handler(async function* ({ signal }) {
      for await (const _ of world.plane.changed.follow(signal, () => [null])) yield [...world.plane.planes]
    }),
    probe: os.planes.probe.handler(() => ({
      state: 'connected',
      dialect: 'ours',
      features: [...ALL_FEATURES],
      version: '0.1.0',
      safety: { mode: null, until: null },
      consumerUrl: null,
    })),
    add: os.planes.add.handler(({ input }) => {
      if (world.plane.planes.some(({ url }) => url === input.url))
        throw new Fault('conflict', { what: 'plane_exists', detail: input.url })
      const { token, ...fields } = input
      const added: Plane = {
        ...fields,
        id: uuidOf(`plane:${input.url}`),
        kind: 'remote',
        consumerPort: null,
        hasToken: token !== null,
        connection: { state: 'connecting' },
      }
      put(world, [...world.plane.planes, added])
      return added
    }),
    change: os.planes.change.handler(({ input }) => {
      const changed = { ...planeOf(world, input.planeId) }
      if (input.name !== null) changed.name = input.name
      if (input.url !== null) changed.url = input.url
      if (input.token !== null) changed.hasToken = true
      return keep(world, changed)
    }),
    remove: os.planes.remove.handler(({ input }) => {
      const { id } = planeOf(world, input.planeId)
      put(
        world,
        world.plane.planes.filter((plane) => plane.id !== id),
      )
      return {}
    }),
    setEmbedded: os.planes.setEmbedded.handler(({ input }) => {
      put(world, [embeddedPlane(input.on), ...world.plane.planes.filter(({ kind }) => kind !== 'embedded')])
      return [...world.plane.planes]
    }),
    raise: os.planes.raise.handler(({ input }) =>
      setSafety(world, input.planeId, { mode: input.mode, until: before({ minutes: -10 }) }),
    ),
    lower: os.planes.lower.handler(({ input }) => setSafety(world, input.planeId, { mode: 'read-only', until: null })),
    ...ofGroups(os, world),
  }
}

function ofGroups(os: Implementation, world: World) {
  return {
    groups: os.planes.groups.handler(({ input }) => [...(world.plane.groups.get(input.planeId) ?? [])]),
    connectGroup: os.planes.connectGroup.handler(({ input }) => {
      const groups = world.plane.groups.get(input.planeId) ?? []
      const before = groups.find(({ id }) => id === input.groupId)
      const group: PlaneGroup = {
        ...(before ?? groupOf(input.name, { machines: [] })),
        name: input.name,
        status: 'ready',
        reason: null,
        url: input.access.url,
      }
      world.plane.groups.set(input.planeId, [...groups.filter(({ id }) => id !== group.id), group])
      world.plane.changed.publish(null)
      return group
    }),
    disconnectGroup: os.planes.disconnectGroup.handler(({ input }) => {
      const groups = world.plane.groups.get(input.planeId) ?? []
      const found = groups.find(({ id }) => id === input.groupId)
      if (found === undefined) throw new Fault('not_found', { what: 'group', id: input.groupId })
      const group: PlaneGroup = { ...found, status: 'provisioning', reason: null }
      world.plane.groups.set(
        input.planeId,
        groups.map((each) => (each.id === group.id ? group : each)),
      )
      world.plane.changed.publish(null)
      return group
    }),
  }
}

export function planeOf(world: World, planeId: string): Plane {
  const plane = world.plane.planes.find(({ id }) => id === planeId)
  if (plane === undefined) throw new Fault('not_found', { what: 'control plane', id: planeId })
  return plane
}

/** Refuses what takes a higher mode than the plane is in. */
export function needsMode(world: World, planeId: string, mode: 'write' | 'danger'): void {
  const { connection } = planeOf(world, planeId)
  const now = connection.state === 'connected' ? connection.safety.mode : null
  if (now === null || now === 'danger' || now === mode) return
  throw new Fault('forbidden', { needs: `safety-mode: ${mode}` })
}

function setSafety(world: World, planeId: string, safety: PlaneSafety): PlaneSafety {
  const plane = planeOf(world, planeId)
  if (plane.connection.state === 'connected') keep(world, { ...plane, connection: { ...plane.connection, safety } })
  return safety
}

function keep(world: World, changed: Plane): Plane {
  put(
    world,
    world.plane.planes.map((plane) => (plane.id === changed.id ? changed : plane)),
  )
  return changed
}

function put(world: World, planes: readonly Plane[]): void {
  world.plane.planes = planes
  world.plane.changed.publish(null)
}
