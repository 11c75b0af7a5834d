import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DeviceRole } from '../../contract/control-plane/fleet.ts'
import { worklistOf } from '../replicas/expand.ts'
import { declarationOf } from '../testing/fleet-fixture.ts'
import { planeWorld, type PlaneWorld } from '../testing/plane-world.ts'
import { fleetReader } from './fleet-reader.ts'
import { worklistTexts } from './worklists.ts'

const two = fc.nat({ max: 1 })
const snapshot = fc.constantFrom('s1', 's2')
const intent = fc.constantFrom('verify', 'analytics')

/** What may happen to a plane, with the places of what it happens to. */
const change = fc.oneof(
  fc.record({
    what: fc.constant('declare' as const),
    consumer: two,
    group: two,
    intent,
    machine: fc.option(fc.nat({ max: 3 })),
  }),
  fc.record({ what: fc.constant('switch' as const), at: fc.nat({ max: 9 }) }),
  fc.record({ what: fc.constant('move' as const), at: fc.nat({ max: 9 }), consumer: two }),
  fc.record({ what: fc.constant('rename' as const), at: fc.nat({ max: 9 }) }),
  fc.record({ what: fc.constant('delete' as const), at: fc.nat({ max: 9 }) }),
  fc.record({ what: fc.constant('advertise' as const), consumer: two, intents: fc.subarray(['verify', 'analytics']) }),
  fc.record({ what: fc.constant('back up' as const), machine: fc.nat({ max: 3 }), snapshot }),
  fc.record({ what: fc.constant('lose backups' as const), machine: fc.nat({ max: 3 }) }),
  fc.record({ what: fc.constant('archive' as const), machine: fc.nat({ max: 3 }), archived: fc.boolean() }),
  fc.record({ what: fc.constant('change group' as const), machine: fc.nat({ max: 3 }), group: two }),
  fc.record({ what: fc.constant('ready' as const), group: two, ready: fc.boolean() }),
  fc.record({
    what: fc.constant('report' as const),
    at: fc.nat({ max: 9 }),
    machine: fc.nat({ max: 3 }),
    snapshot,
    healthy: fc.boolean(),
  }),
  fc.record({
    what: fc.constant('role' as const),
    consumer: two,
    role: fc.constantFrom<DeviceRole>('admin', 'server'),
  }),
)
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never

interface Places {
  readonly consumers: readonly string[]
  readonly groups: readonly string[]
  readonly machines: readonly string[]
}

/** Two consumers that can do both, and each is to do both with both groups; every machine is backed up. */
function populate(world: PlaneWorld): Places {
  const groups = [world.addGroup(), world.addGroup()]
  const machines = groups.flatMap((group) => [world.addMachine(group, 'db1'), world.addMachine(group, 'db2')])
  const places = { consumers: [world.addDevice(), world.addDevice()], groups, machines }
  for (const machine of [0, 1, 2, 3]) apply(world, places, { what: 'back up', machine, snapshot: 's1' })
  for (const consumer of [0, 1]) {
    apply(world, places, { what: 'advertise', consumer, intents: ['verify', 'analytics'] })
    for (const group of [0, 1]) {
      apply(world, places, { what: 'declare', consumer, group, intent: 'verify', machine: null })
      apply(world, places, { what: 'declare', consumer, group, intent: 'analytics', machine: 2 * group })
    }
  }
  return places
}

function apply({ store, now, backUp }: PlaneWorld, { consumers, groups, machines }: Places, one: Change): void {
  const own = consumers.flatMap((id) => store.declarations.ofConsumer(id))
  const declared = 'at' in one ? own[one.at % own.length] : undefined
  const consumer = 'consumer' in one ? consumers[one.consumer]! : ''
  const machine = 'machine' in one && one.machine !== null ? store.machines.get(machines[one.machine]!)! : undefined
  switch (one.what) {
    case 'declare': {
      const name = `replica ${randomUUID()}`
      const scope = { consumerId: consumer, groupId: groups[one.group]!, machineId: machine?.id ?? null }
      store.declarations.insert(
        declarationOf(name, { ...scope, id: randomUUID(), type: 'postgres', intent: one.intent }),
      )
      return
    }
    case 'switch':
      return declared && store.declarations.update({ ...declared, enabled: !declared.enabled })
    case 'move':
      return declared && store.declarations.update({ ...declared, consumerId: consumer })
    case 'rename':
      return declared && store.declarations.update({ ...declared, name: `${declared.name}.` })
    case 'delete':
      return declared && store.declarations.delete(declared.id)
    case 'advertise': {
      const semantics = { verify: ['check', 'once'], analytics: ['check'] } as Record<string, string[]>
      const intents = one.intents.map((name) => ({ intent: name, semantics: semantics[name] ?? [], params: {} }))
      return store.capabilities.replace(consumer, intents, now().toISOString())
    }
    case 'back up':
      return backUp(machine!.id, 'postgres', one.snapshot)
    case 'lose backups':
      return store.machines.removeBackup(machine!.id, 'postgres')
    case 'archive':
      return store.machines.put({ ...machine!, archivedAt: one.archived ? now().toISOString() : null })
    case 'change group':
      return store.machines.put({ ...machine!, groupId: groups[one.group]!, name: randomUUID() })
    case 'ready':
      return store.groups.put({
        ...store.groups.get(groups[one.group]!)!,
        status: one.ready ? 'ready' : 'provisioning',
      })
    case 'report':
      return declared && report(store, declared, machine!.id, one)
    case 'role':
      return store.devices.setRole(consumer, one.role)
  }
}

function report(
  store: PlaneWorld['store'],
  { id, consumerId, name, groupId, type, intent: what }: ReturnType<typeof declarationOf>,
  machineId: string,
  { snapshot: snapshotId, healthy }: { readonly snapshot: string; readonly healthy: boolean },
): void {
  const at = new Date(store.reports.keys().length).toISOString()
  const scope = { deviceId: consumerId, replicaId: id, replicaName: name, groupId, machineId, type, intent: what }
  const bytes = {
    s3SentRawBytes: null,
    s3SentPayloadBytes: null,
    s3ReceivedRawBytes: null,
    s3ReceivedPayloadBytes: null,
  }
  const parts = { postgresVersion: null, healthDetails: null, migration: null, redaction: null, reportingSchema: null }
  store.reports.record({
    ...scope,
    id: randomUUID(),
    outcome: healthy ? 'success' : 'failure',
    replicaHealthy: healthy,
    observedAt: at,
    reportedAt: at,
    snapshotId,
    error: null,
    runId: null,
    startedAt: null,
    body: { ...bytes, ...parts },
  })
}

test('whatever happens, the text that is kept of a worklist is what one made anew from the store would be', async () => {
  await using world = await planeWorld()
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 25 }), (changes) => {
      const deps = { store: world.store, repositoryUrl: (id: string) => `rest:https://plane/${id}/` }
      const texts = worklistTexts(deps, fleetReader(deps))
      const places = populate(world)
      for (const one of changes) {
        apply(world, places, one)
        const fresh = fleetReader(deps)
        for (const consumer of places.consumers) {
          const device = world.store.devices.get(consumer)!
          const expected = worklistOf(world.store.declarations.ofConsumer(consumer), fresh.consumer(device))
          expect(texts(device).toString()).toBe(JSON.stringify(expected))
        }
      }
    }),
    { numRuns: 40 },
  )
})
