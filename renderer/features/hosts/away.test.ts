import { expect, test } from 'vitest'
import type { HostView } from '../../../contract/shapes/host.ts'
import { busyWorld } from '../../gallery/console/index.ts'
import { awayOf, keptWords } from './away.ts'

const READ = '2026-11-21T10:15:00.000Z'
const NOW = new Date('2026-11-21T14:05:00.000Z')

function hostAs(fields: Partial<HostView>): HostView {
  const host = busyWorld().hosts.get('db-01')
  if (host === undefined) throw new Error('the world has no db-01')
  return { ...host, ...fields }
}

const link = (state: HostView['link']['state']): Partial<HostView> => ({
  link: { state, since: READ, reason: 'No answer', lastSeenAt: READ },
})

test('a connected host whose list is fresh is not away, nor is one of which nothing is known yet', () => {
  expect(awayOf({ host: hostAs({}), snapshotsSince: null })).toBeNull()
  expect(awayOf({ host: null, snapshotsSince: READ })).toBeNull()
})

test('a host that cannot be reached is away, and says why', () => {
  const away = awayOf({ host: hostAs(link('unreachable')), snapshotsSince: null })
  expect(away?.what).toMatch(/^db-01 is away since 21 Nov 2026/)
  expect(away?.reason).toBe('No answer')
})

test('a host that is being connected is away only where what is shown was kept', () => {
  expect(awayOf({ host: hostAs(link('connecting')), snapshotsSince: null })).toBeNull()
  expect(awayOf({ host: hostAs(link('connecting')), snapshotsSince: READ })?.what).toBe('db-01 is being connected')
})

test('a list that was kept though the host is connected means that the repository’s server is away', () => {
  expect(awayOf({ host: hostAs({}), snapshotsSince: READ })?.what).toBe(
    'The server of this repository cannot be reached from db-01',
  )
})

test('this computer’s own agent is not away, it does not run', () => {
  const host = hostAs({ local: true, ...link('unreachable') })
  expect(awayOf({ host, snapshotsSince: null })?.what).toBe('This computer’s own agent does not run')
})

test('what is seen is told with its age, and what cannot be', () => {
  expect(keptWords({ snapshotsSince: READ, listingsSince: READ }, NOW)).toBe(
    'You see what was read before: the list of snapshots of 4 h ago, folders read 4 h ago or later. What was not read cannot be opened until it is back.',
  )
  expect(keptWords({ snapshotsSince: null, listingsSince: null }, NOW)).toMatch(/^You see what this window has read\./)
})
