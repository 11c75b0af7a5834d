import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ParamValues } from '../../contract/control-plane/intent.ts'
import { worklistEntrySchema } from '../../contract/control-plane/worklist.ts'
import type { Declaration } from '../store/declaration-store.ts'
import { type FleetFixture, fleetOf, gistOf, groupOf, machineOf } from '../testing/fleet-fixture.ts'
import { expand, worklistOf } from './expand.ts'

const uuid = (kind: number) => (at: number) => `${kind}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`
const [groupId, machineId] = [uuid(1), uuid(2)]
const place = fc.integer({ min: 0, max: 2 })
const type = fc.constantFrom('postgres', 'files')
const name = fc.constantFrom('verify', 'analytics', 'upgrade')
const paramName = fc.constantFrom('grace', 'limit', 'redaction_manifest_url', '__proto__', 'constructor')
const semantics = fc.subarray(['check', 'once', 'url', 'redact', 'migrate', 'of the future'])
const value = fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.boolean())
const moment = '2026-06-01T00:00:00.000Z'

const intent = fc.record({
  intent: name,
  semantics,
  params: fc.dictionary(paramName, fc.record({ type: fc.constant('text' as const), default: value })),
})

const declaration = fc.record({
  consumerId: fc.constant('c'),
  groupId: place.map(groupId),
  machineId: fc.option(fc.integer({ min: 0, max: 5 }).map(machineId)),
  type,
  intent: name,
  overdueAfter: fc.option(fc.nat()),
  params: fc.dictionary(paramName, value) as fc.Arbitrary<ParamValues>,
  redacts: fc.boolean(),
  enabled: fc.boolean(),
})

const world = fc
  .record({
    intents: fc.uniqueArray(intent, { selector: (one) => one.intent }),
    ready: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    machines: fc.array(fc.record({ group: place, archived: fc.boolean() }), { maxLength: 6 }),
    backups: fc.uniqueArray(
      fc.record({ machine: fc.integer({ min: 0, max: 5 }), type, snapshot: fc.constantFrom('s1', 's2') }),
      { selector: (one) => `${one.machine} ${one.type}` },
    ),
    declared: fc.array(declaration, { maxLength: 8 }),
    healthy: fc.array(fc.record({ machine: fc.integer({ min: 0, max: 5 }), at: fc.nat({ max: 7 }) })),
  })
  .map(({ intents, ready, machines, backups, declared, healthy }) => {
    const declarations = declared.map(
      (one, at): Declaration => ({ ...one, ...rest, id: uuid(3)(at), name: `replica ${at}` }),
    )
    const heads = healthy.flatMap(({ machine, at }) => {
      const of = declarations[at]
      if (of === undefined) return []
      const gist = gistOf('s1', moment)
      const key = { machineId: machineId(machine), type: of.type, intent: of.intent, name: of.name }
      return [{ key, head: { last: gist, healthy: gist } }]
    })
    const fixture = {
      intents,
      groups: ready.map((is, at) => groupOf(groupId(at), is ? 'ready' : 'provisioning')),
      machines: machines.map(({ group, archived }, at) =>
        machineOf(machineId(at), groupId(group), archived ? moment : null),
      ),
      backups: backups.map((one) => ({
        machineId: machineId(one.machine),
        type: one.type,
        snapshotId: one.snapshot,
        reportedAt: moment,
        takenAt: moment,
      })),
      heads,
    } satisfies FleetFixture
    return { declarations, fixture, fleet: fleetOf(fixture) }
  })

const rest = {
  publishesSchemas: false,
  migratesOnRequest: false,
  createdBy: null,
  createdAt: moment,
  updatedBy: null,
  updatedAt: moment,
}

test('every entry is one that its shape allows, of a machine that lives in a ready group, and of what is advertised', () => {
  fc.assert(
    fc.property(world, ({ declarations, fixture, fleet }) => {
      for (const entry of worklistOf(declarations, fleet)) {
        expect(worklistEntrySchema.safeParse(entry).error).toBeUndefined()
        const of = declarations.find(({ id }) => id === entry.replica_id)
        const machine = fixture.machines.find(({ id }) => id === entry.machine_id)
        expect(of).toMatchObject({ enabled: true, groupId: machine?.groupId, name: entry.name, type: entry.type })
        expect(machine?.archivedAt).toBeNull()
        expect([null, entry.machine_id]).toContain(of?.machineId)
        expect(fixture.groups.find(({ id }) => id === entry.group_id)?.status).toBe('ready')
        expect(fleet.intents.has(entry.intent)).toBe(true)
      }
    }),
  )
})

test('parameters have exactly the advertised names, and what is stored, else the default, else null', () => {
  fc.assert(
    fc.property(world, ({ declarations, fleet }) => {
      for (const entry of worklistOf(declarations, fleet)) {
        const { params = {}, semantics: tags = [] } = fleet.intents.get(entry.intent) ?? {}
        const stored = declarations.find(({ id }) => id === entry.replica_id)?.params ?? {}
        expect(Object.keys(entry.params).toSorted()).toEqual(Object.keys(params).toSorted())
        for (const [key, given] of Object.entries(entry.params)) {
          const own = Object.hasOwn(stored, key) ? stored[key] : null
          const masked = tags.includes('redact') && key === 'redaction_manifest_url'
          expect(given).toBe(masked ? null : (own ?? params[key]?.default ?? null))
        }
      }
    }),
  )
})

test('each machine of each declaration is either dispatched or withheld for a reason, and the worklist is the dispatched ones', () => {
  fc.assert(
    fc.property(world, ({ declarations, fleet }) => {
      const outcomes = declarations.flatMap((one) => expand(one, fleet))
      for (const { entry, withheld } of outcomes) expect(entry === null).toBe(withheld !== null)
      const keys = (entries: readonly { readonly replica_id: string; readonly machine_id: string }[]) =>
        entries.map(({ replica_id, machine_id }) => `${replica_id} ${machine_id}`).toSorted()
      // Names differ here, as they do for one consumer: then nothing is dropped as a repetition.
      expect(keys(worklistOf(declarations, fleet))).toEqual(keys(outcomes.flatMap(({ entry }) => entry ?? [])))
    }),
  )
})

test('an entry has the latest backup of its machine and type, and with once never the one that was verified last', () => {
  fc.assert(
    fc.property(world, ({ declarations, fixture, fleet }) => {
      for (const entry of worklistOf(declarations, fleet)) {
        const { machine_id: id, type: of, intent: what, name: called } = entry
        const backup = fixture.backups.find((one) => one.machineId === id && one.type === of)
        expect(entry.snapshot_id).toBe(backup?.snapshotId ?? null)
        if (backup === undefined || !fleet.intents.get(what)?.semantics.includes('once')) continue
        const head = fleet.head({ machineId: id, type: of, intent: what, name: called })
        expect(head?.healthy?.snapshotId).not.toBe(backup.snapshotId)
      }
    }),
  )
})

test('a declaration says nothing about another: each worklist is that of its declarations one by one', () => {
  fc.assert(
    fc.property(world, ({ declarations, fleet }) => {
      const alone = declarations.flatMap((one) => worklistOf([one], fleet))
      const together = worklistOf(declarations, fleet)
      expect(new Set(together.map((entry) => JSON.stringify(entry)))).toEqual(
        new Set(alone.map((entry) => JSON.stringify(entry))),
      )
      expect(together).toHaveLength(alone.length)
      const places = together.map(
        ({ replica_id }) => declarations.find(({ id }) => id === replica_id)?.machineId === null,
      )
      expect(places).toEqual(places.toSorted((one, other) => Number(one) - Number(other)))
    }),
  )
})
