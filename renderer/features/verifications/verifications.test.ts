import { expect, test } from 'vitest'
import { busyPlanes } from '../../gallery/console/index.ts'
import { verificationsOf } from '../../gallery/console/verifications.ts'
import { durations, sizes } from './trend.ts'
import { clockWords, firstLine, replicaUrl, restoredBytes } from './verification-words.ts'

const replica = (name: string) => {
  const found = busyPlanes().replicas.find(({ declaration }) => declaration.name === name)
  if (found === undefined) throw new Error(`no replica ${name}`)
  return found
}

test('two clocks are both told only where they differ by more than a minute', () => {
  const observedAt = '2026-11-21T12:00:00.000Z'
  expect(clockWords({ observedAt, reportedAt: '2026-11-21T12:01:00.000Z' })).toBeNull()
  expect(clockWords({ observedAt, reportedAt: '2026-11-21T12:01:01.000Z' })).toContain('by the consumer’s clock')
  expect(clockWords({ observedAt, reportedAt: '2026-11-21T11:58:00.000Z' })).not.toBeNull()
  expect(clockWords({ observedAt: null, reportedAt: observedAt })).toBeNull()
})

test('the first line is the first that says something', () => {
  expect(firstLine('\n  could not start\nmore')).toBe('could not start')
  expect(firstLine('')).toBe('')
})

test('health data of any shape is read for what it may hold', () => {
  expect(replicaUrl({ url: 'postgres://a:5432/b' })).toBe('postgres://a:5432/b')
  for (const odd of [null, 7, 'x', [], { url: 7 }, { url: 'no address' }]) expect(replicaUrl(odd)).toBeNull()
  expect(restoredBytes({ sizes: { a: 1, b: 2, c: 'x' } })).toBe(3)
  for (const odd of [null, { sizes: null }, { sizes: {} }, { sizes: [] }]) expect(restoredBytes(odd)).toBeNull()
})

test('a trend holds the healthy restores alone, old to new, each machine by itself', () => {
  const verifications = verificationsOf(replica('north-db-verify'))
  const trend = durations(verifications)
  const healthy = verifications.filter(({ status }) => status === 'healthy')
  expect(trend?.points).toHaveLength(healthy.length)
  expect(new Set(trend?.series)).toEqual(new Set(healthy.map(({ machineName }) => machineName)))
  expect(sizes(verifications)?.left).toBe(0)
})

test('more machines than a plot has room for are counted', () => {
  const [one] = verificationsOf(replica('pacs-verify')).filter(({ status }) => status === 'healthy')
  if (one === undefined) throw new Error('no verification')
  const many = Array.from({ length: 7 }, (_, at) => ({ ...one, machineName: `db-${at}` }))
  expect(durations(many)).toMatchObject({ left: 3 })
})

test('one restore makes no line', () => {
  const healthy = verificationsOf(replica('pacs-verify')).filter(({ status }) => status === 'healthy')
  expect(durations(healthy.slice(0, 1))).toBeNull()
})
