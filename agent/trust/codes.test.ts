import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Redemption } from '../../contract/shapes/enrolment.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { AuditLog } from '../audit/audit-log.ts'
import { openJournal } from '../journal/open-journal.ts'
import { createLogger } from '../../engine/logging/logger.ts'
import { OPERATOR } from '../testing/runs-world.ts'
import { Codes, type Invitation } from './codes.ts'
import { Peers } from './peers.ts'

const PIN = 'p'.repeat(43)
const HERE = { pin: PIN, address: '192.0.2.7' }
const INVITATION: Invitation = { role: 'operator', permissions: ['read-contents'], workspace: 'ops', seconds: 60 }

function trustIn(directory: string) {
  const path = join(directory, 'agent.db')
  const journal = openJournal(path)
  const time = { now: Date.parse('2026-11-21T12:00:00Z') }
  const clock = { now: () => new Date(time.now), elapsed: () => time.now }
  const log: string[] = []
  const logger = createLogger({ sink: (line) => log.push(line), secrets: () => [], now: clock.now })
  const audit = new AuditLog({ journal, hostId: 'host-1', clock })
  const deps = { journal, audit, clock, logger }
  const peers = new Peers(deps)
  const codes = new Codes(deps, peers)
  const redemption = (code: string): Redemption => ({ protocol: 1, code, workspace: 'ops', peer: 'ada@desk' })
  return { journal, time, log, audit, peers, codes, redemption, [Symbol.dispose]: () => journal[Symbol.dispose]() }
}

test('a code lets one console in, as what the code says, and is written down before and after', async () => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  const { code, expiresAt } = trust.codes.make(INVITATION, OPERATOR)
  expect(code).toMatch(/^[\w-]{22}$/)
  expect(expiresAt).toBe('2026-11-21T12:01:00.000Z')
  expect(trust.codes.redeem(trust.redemption(code), HERE)).toEqual({
    workspace: 'ops',
    role: 'operator',
    permissions: ['read-contents'],
  })
  expect(trust.peers.list()).toEqual([
    {
      pin: PIN,
      name: 'ada@desk',
      workspace: 'ops',
      role: 'operator',
      permissions: ['read-contents'],
      enrolledAt: '2026-11-21T12:00:00.000Z',
      lastSeenAt: null,
      connections: 0,
    },
  ])
  const { entries, chainIntact } = trust.audit.list(9)
  expect(chainIntact).toBe(true)
  expect(entries).toMatchObject([
    { action: 'peer.enrol', actor: 'ada@desk', origin: 'enrolment from 192.0.2.7', outcome: 'done' },
    { action: 'peer.invite', actor: 'ada@desk', outcome: 'done' },
  ])
})

// @security Between console and hosts: An enrolment code is written down nowhere.
test('the code itself is written nowhere', async () => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  const { code } = trust.codes.make(INVITATION, OPERATOR)
  trust.codes.redeem(trust.redemption(code), HERE)
  trust.codes.redeem(trust.redemption(code), HERE)
  expect(JSON.stringify([trust.audit.list(99), trust.log, trust.peers.list()])).not.toContain(code)
})

test('the same request again is refused as used, also from the key that was let in', async () => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  const { code } = trust.codes.make(INVITATION, OPERATOR)
  trust.codes.redeem(trust.redemption(code), HERE)
  expect(trust.codes.redeem(trust.redemption(code), HERE)).toEqual({ refused: 'used' })
  expect(trust.codes.redeem(trust.redemption(code), { ...HERE, pin: 'q'.repeat(43) })).toEqual({ refused: 'used' })
  expect(trust.peers.list()).toHaveLength(1)
})

test.each([
  ['expired', 60_000, 'ops', 'expired'],
  ['a moment before it expires', 59_999, 'ops', undefined],
  ['for another workspace', 0, 'dev', 'workspace'],
  ['used and expired', 60_000, 'ops', 'used'],
])('a code that is %s', async (how, later, workspace, refused) => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  const { code } = trust.codes.make(INVITATION, OPERATOR)
  if (how.startsWith('used')) trust.codes.redeem(trust.redemption(code), { ...HERE, pin: 'q'.repeat(43) })
  trust.time.now += later
  const outcome = trust.codes.redeem({ ...trust.redemption(code), workspace }, HERE)
  if (refused === undefined) return expect(outcome).toMatchObject({ role: 'operator' })
  expect(outcome).toEqual({ refused })
  expect(trust.peers.known(PIN)).toBeUndefined()
  expect(trust.audit.list(1).entries[0]).toMatchObject({ action: 'peer.enrol', outcome: 'refused' })
  expect(trust.log.at(-1)).toContain(`"reason":"${refused}"`)
})

