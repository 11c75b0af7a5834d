import { expect, test } from 'vitest'
import { backupOf, declarationOf, gistOf } from '../testing/fleet-fixture.ts'
import { judgeOverdue } from './overdue.ts'

const T0 = Date.UTC(2026, 5, 1, 12)
const at = (seconds: number) => new Date(T0 + seconds * 1000)
const text = (seconds: number) => at(seconds).toISOString()
const declaration = declarationOf('x', { overdueAfter: 3600, createdAt: text(-10) })
const head = (...[snapshot, observed]: [string, number]) => {
  const healthy = gistOf(snapshot, text(observed))
  return { last: healthy, healthy }
}
const check = { declaration, semantics: ['check'], backup: backupOf('a', 't', 's1', text(0)) }
const once = { ...check, semantics: ['check', 'once'] }
const never = { overdue: false, since: null, at: null }

test('without once it is overdue when the last healthy report is older than the bound, and exactly the bound is not', () => {
  const judged = { ...check, head: head('s1', 0) }
  expect(judgeOverdue(judged, at(3600))).toEqual({ overdue: false, since: null, at: text(3600) })
  expect(judgeOverdue(judged, new Date(T0 + 3_600_001))).toEqual({ overdue: true, since: text(3600), at: null })
})

test('it is the consumer’s clock that the last healthy report is counted from', () => {
  const healthy = gistOf('s1', text(-7200), { reportedAt: text(0) })
  expect(judgeOverdue({ ...check, head: { last: healthy, healthy } }, at(0))).toMatchObject({ overdue: true })
})

test('a clock that is ahead does not put the bound off: nothing was observed after it was heard of', () => {
  const healthy = gistOf('s1', text(900_000), { reportedAt: text(0) })
  const judged = { ...check, head: { last: healthy, healthy } }
  expect(judgeOverdue(judged, at(3600))).toMatchObject({ overdue: false, at: text(3600) })
  expect(judgeOverdue(judged, at(3601))).toMatchObject({ overdue: true, since: text(3600) })
})

test('without once and without any healthy report it is overdue at once, also without a backup', () => {
  const expected = { overdue: true, since: text(-10), at: null }
  expect(judgeOverdue({ ...check, backup: undefined, head: undefined }, at(0))).toEqual(expected)
  const last = gistOf('s1', text(0), { healthy: false })
  expect(judgeOverdue({ ...check, head: { last, healthy: null } }, at(0))).toEqual(expected)
})

test('with once it is counted from when the plane heard of the snapshot, and only while that is unverified', () => {
  const unverified = { ...once, head: head('s0', -100) }
  expect(judgeOverdue(unverified, at(3600))).toEqual({ overdue: false, since: null, at: text(3600) })
  expect(judgeOverdue(unverified, at(3601))).toEqual({ overdue: true, since: text(3600), at: null })
  expect(judgeOverdue({ ...once, head: undefined }, at(3601))).toMatchObject({ overdue: true })
  expect(judgeOverdue({ ...once, head: head('s1', -9_000_000) }, at(3601))).toEqual(never)
  expect(judgeOverdue({ ...once, backup: undefined, head: undefined }, at(9_000_000))).toEqual(never)
})

test('nothing is overdue without a bound, without check, while migrating, or in a gap', () => {
  const late = { ...check, head: head('s1', -9_000_000) }
  expect(judgeOverdue(late, at(0)).overdue).toBe(true)
  expect(judgeOverdue({ ...late, declaration: { ...declaration, overdueAfter: null } }, at(0))).toEqual(never)
  expect(judgeOverdue({ ...late, semantics: ['once'] }, at(0))).toEqual(never)
  expect(judgeOverdue({ ...late, semantics: ['check', 'migrate'] }, at(0))).toEqual(never)
  expect(judgeOverdue({ ...late, semantics: null }, at(0))).toEqual(never)
})

test('a bound of no time is passed by the next millisecond, and one beyond all dates never is', () => {
  const instant = { ...check, declaration: { ...declaration, overdueAfter: 0 }, head: head('s1', 0) }
  expect(judgeOverdue(instant, at(0)).overdue).toBe(false)
  expect(judgeOverdue(instant, new Date(T0 + 1)).overdue).toBe(true)
  const endless = {
    ...check,
    declaration: { ...declaration, overdueAfter: Number.MAX_SAFE_INTEGER },
    head: head('s1', 0),
  }
  expect(judgeOverdue(endless, at(0))).toEqual(never)
})
