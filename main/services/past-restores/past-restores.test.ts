import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { PastRestoreFilter } from '../../../contract/shapes/past-restore.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import { figures, oneRestore } from '../../../test/many-restores.ts'
import { newRestore, restoreSubject } from '../../../test/restore-request.ts'
import { PLAN_HASH } from '../../../test/restores-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { type TwoWorkspaces, twoWorkspaces } from '../../../test/two-workspaces.ts'

const EVERYTHING: PastRestoreFilter = {
  hostIds: [],
  actors: [],
  targets: [],
  outcomes: [],
  proofs: [],
  text: '',
  from: null,
  until: null,
}
const END = '2026-11-21T03:00:00.000Z'

let open: AsyncDisposableStack
let world: TwoWorkspaces

beforeEach(async () => {
  open = new AsyncDisposableStack()
  world = open.use(await twoWorkspaces(open.use(temporaryDirectory()).path))
})
afterEach(() => open.disposeAsync())

const listed = async (client: ConsoleClient, filter: Partial<PastRestoreFilter> = {}) =>
  (await client.pastRestores.page({ filter: { ...EVERYTHING, ...filter }, offset: 0, limit: 50 })).items

/** A restore that another console started on the host of a workspace, and its agent tells of. */
function restoreElsewhere({ double }: TwoWorkspaces['own'], id: string): void {
  const run = oneRestore({ id, queued: new Date(END), repositoryId: 'r', next: figures(4) })
  double.runs.set(id, { ...run, startedBy: 'olga@elsewhere' })
  double.tell()
}

test('what other consoles restored is there as soon as its host tells of it, and in its own workspace alone', async () => {
  const { own, foreign } = world
  const told = (await own.client.pastRestores.watch(undefined))[Symbol.asyncIterator]()
  await told.next()
  restoreElsewhere(own, 'run-elsewhere')
  await told.next()
  await expect.poll(() => listed(own.client)).toMatchObject([{ id: 'run-elsewhere', actor: 'olga@elsewhere' }])
  await told.return?.()
  expect(await listed(foreign.client)).toEqual([])
  expect(await own.client.pastRestores.actors(undefined)).toEqual(['olga@elsewhere'])
  expect(await foreign.client.pastRestores.actors(undefined)).toEqual([])
  const asked = foreign.client.pastRestores.get({ hostId: foreign.hostId, id: 'run-elsewhere' })
  await expect(asked).rejects.toMatchObject({ code: 'not_found' })
})

test('a host is found by its name too', async () => {
  const { foreign } = world
  restoreElsewhere(foreign, 'run-far')
  await expect.poll(() => listed(foreign.client, { text: 'FAR run' })).toHaveLength(1)
  expect(await listed(foreign.client, { text: 'near' })).toEqual([])
})

test('what was refused stands beside what came of it, with its plan and its reason', async () => {
  const { client, hostId, double } = world.own
  const request = newRestore('b'.repeat(64), { include: ['/etc'], target: { kind: 'in-place' } })
  await client.restores.plan({ hostId, request })
  const asked = { hostId, request, requestKey: randomUUID(), planHash: PLAN_HASH }
  const said = { reason: 'The disk was swapped', safetySnapshot: true }
  const wrong = client.restores.startInPlace({ ...asked, confirmation: { ...said, hostname: 'other' } })
  await expect(wrong).rejects.toMatchObject({ code: 'conflict' })
  const run = await client.restores.startInPlace({ ...asked, confirmation: { ...said, hostname: 'here' } })
  const subject = restoreSubject(request, { reason: said.reason, planHash: PLAN_HASH })
  double.change(run.id, { state: 'succeeded', endedAt: END, counts: { ...NO_COUNTS, updated: 2 }, subject })
  await expect
    .poll(async () => (await listed(client)).map(({ outcome, target, what }) => ({ outcome, target, what })))
    .toEqual([
      { outcome: 'succeeded', target: 'in-place', what: '/etc' },
      { outcome: 'refused', target: null, what: '/etc (wrong_host_name)' },
    ])
  const details = await client.pastRestores.get({ hostId, id: run.id })
  expect(details).toMatchObject({
    restore: { runId: run.id, reason: 'The disk was swapped' },
    entry: { origin: 'a test', planHash: PLAN_HASH },
    plan: { hash: PLAN_HASH, files: 2 },
  })
  expect(details.plan).not.toHaveProperty('sources')
})

test('what goes on at a host that is away is unknown', async () => {
  const { client, hostId, double } = world.own
  const run = await client.restores.start({
    hostId,
    request: newRestore('b'.repeat(64)),
    requestKey: randomUUID(),
    planHash: null,
  })
  expect(await listed(client)).toMatchObject([{ id: run.id, outcome: 'under-way', state: 'running', files: null }])
  world.world.refuseToDial('the cable was pulled')
  double.cut('the cable was pulled')
  await expect.poll(async () => (await listed(client))[0]?.state).toBe('unknown')
})

test('an export gives all that fits by pages, and is in the audit before the first of them', async () => {
  const { own } = world
  for (let at = 0; at < 12; at += 1) restoreElsewhere(own, `run-${at}`)
  await expect.poll(() => listed(own.client)).toHaveLength(12)
  const input = { filter: { ...EVERYTHING, text: 'olga', hostIds: [own.hostId] }, format: 'csv' as const }
  const ids: string[] = []
  for await (const page of await own.client.pastRestores.export(input)) ids.push(...page.items.map(({ id }) => id))
  expect(ids.toSorted()).toEqual((await listed(own.client)).map(({ id }) => id).toSorted())
  const [newest] = await own.client.audit.recent({ hostId: null, limit: 1 })
  expect(newest).toMatchObject({ action: 'console.export', outcome: 'done', origin: 'a test', hostId: '' })
  expect(newest?.summary).toMatch(/^restores as csv: on .*, with “olga”$/)
})