test('what is no code of ours is logged and does not fill the audit', async () => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  expect(trust.codes.redeem(trust.redemption('A'.repeat(22)), HERE)).toEqual({ refused: 'unknown' })
  expect(trust.audit.list(9).entries).toEqual([])
  expect(trust.log.at(-1)).toContain('"reason":"unknown"')
})

test('the same key enrolled again has the new role, and what it had open is ended', async () => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  trust.codes.redeem(trust.redemption(trust.codes.make(INVITATION, OPERATOR).code), HERE)
  const ended: string[] = []
  trust.peers.connect(PIN, (reason) => ended.push(reason))
  const viewer = trust.codes.make({ ...INVITATION, role: 'viewer', permissions: [] }, OPERATOR)
  trust.codes.redeem(trust.redemption(viewer.code), HERE)
  expect(ended).toEqual(['enrolled again'])
  expect(trust.peers.list()).toMatchObject([{ pin: PIN, role: 'viewer', permissions: [] }])
})

test('the first code settles the workspace; another is refused once somebody is enrolled', async () => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  expect(trust.codes.workspace()).toBeNull()
  const misspelt = trust.codes.make({ ...INVITATION, workspace: 'osp' }, OPERATOR)
  const { code } = trust.codes.make(INVITATION, OPERATOR)
  expect(trust.codes.redeem({ ...trust.redemption(misspelt.code), workspace: 'osp' }, HERE)).toEqual({
    refused: 'workspace',
  })
  trust.codes.redeem(trust.redemption(code), HERE)
  expect(() => trust.codes.make({ ...INVITATION, workspace: 'dev' }, OPERATOR)).toThrow(
    expect.objectContaining({ code: 'conflict', data: { what: 'other_workspace', detail: 'ops' } }),
  )
  expect(trust.codes.workspace()).toBe('ops')
})

test('a peer is revoked by its name, its pin or the beginning of its pin, and only when that is one', async () => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  const enrol = (pin: string, peer: string) => {
    const { code } = trust.codes.make(INVITATION, OPERATOR)
    trust.codes.redeem({ ...trust.redemption(code), peer }, { ...HERE, pin })
  }
  const pins = ['a', 'b', 'c'].map((letter) => `x${letter.repeat(42)}`) as [string, string, string]
  enrol(pins[0], 'ada@desk')
  enrol(pins[1], 'ada@desk')
  enrol(pins[2], 'bob@desk')
  expect(() => trust.peers.revoke('nobody', OPERATOR)).toThrow(expect.objectContaining({ code: 'not_found' }))
  for (const which of ['ada@desk', 'x']) {
    expect(() => trust.peers.revoke(which, OPERATOR)).toThrow(
      expect.objectContaining({ code: 'conflict', data: { what: 'several_peers', detail: which } }),
    )
  }
  const ended: string[] = []
  trust.peers.connect(pins[1], (reason) => ended.push(reason))
  expect(trust.peers.revoke('xb', OPERATOR)).toMatchObject({ pin: pins[1], connections: 1 })
  expect(ended).toEqual(['revoked'])
  expect(trust.peers.revoke('ada@desk', OPERATOR)).toMatchObject({ pin: pins[0] })
  expect(trust.peers.revoke(pins[2], OPERATOR)).toMatchObject({ name: 'bob@desk' })
  expect(trust.peers.list()).toEqual([])
  expect(trust.audit.list(1).entries[0]).toMatchObject({ action: 'peer.revoke', outcome: 'done' })
})

test('when a peer was last seen is kept, without a write for each time', async () => {
  await using directory = temporaryDirectory()
  using trust = trustIn(directory.path)
  trust.codes.redeem(trust.redemption(trust.codes.make(INVITATION, OPERATOR).code), HERE)
  const connection = trust.peers.connect(PIN, () => undefined)
  expect(trust.peers.list()).toMatchObject([{ connections: 1, lastSeenAt: '2026-11-21T12:00:00.000Z' }])
  trust.time.now += 30_000
  trust.peers.connect(PIN, () => undefined)[Symbol.dispose]()
  expect(trust.journal.peers.get(PIN)?.lastSeenAt).toBe('2026-11-21T12:00:00.000Z')
  trust.time.now += 60_000
  connection[Symbol.dispose]()
  expect(trust.peers.list()).toMatchObject([{ connections: 0, lastSeenAt: '2026-11-21T12:01:30.000Z' }])
})
