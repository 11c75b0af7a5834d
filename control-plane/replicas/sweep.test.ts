import { expect, test } from 'vitest'
import { backupOf, declarationOf, gistOf } from '../testing/fleet-fixture.ts'
import type { Declaration } from '../store/declaration-store.ts'
import type { Finding } from '../store/finding-store.ts'
import { keyText, type ReplicaKey, type ReportHead } from '../store/report-rows.ts'
import { sweep, type ToSweep } from './sweep.ts'

const T0 = Date.UTC(2026, 5, 1, 12)
const at = (minutes: number) => new Date(T0 + minutes * 60_000).toISOString()
const key: ReplicaKey = { machineId: 'a', type: 't', intent: 'verify', name: 'x' }
const hourly = declarationOf('x', { overdueAfter: 3600, createdAt: at(-600) })

interface Case {
  readonly declarations?: readonly Declaration[]
  readonly semantics?: readonly string[] | null
  readonly live?: readonly string[]
  readonly head?: ReportHead | undefined
  readonly findings?: readonly Finding[]
}

function pass({ declarations = [hourly], semantics = ['check'], live = ['a'], head, findings = [] }: Case) {
  const input: ToSweep = {
    declarations,
    semantics: () => semantics,
    machinesOf: () => live,
    groupOf: (id) => (live.includes(id) ? 'g' : undefined),
    backup: (machineId, type) => backupOf(machineId, type, 's1', at(-90)),
    head: (one) => (keyText(one) === keyText(key) ? head : undefined),
    reported: head === undefined ? [] : [key],
    findings,
  }
  return sweep(input, new Date(T0))
}

const healthy = (minutes: number): ReportHead => {
  const gist = gistOf('s1', at(minutes))
  return { last: gist, healthy: gist }
}
const failing: ReportHead = {
  last: gistOf('s1', at(-1), { healthy: false, outcome: 'failure', error: 'no space' }),
  healthy: gistOf('s1', at(-2)),
}
const stands: Finding = {
  key,
  failed: true,
  since: at(-30),
  judgedAt: at(-30),
  snapshotId: 's1',
  overdue: false,
  why: 'no space',
}

test('a failed report is found, with its error, and nothing of a replica that never failed', () => {
  expect(pass({ head: failing })).toMatchObject([{ key, failed: true, overdue: false, why: 'no space', since: at(0) }])
  expect(pass({ head: healthy(-1) })).toEqual([])
})

test('a replica that came up unhealthy failed, though its restore succeeded', () => {
  const last = gistOf('s1', at(-1), { healthy: false })
  expect(pass({ head: { last, healthy: null } })).toMatchObject([
    { failed: true, why: 'The replica was restored and came up unhealthy.' },
  ])
})

test('one past its bound is found overdue, in the words of how it is judged', () => {
  expect(pass({ head: healthy(-61) })).toMatchObject([
    { overdue: true, why: 'There is no healthy report within the bound.' },
  ])
  const unverified = { last: gistOf('s0', at(-1)), healthy: gistOf('s0', at(-1)) }
  expect(pass({ head: unverified, semantics: ['check', 'once'] })).toMatchObject([
    { overdue: true, why: 'The latest snapshot is unverified for longer than the bound.' },
  ])
  expect(pass({})).toMatchObject([{ overdue: true }])
})

test('what stands is not found again, and keeps since when it stands when its cause changes', () => {
  expect(pass({ head: failing, findings: [stands] })).toEqual([])
  const other = { ...failing, last: { ...failing.last, error: 'other' } }
  expect(pass({ head: other, findings: [stands] })).toMatchObject([{ failed: true, since: at(-30), judgedAt: at(0) }])
})

test('it recovers with a healthy report', () => {
  expect(pass({ head: healthy(-1), findings: [stands] })).toMatchObject([{ failed: false, since: at(0) }])
})

test('in a gap what stood stays, and nothing is judged overdue', () => {
  expect(pass({ head: healthy(-61), semantics: null })).toEqual([])
  expect(pass({ head: healthy(-61), semantics: null, findings: [{ ...stands, overdue: true }] })).toEqual([])
  expect(pass({ head: failing, semantics: null })).toMatchObject([{ failed: true, why: 'no space' }])
})

test('it stands while a declaration of its group, type and intent is there, though that names another machine or is renamed', () => {
  const renamed = declarationOf('renamed', { machineId: 'b' })
  expect(pass({ declarations: [renamed], head: failing, findings: [stands], live: ['a', 'b'] })).toEqual([])
})

test('it recovers when no enabled declaration asks for it any more, or its machine is archived', () => {
  const recovered = [{ key, failed: false }]
  expect(pass({ declarations: [], head: failing, findings: [stands] })).toMatchObject(recovered)
  const other = declarationOf('x', { type: 'other' })
  expect(pass({ declarations: [other], head: failing, findings: [stands] })).toMatchObject(recovered)
  expect(pass({ head: failing, findings: [stands], live: [] })).toMatchObject(recovered)
})

test('where two consumers have a replica of one name, either failing is found', () => {
  const unbounded = declarationOf('x', { consumerId: 'other', overdueAfter: null })
  expect(pass({ declarations: [hourly, unbounded], head: healthy(-61) })).toMatchObject([{ overdue: true }])
  expect(pass({ declarations: [unbounded, hourly], head: healthy(-61) })).toMatchObject([{ overdue: true }])
})
