import { Fault } from '../../../contract/errors.ts'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { Verification } from '../../../contract/shapes/verification.ts'
import { connectionsOf, issuancesOf } from './consumers.ts'
import type { Implementation } from './implementation.ts'
import { before } from './moments.ts'
import { planeOf } from './plane-handlers.ts'
import { can, entryOf } from './replica-handlers.ts'
import { verificationsOf } from './verifications.ts'
import type { World } from './world.ts'

interface One {
  readonly planeId: string
  readonly consumerId: string
}

/** Who restores in the world. */
export function ofConsumers(os: Implementation, world: World) {
  return {
    watch: os.consumers.watch.handler(async function* ({ signal }) {
      for await (const _ of world.plane.changed.follow(signal, () => [null])) yield world.plane.consumers.map(counted)
    }),
    worklist: os.consumers.worklist.handler(({ input }) =>
      can(world, input, 'worklists') ? worklistOf(world, found(world, input)) : null,
    ),
    issuances: os.consumers.issuances.handler(({ input }) => {
      if (!can(world, input, 'issuances')) return null
      const consumer = found(world, input)
      return { items: consumer.registeredAt === null ? [] : issuancesOf(consumer), next: null }
    }),
    connections: os.consumers.connections.handler(({ input }) =>
      can(world, input, 'issuances') ? connectionsOf() : null,
    ),
    code: os.consumers.code.handler(({ input }) => {
      const { connection, pin } = planeOf(world, input.planeId)
      if (connection.state !== 'connected' || connection.consumerUrl === null)
        throw new Fault('conflict', { what: 'plane_without_enrolment', detail: '' })
      return {
        code: 'k7Qm-2vXp-9dRt-Lw4n',
        url: connection.consumerUrl,
        planePin: pin ?? '',
        certificate: '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ0\n-----END CERTIFICATE-----\n',
        expiresAt: before({ minutes: -15 }),
      }
    }),
    dismiss: os.consumers.dismiss.handler(({ input }) => {
      const { id } = found(world, input)
      world.plane.consumers = world.plane.consumers.filter((consumer) => consumer.id !== id)
      world.plane.changed.publish(null)
      return {}
    }),
    watchOwn: os.consumers.watchOwn.handler(async function* ({ signal }) {
      for await (const _ of world.plane.changed.follow(signal, () => [null])) yield world.plane.own
    }),
    setOwn: os.consumers.setOwn.handler(({ input: { on } }) => {
      world.plane.own = on ? { ...world.plane.own, state: 'working' } : { ...world.plane.own, state: 'off' }
      world.plane.changed.publish(null)
      return world.plane.own
    }),
    verifyNow: os.consumers.verifyNow.handler(({ input: { key } }) => {
      const replicas = world.plane.own.replicas.map((one) =>
        one.key === key ? { ...one, state: 'running', step: 'restore' } : one,
      )
      world.plane.own = { ...world.plane.own, replicas }
      world.plane.changed.publish(null)
      return {}
    }),
  }

  function counted(consumer: Consumer): Consumer {
    return { ...consumer, replicas: declaredFor(world, consumer).length }
  }
}

function declaredFor(world: World, { planeId, id }: Consumer) {
  return world.plane.replicas.filter((each) => each.planeId === planeId && each.declaration.consumerId === id)
}

function found(world: World, { planeId, consumerId }: One): Consumer {
  const consumer = world.plane.consumers.find((each) => each.planeId === planeId && each.id === consumerId)
  if (consumer === undefined) throw new Fault('not_found', { what: 'consumer', id: consumerId })
  return consumer
}

function worklistOf(world: World, consumer: Consumer) {
  return declaredFor(world, consumer).flatMap(({ id, declaration, standings, planeId }) => {
    const machines = world.plane.groups.get(planeId)?.find((group) => group.id === declaration.groupId)?.machines ?? []
    const sent = new Set(standings.flatMap(({ withheld, machineId }) => (withheld === null ? [machineId] : [])))
    return machines
      .filter((machine) => sent.has(machine.id))
      .map((machine) => ({ ...entryOf(declaration, machine), replicaId: id }))
  })
}

const EXPORTED_AT_A_TIME = 50

interface Filter {
  readonly planeId: string
  readonly replicaId: string | null
  readonly machineId: string | null
  readonly groupId: string | null
  readonly consumerId: string | null
}

/** What was reported of the replicas of the world. */
export function ofVerifications(os: Implementation, world: World) {
  return {
    page: os.verifications.page.handler(({ input }) => {
      const all = fitting(world, input)
      const first = input.before === null ? 0 : Number(input.before)
      const end = first + input.limit
      return { items: all.slice(first, end), next: end < all.length ? String(end) : null }
    }),
    export: os.verifications.export.handler(async function* ({ input }) {
      const all = fitting(world, input)
      for (let at = 0; at < all.length; at += EXPORTED_AT_A_TIME)
        yield { items: all.slice(at, at + EXPORTED_AT_A_TIME), next: null }
    }),
  }
}

function fitting(world: World, filter: Filter): Verification[] {
  return world.plane.replicas
    .filter(
      ({ id, planeId, declaration }) =>
        planeId === filter.planeId &&
        (filter.replicaId === null || id === filter.replicaId) &&
        (filter.groupId === null || declaration.groupId === filter.groupId) &&
        (filter.consumerId === null || declaration.consumerId === filter.consumerId),
    )
    .flatMap((replica) => verificationsOf(replica))
    .filter(({ machineId }) => filter.machineId === null || machineId === filter.machineId)
    .toSorted((a, b) => b.at.localeCompare(a.at))
}
