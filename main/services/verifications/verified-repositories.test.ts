import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { ReplicaReport, ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { openConsoleStore } from '../../store/index.ts'
import type { PlanesService, ReplicaOfPlane, SeenPlane, VerificationOfPlane } from '../planes/index.ts'
import { VerifiedRepositories } from './verified-repositories.ts'

const PLANE = randomUUID()
const GROUP = randomUUID()
const REPLICA = randomUUID()
const HERE = { hostId: 'host', repositoryId: 'data' }

let board: SeenPlane['board']
let newest: string
let asked: number
let activity: readonly Partial<VerificationOfPlane>[]
let verified: VerifiedRepositories
let directory: ReturnType<typeof temporaryDirectory>

/** A console over one host with one repository, and a plane that says what the test says. */
function begin(): VerifiedRepositories {
  const store = openConsoleStore(directory.path, new Date())
  const ask = async () => {
    asked += 1
    return { items: activity, next: null }
  }
  return new VerifiedRepositories({
    planes: { ask: ask as unknown as PlanesService['ask'] },
    mirror: { of: () => [{ planeId: PLANE, planeName: 'Embedded', board, askedAt: null, silentSince: null }] },
    hosts: {
      namesOf: () => [
        {
          id: 'host',
          name: 'db-01',
          isConnected: true,
          repositories: [{ id: 'data', name: 'data', url: '/srv/data', sample: false }],
          lastSnapshots: [
            { repositoryId: 'data', snapshotId: newest, time: '2026-11-20T01:00:00+01:00', at: '2026-11-20T00:00:00Z' },
          ],
        },
      ],
    } as unknown as ConstructorParameters<typeof VerifiedRepositories>[0]['hosts'],
    settings: store.settings,
    log: { info: () => undefined, warning: () => undefined, error: () => undefined },
  })
}

beforeEach(() => {
  directory = temporaryDirectory()
  newest = 'a'.repeat(64)
  asked = 0
  activity = []
  board = null
  verified = begin()
  return () => directory[Symbol.asyncDispose]()
})

function report(at: string, healthy: boolean): ReplicaReport {
  const error = healthy ? null : 'it did not start'
  return {
    healthy,
    outcome: healthy ? 'success' : 'failure',
    error,
    snapshotId: newest,
    observedAt: at,
    reportedAt: at,
  }
}

function saying(standing: Partial<ReplicaStanding>, enabled = true): SeenPlane['board'] {
  const declaration = { groupId: GROUP, name: 'north-verify', enabled }
  const whole = { machineId: 'm', machineName: 'db-01', latestSnapshotId: newest, lastReport: null, lastHealthy: null }
  const replica = { id: REPLICA, declaration, standings: [{ ...whole, ...standing }] }
  return { replicas: [replica as unknown as ReplicaOfPlane], consumers: [] }
}

const of = async () => (await verified.of('workspace'))(HERE)

test('what was not reported proves nothing', async () => {
  expect(await of()).toEqual({ lastVerified: null, failing: null })
  board = saying({})
  expect(await of()).toEqual({ lastVerified: null, failing: null })
})

test('a healthy report of a snapshot proves the repository that has it, with what was started, asked for once', async () => {
  const at = '2026-11-20T10:00:00Z'
  activity = [{ observedAt: at, postgresVersion: '15', health: { sizes: { clinic: 1, audit: 2 } } }]
  board = saying({ lastReport: report(at, true), lastHealthy: report(at, true) })
  const proven = {
    replica: 'north-verify',
    machine: 'db-01',
    at,
    healthy: true,
    started: { postgres: '15', databases: 2 },
  }
  expect(await of()).toMatchObject({ lastVerified: proven, failing: null })
  expect(await of()).toMatchObject({ lastVerified: proven })
  expect(asked).toBe(1)
  expect((await verified.of('workspace'))({ hostId: 'host', repositoryId: 'other' }).lastVerified).toBeNull()
})

test('a report that is not healthy is shown beside the last that was; one that is switched off fails no more', async () => {
  const last = { lastReport: report('2026-11-21T10:00:00Z', false), lastHealthy: report('2026-11-20T10:00:00Z', true) }
  board = saying(last)
  expect(await of()).toMatchObject({
    lastVerified: { at: '2026-11-20T10:00:00Z', started: null },
    failing: { at: '2026-11-21T10:00:00Z', error: 'it did not start' },
  })
  board = saying(last, false)
  expect(await of()).toMatchObject({ lastVerified: { healthy: true }, failing: null })
})

test('a plane that is away has proven no less, nor one that does not know the newest backup yet, nor after a restart', async () => {
  const at = '2026-11-20T10:00:00Z'
  const said = saying({ lastReport: report(at, true), lastHealthy: report(at, true) })
  board = said
  await of()
  newest = 'b'.repeat(64)
  expect(await of()).toMatchObject({ lastVerified: { at } })
  board = null
  verified = begin()
  expect(await of()).toMatchObject({ lastVerified: { at } })
})
