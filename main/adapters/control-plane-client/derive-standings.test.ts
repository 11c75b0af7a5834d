import { expect, test } from 'vitest'
import { deriveStandings, type Evidence } from './derive-standings.ts'
import { type ActivityShape, activityShape, type ViewShape, viewShape } from './shapes.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const id = (digit: string): string => `0190f1c2-0000-7000-8000-00000000000${digit}`
const DB_01 = { id: id('1'), name: 'db-01', archived: false }
const DB_02 = { id: id('2'), name: 'db-02', archived: false }

function viewOf(change: Partial<ViewShape> = {}): ViewShape {
  const made = {
    id: id('a'),
    consumer_device_id: id('c'),
    group_id: id('f'),
    machine_id: DB_01.id,
    type: 'files',
    intent: 'verify',
    name: 'north',
    overdue_after: '1h',
    enabled: true,
    created_at: '2026-11-01T00:00:00Z',
    updated_at: '2026-11-01T00:00:00Z',
  }
  return { ...viewShape.parse(made), ...change }
}

function row(at: string, change: Partial<ActivityShape> = {}): ActivityShape {
  const made = {
    key: at,
    status: 'reported',
    type: 'files',
    intent: 'verify',
    machine_id: DB_01.id,
    outcome: 'success',
    replica_healthy: true,
    at,
    observed_at: at,
    reported_at: at,
  }
  return { ...activityShape.parse(made), ...change }
}

function standing(view: ViewShape, change: Partial<Evidence> = {}) {
  const [first] = deriveStandings(view, {
    semantics: ['check'],
    gap: false,
    machines: [DB_01, DB_02],
    activity: [],
    isWhole: true,
    declared: [view],
    now: NOW,
    ...change,
  })
  return first
}

test('what was never heard of is overdue as Canopy judges, and called never reported', () => {
  expect(standing(viewOf())).toMatchObject({ state: 'never-reported', overdue: true, overdueSince: null })
  expect(standing(viewOf({ overdue_after: null }))).toMatchObject({ state: 'never-reported', overdue: false })
  // There may be older reports than those that are listed.
  expect(
    standing(viewOf(), { isWhole: false, activity: [row('2026-11-20T11:59:00Z', { intent: 'other' })] }),
  ).toMatchObject({ state: 'unknown', overdue: false })
  expect(
    standing(viewOf(), { isWhole: false, activity: [row('2026-11-20T10:00:00Z', { intent: 'other' })] }),
  ).toMatchObject({ state: 'unknown', overdue: true })
  expect(standing(viewOf(), { activity: null, isWhole: false })).toMatchObject({ state: 'unknown', overdue: false })
})

test('the bound is passed strictly later than it says', () => {
  expect(standing(viewOf(), { activity: [row('2026-11-20T11:00:00Z')] })).toMatchObject({
    state: 'healthy',
    overdue: false,
    overdueAt: '2026-11-20T12:00:00.000Z',
  })
  expect(standing(viewOf(), { activity: [row('2026-11-20T10:59:59Z')] })).toMatchObject({
    state: 'overdue',
    overdueSince: '2026-11-20T11:59:59.000Z',
  })
})

test('the newest by the consumer’s clock decides, and unhealthy comes before overdue', () => {
  const old = row('2026-11-20T05:00:00Z')
  const failed = row('2026-11-20T06:00:00Z', { outcome: 'failure', replica_healthy: false, error: 'no space' })
  const late = row('2026-11-20T04:00:00Z', { reported_at: '2026-11-20T11:00:00Z' })
  expect(standing(viewOf(), { activity: [late, failed, old] })).toMatchObject({
    state: 'failing',
    overdue: true,
    lastReport: { error: 'no space' },
    lastHealthy: { observedAt: '2026-11-20T05:00:00Z' },
  })
  const cameUpSick = row('2026-11-20T11:30:00Z', { replica_healthy: false })
  expect(standing(viewOf(), { activity: [cameUpSick] })).toMatchObject({
    state: 'failing',
    lastReport: { outcome: 'success', healthy: false },
  })
})

