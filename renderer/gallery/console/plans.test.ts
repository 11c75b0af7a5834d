import { expect, test } from 'vitest'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { NewRestore, PlanAction } from '../../../contract/shapes/restore.ts'
import { busyWorld, NEWEST_SNAPSHOT, openConsole } from './index.ts'

const hostId = 'db-01'
const request: NewRestore = {
  kind: 'new',
  repositoryId: 'db-01',
  sources: [{ snapshotId: NEWEST_SNAPSHOT, selection: { include: ['/etc'], exclude: ['/etc/nginx'] } }],
  target: { kind: 'in-place' },
  layout: 'full-path',
  conflicts: 'always',
  deleteExtra: true,
  readBack: true,
}
const confirmation = { hostname: 'db-01', reason: 'wrong edit', safetySnapshot: true }
const requestKey = '7b1c1a30-54f0-4f4e-9a34-0d6f2a0a5b11'
const order: readonly PlanAction[] = ['delete', 'update', 'create', 'skip', 'unchanged']

async function all(client: ConsoleClient, hash: string, text = '', actions: PlanAction[] | null = null) {
  return await client.restores.planItems({ hostId, hash, actions, text, offset: 0, limit: 5000 })
}

test('a plan has the items that its totals say, deletions first, and nothing of what is left out', async () => {
  const client = openConsole(busyWorld())
  const plan = await client.restores.plan({ hostId, request })
  const { items, total } = await all(client, plan.hash)
  for (const action of order)
    expect(items.action.filter((each) => each === action)).toHaveLength(plan.totals[action].items)
  expect(items.action).toEqual(items.action.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
  expect(items.path.filter((path) => path.startsWith('/etc/nginx'))).toEqual([])
  expect(total).toBe(items.path.length)
})

test('pages, actions and text narrow the same items', async () => {
  const client = openConsole(busyWorld())
  const { hash } = await client.restores.plan({ hostId, request })
  const whole = await all(client, hash)
  const page = await client.restores.planItems({ hostId, hash, actions: null, text: '', offset: 2, limit: 3 })
  expect(page).toMatchObject({ offset: 2, total: whole.total })
  expect(page.items.path).toEqual(whole.items.path.slice(2, 5))
  const conf = await all(client, hash, 'PG_HBA')
  expect(conf.items.path).toEqual(['/etc/postgresql/pg_hba.conf'])
  expect(new Set((await all(client, hash, '', ['update'])).items.action)).toEqual(new Set(['update']))
})

test('the same question has the same plan until the host moves on, and a start holds to what was seen', async () => {
  const world = busyWorld()
  const client = openConsole(world)
  const plan = await client.restores.plan({ hostId, request })
  expect((await client.restores.plan({ hostId, request })).hash).toBe(plan.hash)
  world.planning.drift = { added: 1, changed: 0, removed: 0 }
  const asked = { hostId, request, requestKey, planHash: plan.hash, confirmation }
  await expect(client.restores.startInPlace(asked)).rejects.toMatchObject({ code: 'plan_drifted' })
  const next = await client.restores.plan({ hostId, request })
  expect(next.hash).not.toBe(plan.hash)
  await expect(client.restores.startInPlace(asked)).rejects.toMatchObject({ code: 'plan_drifted' })
  const run = await client.restores.startInPlace({ ...asked, planHash: next.hash })
  expect(run.subject).toMatchObject({ kind: 'restore', reason: 'wrong edit', safetySnapshot: 'wanted' })
})

test('over original files it is refused without a confirmation, with another name, and without a plan', async () => {
  const client = openConsole(busyWorld())
  const { hash } = await client.restores.plan({ hostId, request })
  const asked = { hostId, request, requestKey, planHash: hash }
  const refused = (what: string) => ({ code: 'conflict', data: { what } })
  await expect(client.restores.start(asked)).rejects.toMatchObject(refused('confirmation_needed'))
  await expect(client.restores.start({ ...asked, planHash: null })).rejects.toMatchObject(refused('plan_needed'))
  const other = { ...confirmation, hostname: 'db-02' }
  await expect(client.restores.startInPlace({ ...asked, confirmation: other })).rejects.toMatchObject(
    refused('wrong_host_name'),
  )
})

test('what is forgotten is not found, and a million items are as many', async () => {
  const world = busyWorld()
  const client = openConsole(world)
  world.planning.huge = true
  const { hash, totals } = await client.restores.plan({ hostId, request })
  expect(Object.values(totals).reduce((sum, { items }) => sum + items, 0)).toBe(1_000_000)
  const last = await client.restores.planItems({ hostId, hash, actions: null, text: '', offset: 999_998, limit: 500 })
  expect(last.items.path).toHaveLength(2)
  world.planning.made.clear()
  await expect(all(client, hash)).rejects.toMatchObject({ code: 'not_found', data: { what: 'plan' } })
})
