import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { RestoreRequest } from '../../../contract/shapes/restore.ts'
import { NO_COUNTS, type RunProgress } from '../../../contract/shapes/run.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { consoleOverDouble } from '../../../test/console-over-double.ts'
import { newRestore, restoreSubject } from '../../../test/restore-request.ts'
import { PLAN_HASH } from '../../../test/restores-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

const END = '2026-11-21T03:00:00.000Z'
const inPlace = newRestore('b'.repeat(64), { include: ['/etc'], target: { kind: 'in-place' } })

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

async function world(double = new AgentDouble()) {
  const made = open.use(await consoleOverDouble(double, open.use(temporaryDirectory()).path))
  const { client, hostId } = made
  await expect.poll(async () => (await client.hosts.get({ hostId })).link.state).toBe('connected')
  return made
}

function overOriginals(hostId: string, hostname = 'here', request: RestoreRequest = inPlace) {
  const confirmation = { hostname, reason: 'The disk was swapped', safetySnapshot: true }
  return { hostId, request, requestKey: randomUUID(), planHash: PLAN_HASH, confirmation }
}

const newest = async (client: ConsoleClient) => (await client.audit.recent({ hostId: null, limit: 1 }))[0]

test('a plan and its items are what the agent says', async () => {
  const { client, hostId } = await world()
  const plan = await client.restores.plan({ hostId, request: newRestore('b'.repeat(64)) })
  expect(plan).toMatchObject({ hash: PLAN_HASH, files: 2 })
  const page = { hostId, actions: null, text: '', offset: 0, limit: 10 }
  expect(await client.restores.planItems({ ...page, hash: plan.hash })).toMatchObject({ total: 0 })
  await expect(client.restores.planItems({ ...page, hash: 'other' })).rejects.toMatchObject({ code: 'not_found' })
})

test('what goes over original files is in the audit with its reason and plan before the host has it', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  let before: unknown
  double.beforeStart = async () => {
    before = await newest(client)
  }
  const run = await client.restores.startInPlace(overOriginals(hostId))
  const said = { summary: '/etc', reason: 'The disk was swapped', planHash: PLAN_HASH, snapshotId: 'b'.repeat(64) }
  expect(before).toMatchObject({ ...said, outcome: 'pending', runId: null, proof: null })
  expect(run.subject).toMatchObject({ target: { kind: 'in-place' }, safetySnapshot: 'wanted' })
  expect(await newest(client)).toMatchObject({ ...said, runId: run.id, targetPath: '/' })
})

test('the wrong host name never reaches the host, and stands in the audit as refused', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  await expect(client.restores.startInPlace(overOriginals(hostId, 'db-01'))).rejects.toMatchObject({
    code: 'conflict',
    data: { what: 'wrong_host_name', detail: 'here' },
  })
  expect(double.calls).not.toContain('restore.startInPlace')
  expect(await newest(client)).toMatchObject({ outcome: 'refused', summary: '/etc (wrong_host_name)' })
})

test.each(['viewer', 'operator'] as const)('a host that grants the role of %s is not asked', async (role) => {
  const double = new AgentDouble()
  double.grantedRole = role
  const { client, hostId } = await world(double)
  await expect(client.restores.startInPlace(overOriginals(hostId))).rejects.toMatchObject({
    code: 'forbidden',
    data: { needs: 'admin' },
  })
  expect(double.calls).not.toContain('restore.startInPlace')
  expect(await newest(client)).toMatchObject({ outcome: 'refused', summary: '/etc (forbidden)' })
})

test('the same request key gives the same run over original files too', async () => {
  const { client, hostId } = await world()
  const asked = overOriginals(hostId)
  const run = await client.restores.startInPlace(asked)
  expect((await client.restores.startInPlace(asked)).id).toBe(run.id)
  expect(await client.audit.recent({ hostId, limit: 10 })).toHaveLength(1)
})

test('the entry is completed with what proves the outcome', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const run = await client.restores.startInPlace(overOriginals(hostId))
  const evidence = { by: 'restic', equal: 9, equalBytes: 90, different: 1, unread: 0, at: END }
  const said = { reason: 'The disk was swapped', safetySnapshot: 'c'.repeat(64), evidence }
  const counts = { ...NO_COUNTS, restored: 4, updated: 6, failed: 1 }
  const progress: RunProgress = {
    phase: 'finishing',
    filesDone: 9,
    filesTotal: 10,
    bytesDone: 90,
    bytesTotal: 100,
    rate: null,
    secondsLeft: null,
    currentItem: null,
    part: null,
  }
  double.change(run.id, { state: 'partial', endedAt: END, counts, progress, subject: restoreSubject(inPlace, said) })
  await expect.poll(async () => (await newest(client))?.outcome).toBe('partial')
  expect(await newest(client)).toMatchObject({
    reason: 'The disk was swapped',
    planHash: PLAN_HASH,
    files: 9,
    bytes: 90,
    proof: { counts, evidence, safetySnapshot: 'c'.repeat(64), restic: '0.18.0', agent: '0.1.0' },
  })
})

test('a restore that follows from a run names it, and says what it took once it has begun', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const first = await client.restores.startInPlace(overOriginals(hostId))
  double.change(first.id, { state: 'cancelled', endedAt: END })
  const request = { kind: 'resume', runId: first.id } as const
  const second = await client.restores.startInPlace(overOriginals(hostId, 'here', request))
  expect(second.subject).toMatchObject({ follows: request })
  expect(await newest(client)).toMatchObject({
    summary: `the rest of run ${first.id}`,
    repositoryId: 'r',
    snapshotId: 'b'.repeat(64),
  })
})

test('a safety snapshot that was wanted and not made is no way back', async () => {
  const double = new AgentDouble()
  const { client, hostId } = await world(double)
  const run = await client.restores.startInPlace(overOriginals(hostId))
  double.change(run.id, { state: 'failed', endedAt: END })
  await expect.poll(async () => (await newest(client))?.outcome).toBe('failed')
  expect(await newest(client)).toMatchObject({ proof: { safetySnapshot: null } })
})
