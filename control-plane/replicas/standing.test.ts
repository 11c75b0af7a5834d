import { expect, test } from 'vitest'
import {
  backupOf,
  declarationOf,
  type FleetFixture,
  fleetOf,
  gistOf,
  groupOf,
  intentOf,
  machineOf,
} from '../testing/fleet-fixture.ts'
import type { Declaration } from '../store/declaration-store.ts'
import type { ReportHead } from '../store/report-rows.ts'
import type { Restore } from './restores.ts'
import { standingsOf } from './standing.ts'

const T0 = Date.UTC(2026, 5, 1, 12)
const at = (minutes: number) => new Date(T0 + minutes * 60_000).toISOString()
const base: FleetFixture = {
  intents: [intentOf('verify', ['check'])],
  groups: [groupOf('g')],
  machines: [machineOf('a', 'g')],
  backups: [backupOf('a', 't', 's1', at(-30))],
}
const hourly = declarationOf('x', { overdueAfter: 3600, createdAt: at(-600) })

interface Case {
  readonly fixture?: FleetFixture
  readonly declaration?: Declaration
  readonly head?: ReportHead
  readonly restore?: Pick<Restore, 'since' | 'until'>
}

function standings({ fixture = base, declaration = hourly, head, restore }: Case) {
  const key = { machineId: declaration.machineId ?? 'a', type: 't', intent: 'verify', name: 'x' }
  const fleet = {
    ...fleetOf({ ...fixture, heads: head === undefined ? [] : [{ key, head }] }),
    machine: (id: string) => ({ name: `machine ${id}` }),
    unreported: () => restore && { deviceId: 'c', groupId: 'g', type: 't', runId: 'r', issuances: [], ...restore },
  }
  return standingsOf(declaration, fleet, new Date(T0))
}
const one = (given: Case) => standings(given)[0]
const healthy = (snapshot: string, minutes: number): ReportHead => {
  const gist = gistOf(snapshot, at(minutes))
  return { last: gist, healthy: gist }
}
const failed: ReportHead = {
  last: gistOf('s1', at(-1), { healthy: false, outcome: 'failure', error: 'no space' }),
  healthy: gistOf('s0', at(-90)),
}

test('a replica with a healthy report within its bound is healthy, and it is said until when', () => {
  expect(one({ head: healthy('s1', -20) })).toMatchObject({
    replica_id: 'id of x',
    machine_id: 'a',
    machine_name: 'machine a',
    state: 'healthy',
    withheld: null,
    overdue: false,
    overdue_since: null,
    overdue_at: at(40),
    bound_seconds: 3600,
    latest_snapshot_id: 's1',
    latest_snapshot_at: at(-30),
    in_progress: null,
    last_report: { healthy: true, snapshot_id: 's1', observed_at: at(-20), reported_at: at(-20) },
  })
})

test('one that was never heard of is told apart from one that is overdue, though both are past the bound', () => {
  expect(one({})).toMatchObject({ state: 'never-reported', overdue: true, overdue_since: at(-600), last_report: null })
  expect(one({ head: healthy('s1', -61) })).toMatchObject({ state: 'overdue', overdue: true, overdue_since: at(-1) })
})

test('without a backup it waits for one, also where its bound counts from its declaration', () => {
  expect(one({ fixture: { ...base, backups: [] } })).toMatchObject({
    state: 'waiting-for-backup',
    overdue: true,
    latest_snapshot_id: null,
  })
})

test('a failed report comes before everything that time says, with its error in full', () => {
  expect(one({ head: failed })).toMatchObject({
    state: 'failing',
    overdue: true,
    last_report: { outcome: 'failure', error: 'no space' },
    last_healthy: { snapshot_id: 's0' },
  })
})

test('credentials that are valid are a restore in progress, and ended ones of which nothing was heard an unknown end', () => {
  const running = { since: at(-10), until: at(50) }
  expect(one({ restore: running })).toMatchObject({ state: 'in-progress', in_progress: { ...running, run_id: 'r' } })
  const ended = { since: at(-80), until: at(-20) }
  expect(one({ restore: ended })).toMatchObject({ state: 'unknown', in_progress: null })
  expect(one({ restore: ended, head: healthy('s0', -15) })).toMatchObject({ state: 'healthy' })
})

test('a replica whose latest snapshot is verified is not what the credentials of its group are for', () => {
  const restore = { since: at(-10), until: at(50) }
  expect(one({ restore, head: healthy('s1', -20) })).toMatchObject({ state: 'healthy', in_progress: null })
})

test('what is not dispatched says why, whatever was reported', () => {
  const head = failed
  const disabled = declarationOf('x', { enabled: false, overdueAfter: 1 })
  expect(one({ head, declaration: disabled })).toMatchObject({ state: 'disabled', overdue: false })
  expect(one({ head, fixture: { ...base, intents: [] } })).toMatchObject({ state: 'gap', overdue: false })
  const notReady = { ...base, groups: [groupOf('g', 'provisioning')] }
  expect(one({ head, fixture: notReady })).toMatchObject({ state: 'group-not-ready' })
  const gone = declarationOf('x', { machineId: 'b', overdueAfter: 1 })
  expect(one({ declaration: gone })).toMatchObject({ state: 'machine-gone', machine_id: 'b', overdue: false })
})

test('a settled replica is healthy and withheld', () => {
  const settled = { ...base, intents: [intentOf('verify', ['check', 'once'])] }
  expect(one({ fixture: settled, head: healthy('s1', -900) })).toMatchObject({
    state: 'healthy',
    withheld: 'settled',
    overdue: false,
    overdue_at: null,
  })
})

test('an intent that does not report is never overdue, and what it reports all the same is shown', () => {
  const silent = { ...base, intents: [intentOf('verify')] }
  expect(one({ fixture: silent })).toMatchObject({ state: 'not-reporting', overdue: false })
  expect(one({ fixture: silent, head: healthy('s1', -900) })).toMatchObject({ state: 'healthy' })
  expect(one({ fixture: silent, head: failed })).toMatchObject({ state: 'failing' })
})

test('a declaration of a group without machines stands once, and for none', () => {
  const empty = { ...base, machines: [] }
  expect(standings({ fixture: empty })).toMatchObject([{ machine_id: null, machine_name: null, state: 'machine-gone' }])
  expect(one({ fixture: { ...empty, intents: [] } })).toMatchObject({ state: 'gap' })
})