test('a report that may be another declaration’s is nobody’s', () => {
  const view = viewOf()
  const sibling = viewOf({ id: id('b'), machine_id: null, name: 'all of them' })
  const activity = [row('2026-11-20T11:30:00Z')]
  expect(standing(view, { activity, declared: [view, sibling] })).toMatchObject({ state: 'unknown', lastReport: null })
  const elsewhere = viewOf({ id: id('b'), machine_id: DB_02.id })
  expect(standing(view, { activity, declared: [view, elsewhere] })).toMatchObject({ state: 'healthy' })
  const named = [row('2026-11-20T11:30:00Z', { replica_id: view.id })]
  expect(standing(view, { activity: named, declared: [view, sibling] })).toMatchObject({ state: 'healthy' })
  expect(standing(sibling, { activity: named, declared: [view, sibling] })?.lastReport).toBeNull()
})

test('when it is overdue is not said where that depends on snapshots or versions that the plane does not list', () => {
  for (const semantics of [['check', 'once'], ['check', 'migrate'], []]) {
    const activity = [row('2026-11-01T00:00:00Z')]
    expect(standing(viewOf(), { semantics, activity })).toMatchObject({ overdue: false, overdueAt: null })
  }
  expect(standing(viewOf(), { semantics: [] })).toMatchObject({ state: 'not-reporting' })
  expect(standing(viewOf(), { semantics: null })).toMatchObject({ state: 'never-reported' })
})

test('a restore that is known by its credentials alone is theirs who alone can have asked', () => {
  const going = row('2026-11-20T11:55:00Z', { status: 'in_progress', intent: null, machine_id: null, outcome: null })
  const over = { ...going, status: 'unknown' } as const
  const view = viewOf()
  expect(standing(view, { activity: [going] })).toMatchObject({ state: 'in-progress', inProgress: null })
  expect(standing(view, { activity: [over] })).toMatchObject({ state: 'unknown' })
  const other = viewOf({ id: id('b'), intent: 'analytics' })
  expect(standing(view, { activity: [going], declared: [view, other] })).toMatchObject({ state: 'never-reported' })
  const off = { ...other, enabled: false }
  expect(standing(view, { activity: [going], declared: [view, off] })).toMatchObject({ state: 'in-progress' })
})

test('what is disabled, a gap or of a machine that has gone says so first', () => {
  const activity = [row('2026-11-20T06:00:00Z', { outcome: 'failure' })]
  expect(standing(viewOf({ enabled: false }), { activity, gap: true })).toMatchObject({
    state: 'disabled',
    withheld: 'disabled',
    lastReport: { outcome: 'failure' },
  })
  expect(standing(viewOf(), { activity, gap: true })).toMatchObject({ state: 'gap', withheld: 'gap', overdue: false })
  const archived = [{ ...DB_01, archived: true }, DB_02]
  expect(standing(viewOf(), { activity, machines: archived })).toMatchObject({
    state: 'machine-gone',
    machineName: 'db-01',
    withheld: 'machine-gone',
  })
  expect(standing(viewOf(), { activity: [], machines: null })).toMatchObject({ state: 'never-reported' })
})

test('of all machines each stands by itself; where none is known there is one for all', () => {
  const view = viewOf({ machine_id: null })
  const evidence = {
    semantics: ['check'],
    gap: false,
    activity: [row('2026-11-20T11:30:00Z')],
    isWhole: true,
    declared: [view],
    now: NOW,
  }
  expect(
    deriveStandings(view, { ...evidence, machines: [DB_01, DB_02] }).map(({ machineName, state }) => [
      machineName,
      state,
    ]),
  ).toEqual([
    ['db-01', 'healthy'],
    ['db-02', 'never-reported'],
  ])
  expect(deriveStandings(view, { ...evidence, machines: null })).toMatchObject([{ machineId: null, state: 'healthy' }])
})
