import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Run } from '../../../contract/shapes/run.ts'
import { figures, oneRestore } from '../../../test/many-restores.ts'
import { newRestore, restoreSubject } from '../../../test/restore-request.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { type TwoWorkspaces, twoWorkspaces } from '../../../test/two-workspaces.ts'

const DAY = 86_400_000

let open: AsyncDisposableStack
let world: TwoWorkspaces

beforeEach(async () => {
  open = new AsyncDisposableStack()
  world = open.use(await twoWorkspaces(open.use(temporaryDirectory()).path))
})
afterEach(() => open.disposeAsync())

const board = async () => (await world.own.client.restorability.board(undefined)).repositories
const state = async () => (await board())[0]?.state

interface Told {
  readonly id: string
  readonly daysAgo: number
  readonly fields?: Partial<Run>
  /** Files that were read back: equal, and different; null where none was. */
  readonly readBack: readonly [number, number] | null
}

/** A restore that the host tells of. */
function tell({ id, daysAgo, fields = {}, readBack }: Told): void {
  const { double, repositoryId } = world.own
  const end = new Date(Date.now() - daysAgo * DAY)
  const begin = new Date(end.getTime() - 10_000)
  const at = end.toISOString()
  const evidence =
    readBack === null
      ? null
      : { by: 'restic', equal: readBack[0], equalBytes: 1000, different: readBack[1], unread: 0, at }
  const run = oneRestore({ id, queued: begin, repositoryId, next: figures(9) })
  const moments = { queuedAt: begin.toISOString(), startedAt: begin.toISOString(), endedAt: at }
  const subject = restoreSubject(newRestore('b'.repeat(64)), { evidence })
  const progress = run.progress === null ? null : { ...run.progress, filesDone: 4, bytesDone: 5000 }
  double.runs.set(id, { ...run, ...moments, state: 'succeeded', progress, subject, ...fields })
  double.tell()
}

test('a repository that nobody restored is never proven, and its newest snapshot is known', async () => {
  const { double, hostId, repositoryId, foreign } = { ...world.own, foreign: world.foreign }
  const snapshot = {
    repositoryId,
    snapshotId: 'd'.repeat(64),
    time: '2026-11-20T01:00:00+01:00',
    at: new Date().toISOString(),
  }
  double.news = { lastSnapshots: [snapshot] }
  double.tell()
  await expect
    .poll(async () => (await board())[0]?.lastSnapshot)
    .toEqual({ id: snapshot.snapshotId, time: snapshot.time })
  expect(await board()).toMatchObject([
    {
      hostId,
      repositoryId,
      state: 'never',
      lastProof: null,
      lastAttempt: null,
      boundDays: 30,
      ownBound: false,
      rates: [],
    },
  ])
  expect((await foreign.client.restorability.board(undefined)).repositories.map((one) => one.hostId)).toEqual([
    foreign.hostId,
  ])
})

test('only what was read back whole and equal is a proof, and the last attempt may undo it', async () => {
  const { client, hostId, repositoryId } = world.own
  tell({ id: 'plain', daysAgo: 9, readBack: null })
  await expect.poll(async () => (await board())[0]?.lastAttempt?.runId).toBe('plain')
  expect(await state()).toBe('never')
  tell({ id: 'proof', daysAgo: 8, readBack: [4, 0] })
  await expect.poll(state).toBe('fresh')
  tell({ id: 'differs', daysAgo: 7, readBack: [3, 1] })
  await expect.poll(state).toBe('failed')
  // Somebody who changes his mind shows nothing.
  tell({ id: 'stopped', daysAgo: 6, readBack: null, fields: { state: 'cancelled' } })
  tell({ id: 'again', daysAgo: 5, readBack: [4, 0] })
  await expect.poll(state).toBe('fresh')
  const [row] = await board()
  expect(row).toMatchObject({ lastProof: { runId: 'again', bytes: 5000, seconds: 10 }, rates: [500, 500] })
  const attempts = await client.restorability.attempts({ hostId, repositoryId })
  expect(attempts.map(({ id }) => id)).toEqual(['again', 'differs', 'proof', 'plain'])
})

test('a proof is stale after its bound, of all or of one repository, and the bound is in the audit', async () => {
  const { client, hostId, repositoryId } = world.own
  tell({ id: 'proof', daysAgo: 40, readBack: [4, 0] })
  await expect.poll(state).toBe('stale')
  await client.restorability.setBound({ of: 'all', days: 60 })
  expect(await board()).toMatchObject([{ state: 'fresh', boundDays: 60, ownBound: false }])
  await client.restorability.setBound({ of: 'repository', hostId, repositoryId, days: 7 })
  expect(await board()).toMatchObject([{ state: 'stale', boundDays: 7, ownBound: true }])
  expect(await world.foreign.client.restorability.board(undefined)).toMatchObject({ usualBoundDays: 30 })
  await client.restorability.setBound({ of: 'repository', hostId, repositoryId, days: null })
  expect(await board()).toMatchObject([{ state: 'fresh', boundDays: 60, ownBound: false }])
  const [last, own] = await client.audit.recent({ hostId: null, limit: 2 })
  expect(last).toMatchObject({ action: 'console.settings', outcome: 'done', origin: 'a test' })
  expect(own?.summary).toMatch(/^a proof of data of .* on .* may be old: 7 days$/)
  const unknown = client.restorability.setBound({ of: 'repository', hostId, repositoryId: 'nowhere', days: 7 })
  await expect(unknown).rejects.toMatchObject({ code: 'not_found' })
})
