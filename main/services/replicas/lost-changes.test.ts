import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import type { Declaration } from '../../../contract/shapes/replica.ts'
import { ManualClock } from '../../../test/manual-clock.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { openConsoleStore } from '../../store/index.ts'
import { AnswerLost, AuditService } from '../audit/index.ts'
import { Changes } from '../changes.ts'
import type { ReplicaOfPlane, SeenPlane } from '../planes/index.ts'
import { LostChanges, type Wanted } from './lost-changes.ts'

const PLANE = randomUUID()
const REPLICA = randomUUID()
const MINUTE = 60_000

const declaration: Declaration = {
  consumerId: randomUUID(),
  groupId: randomUUID(),
  machineId: null,
  type: 'files',
  intent: 'verify',
  name: 'nightly',
  overdueAfter: '1d',
  params: {},
  redacts: false,
  publishesSchemas: false,
  migratesOnRequest: false,
  enabled: true,
}

let open: AsyncDisposableStack
let audit: AuditService
let clock: ManualClock
let seen: SeenPlane
let begin: () => LostChanges
/** What the log was told. */
let said: string[]
let settle: AuditService['settleLost']
let lost: LostChanges
const changes = new Changes<string>()

beforeEach(() => {
  open = new AsyncDisposableStack()
  const store = open.use(openConsoleStore(open.use(temporaryDirectory()).path, new Date()))
  clock = new ManualClock()
  const nobody = { identity: () => null, workspaceOf: () => null }
  audit = new AuditService({ store: store.audit, clock, actor: 'somebody@here', ...nobody })
  seen = { planeId: PLANE, planeName: 'north', board: null, askedAt: null, silentSince: null }
  const mirror = { of: () => [seen], changes: () => changes.subscribe() }
  said = []
  settle = (...given) => audit.settleLost(...given)
  const settling: Pick<AuditService, 'settleLost'> = { settleLost: (...given) => settle(...given) }
  const log = { error: (message: string) => void said.push(message) }
  begin = () => open.use(new LostChanges({ mirror, settings: store.settings, audit: settling, clock, log }))
  lost = begin()
})
afterEach(() => open.disposeAsync())

/** Something is sent, and its answer does not come back. */
async function lose(wanted: Wanted): Promise<void> {
  const act = { action: 'replica.change', origin: 'a test', workspaceId: 'w', summary: 'nightly' } as const
  const cut = new Fault('unreachable', { host: 'north', reason: 'cut' }, { cause: new AnswerLost('cut') })
  const sent = lost.watchOver(PLANE, wanted, (entryId) => audit.perform({ ...act, entryId }, () => Promise.reject(cut)))
  await expect(sent).rejects.toBe(cut)
}

/** The plane is looked at after so long, and has these. */
async function look(after: number, ...replicas: readonly Partial<ReplicaOfPlane>[]): Promise<void> {
  clock.sleep(after)
  const board = { replicas: replicas as readonly ReplicaOfPlane[], consumers: [] }
  seen = { ...seen, board, askedAt: clock.now().toISOString() }
  changes.announce('w')
  await clock.pass(0)
}

function written(): { outcome: string; summary: string } | undefined {
  const [entry] = audit.recent({ workspaceId: 'w', hostId: null, limit: 1 })
  return entry === undefined ? undefined : { outcome: entry.outcome, summary: entry.summary }
}

const unknown = { outcome: 'unknown', summary: 'nightly' }
const done = { outcome: 'done', summary: 'nightly (seen later: it was done)' }
const notDone = { outcome: 'failed', summary: 'nightly (seen later: it was not done)' }

test('a declaration that is there was made; one that is not there is given time to come', async () => {
  await lose({ is: 'declared', declaration })
  await look(1000)
  expect(written()).toEqual(unknown)
  await look(1000, { id: REPLICA, declaration })
  expect(written()).toEqual(done)
  await lose({ is: 'declared', declaration: { ...declaration, name: 'other' } })
  await look(MINUTE)
  expect(written()).toEqual(unknown)
  await look(2 * MINUTE)
  expect(written()).toEqual(notDone)
})

test('what is gone was removed, also where the console was begun anew meanwhile', async () => {
  await lose({ is: 'removed', replicaId: REPLICA })
  await lost[Symbol.asyncDispose]()
  lost = begin()
  await look(1000, { id: REPLICA, declaration })
  expect(written()).toEqual(unknown)
  await look(1000)
  expect(written()).toEqual(done)
})

test('what somebody else has changed since stays unknown', async () => {
  const before = '2026-11-20T10:00:00Z'
  await lose({ is: 'changed', replicaId: REPLICA, declaration: { ...declaration, enabled: false }, before })
  await look(10 * MINUTE, {
    id: REPLICA,
    declaration: { ...declaration, type: 'dump' },
    updatedAt: '2026-11-20T11:00:00Z',
  })
  expect(written()).toEqual(unknown)
  await look(1000, { id: REPLICA, declaration, updatedAt: before })
  expect(written()).toEqual(notDone)
})

test('a plane that is silent says nothing', async () => {
  await lose({ is: 'removed', replicaId: REPLICA })
  seen = { ...seen, silentSince: '2026-11-20T10:00:00Z' }
  await look(10 * MINUTE)
  expect(written()).toEqual(unknown)
})

test('what cannot be written down is logged, and written down the next time', async () => {
  await lose({ is: 'removed', replicaId: REPLICA })
  settle = () => {
    throw new Error('the disk is full')
  }
  await look(1000)
  expect(said).toHaveLength(1)
  expect(written()).toEqual(unknown)
  settle = (...given) => audit.settleLost(...given)
  await look(1000)
  expect(written()).toEqual(done)
})
