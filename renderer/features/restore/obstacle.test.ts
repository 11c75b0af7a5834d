import { expect, test } from 'vitest'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import { agentIdentity } from '../../gallery/console/fleet.ts'
import { busyWorld, NEWEST_SNAPSHOT } from '../../gallery/console/index.ts'
import { planRestore } from '../../gallery/console/plans.ts'
import { checksOf } from './checks.ts'
import { missingOf, NOT_CONFIRMED, whyNotInPlace } from './in-place.ts'
import { obstacleTo } from './obstacle.ts'
import { changeWords, sentenceOf } from './sentence.ts'

const world = busyWorld()
const host = world.hosts.get('db-01') as HostView
const source = { snapshotId: NEWEST_SNAPSHOT, selection: { include: ['/etc/postgresql'], exclude: [] } }
const usual = {
  kind: 'new',
  repositoryId: 'db-01',
  sources: [source],
  layout: 'full-path',
  conflicts: 'always',
  deleteExtra: false,
  readBack: true,
} as const
const planned = (kind: 'staging' | 'in-place'): RestorePlan =>
  planRestore(world, 'db-01', { ...usual, sources: [source], target: { kind } })
const staged = planned('staging')
const inPlace = planned('in-place')
const as = (role: 'viewer' | 'operator' | 'admin', fields: Partial<HostView['agent'] & object> = {}): HostView => ({
  ...host,
  agent: agentIdentity('db-01', { granted: { role, permissions: [], workspace: null }, ...fields }),
})

test('it cannot start without a plan, without room, without restic, without the host, or for who may only look', () => {
  expect(obstacleTo(host, staged)).toBeNull()
  expect(obstacleTo(host, null)).toBe('')
  expect(obstacleTo(host, { ...staged, free: 1 })).toMatch(/not enough room/)
  expect(obstacleTo(host, { ...staged, free: null })).toBeNull()
  expect(obstacleTo(as('admin', { restic: null }), staged)).toMatch(/no usable restic/)
  expect(obstacleTo({ ...host, link: { ...host.link, state: 'unreachable' } }, staged)).toMatch(/cannot be reached/)
  expect(obstacleTo(as('viewer'), staged)).toMatch(/may only look/)
  const taken: RestorePlan = {
    ...staged,
    fresh: false,
    manner: { ...staged.manner, target: { kind: 'path', path: '/etc' } },
  }
  expect(obstacleTo(as('operator'), taken)).toMatch(/only the role admin/i)
  expect(obstacleTo(as('operator'), { ...taken, follows: { kind: 'resume', runId: 'r' } })).toBeNull()
  expect(obstacleTo(as('admin'), taken)).toBeNull()
})

test('where nothing would change there is nothing to start', () => {
  const none = { items: 0, bytes: 0 }
  const totals = { delete: none, update: none, create: none, skip: none, unchanged: { items: 4, bytes: 1 } }
  expect(obstacleTo(host, { ...inPlace, totals })).toMatch(/just as the snapshot has it/)
  expect(obstacleTo(host, { ...inPlace, totals: { ...totals, skip: { items: 1, bytes: 1 } } })).toMatch(/is to be kept/)
})

test.each<[string, HostView, RegExp | null]>([
  ['an admin, and an agent that is root', as('admin'), null],
  ['an operator', as('operator'), /needs the role admin; this console is operator/],
  ['an agent that is not root', as('admin', { privileged: false, username: 'backup' }), /runs as backup/],
  ['another platform', as('admin', { platform: 'win32' }), /win32/],
  ['an unknown agent', { ...host, agent: null }, /Nothing is known/],
])('in place: %s', (_, of, why) => {
  if (why === null) expect(whyNotInPlace(of)).toBeNull()
  else {
    expect(whyNotInPlace(of)).toMatch(why)
    if (of.agent !== null) expect(obstacleTo(of, inPlace)).not.toBeNull()
  }
})

test('a confirmation is whole once the very name was typed, and why', () => {
  const typed = { ...NOT_CONFIRMED, hostname: 'db-01', reason: 'wrong edit' }
  expect(missingOf(NOT_CONFIRMED, 'db-01')).toMatch(/^Type db-01/)
  expect(missingOf({ ...typed, hostname: 'DB-01' }, 'db-01')).toMatch(/is not this host/)
  expect(missingOf({ ...typed, hostname: 'db-01 ' }, 'db-01')).toMatch(/is not this host/)
  expect(missingOf({ ...typed, reason: ' a ' }, 'db-01')).toMatch(/^Say why/)
  expect(missingOf(typed, 'db-01')).toBeNull()
})

test('the sentence says how much, from what, where to, and what is applied', () => {
  const snapshotOf = (id: string) => world.snapshots.get('db-01')?.find((snapshot) => snapshot.id === id)
  expect(sentenceOf(host, staged, snapshotOf)).toMatch(
    /^Restore 2 files, 35\.0 KiB, from db-01’s snapshot of 21 Nov 2026, .* into a fresh folder on db-01\. Owners are not applied\.$/,
  )
  expect(sentenceOf(host, inPlace, snapshotOf)).toMatch(
    /^On db-01, in the original places: change 2 items; 2 files, 35\.0 KiB, are written from .*Owners, modes and times are applied\.$/,
  )
  expect(sentenceOf({ ...host, local: true }, { ...staged, sources: [source, source] }, snapshotOf)).toContain(
    'from 2 snapshots into a fresh folder on this computer.',
  )
})

test('deletions are said first, and one thing is no plural', () => {
  const amount = (items: number) => ({ items, bytes: 0 })
  const totals = { delete: amount(1), update: amount(3), create: amount(200), skip: amount(9), unchanged: amount(9) }
  expect(changeWords({ totals })).toBe('delete 1 item, change 3 and create 200')
})

test('each check that does not hold says what to do', () => {
  const bad = checksOf({
    host: { ...as('viewer', { restic: null, resticFound: '0.14.0' }), link: { ...host.link, state: 'unreachable' } },
    target: 'staging',
    plan: { ...staged, free: 1, lockedBy: 'root@db-01 (4711)', madeAt: '2026-11-21T02:00:00.000Z' },
    planning: false,
    error: null,
    now: new Date('2026-11-21T14:05:00.000Z'),
  }).filter(({ state }) => state !== 'succeeded')
  expect(bad.map(({ words }) => words)).toEqual([
    'db-01 cannot be reached',
    'role viewer, and it takes operator',
    'restic 0.14.0 is too old',
    'repository locked by root@db-01 (4711)',
    '1 B free, 35.0 KiB needed',
    'plan made 12 h ago',
  ])
  expect(bad.filter(({ next }) => next === undefined)).toEqual([])
})
