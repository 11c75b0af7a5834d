import { expect, test } from 'vitest'
import type { HostView, Link } from '../../../contract/shapes/host.ts'
import { agentIdentity, emptyLocalHost, hostView } from '../../gallery/console/fleet.ts'
import { before, PRESENT } from '../../gallery/console/moments.ts'
import { obstacleOn, withoutRestic } from './obstacle.ts'

const withLink = (state: Link['state'], lastSeenAt: string | null): HostView =>
  hostView('db-01', { link: { state, since: before({ hours: 5 }), reason: 'No answer', lastSeenAt } })

test('nothing is in the way on a connected host for whoever has the role', () => {
  expect(obstacleOn(hostView('db-01'), 'admin', PRESENT)).toBeNull()
})

test('a role that is too small is named, and which one is needed', () => {
  const granted = { role: 'operator', permissions: [], workspace: null } as const
  const host = hostView('db-01', { agent: agentIdentity('db-01', { granted: { ...granted, permissions: [] } }) })
  expect(obstacleOn(host, 'operator', PRESENT)).toBeNull()
  expect(obstacleOn(host, 'admin', PRESENT)).toBe('It needs the role admin; this console is operator on db-01.')
})

test('a host that is not connected says how that is, and when it was last seen', () => {
  const seen = before({ hours: 5 })
  expect(obstacleOn(withLink('unreachable', seen), 'viewer', PRESENT)).toBe('db-01 is away. It was last seen 5 h ago.')
  expect(obstacleOn(withLink('connecting', null), 'viewer', PRESENT)).toBe(
    'db-01 is being connected. It has never been seen.',
  )
  expect(obstacleOn(withLink('refused', seen), 'viewer', PRESENT)).toBe(
    'db-01 does not let this console in. It was last seen 5 h ago.',
  )
  expect(obstacleOn({ ...emptyLocalHost(), link: withLink('unreachable', seen).link }, 'viewer', PRESENT)).toBe(
    'This computer’s own agent does not run.',
  )
})

test('a host without a restic that will do says whether there is one', () => {
  expect(withoutRestic(hostView('db-01'))).toBeNull()
  const found = (resticFound: string | null): HostView =>
    hostView('db-01', { agent: agentIdentity('db-01', { restic: null, resticFound }) })
  expect(withoutRestic(found('0.14.0'))).toBe(
    'The restic on db-01 is too old: 0.14.0. Install a newer one there first.',
  )
  expect(withoutRestic(found(null))).toBe('There is no restic on db-01. Install one there first.')
})
