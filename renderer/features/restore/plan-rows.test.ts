import { expect, test } from 'vitest'
import type { PlanPage, PlanTotals } from '../../../contract/shapes/restore.ts'
import { busyWorld, NEWEST_SNAPSHOT, openConsole, type World } from '../../gallery/console/index.ts'
import { exportPlan, type PlanFormat } from './export-plan.ts'
import { actionsOf, itemsIn, PAGE_ITEMS, PlanRows, reasonOf, viewsOf } from './plan-rows.ts'

function page(offset: number, items: number): PlanPage {
  const all = Array.from({ length: items }, (_, at) => offset + at)
  return {
    offset,
    total: 1_000_000,
    items: {
      path: all.map((at) => `/f${at}`),
      type: all.map(() => 'file'),
      action: all.map(() => 'create'),
      size: all,
      differs: all.map(() => []),
      comesAs: all.map(() => ''),
    },
  }
}

function totals(amounts: Partial<Record<keyof PlanTotals, number>>): PlanTotals {
  const amount = (items = 0) => ({ items, bytes: 0 })
  const { delete: deleted, update, create, skip, unchanged } = amounts
  return {
    delete: amount(deleted),
    update: amount(update),
    create: amount(create),
    skip: amount(skip),
    unchanged: amount(unchanged),
  }
}

test('of a million rows those are there that were read, and the others wait in their place', () => {
  const rows = new PlanRows(1_000_000, new Map([[3, page(3 * PAGE_ITEMS, PAGE_ITEMS)]]), new WeakMap())
  expect(rows.length).toBe(1_000_000)
  expect(rows.at(1501)?.item?.path).toBe('/f1501')
  expect(rows.at(7)).toEqual({ at: 7, item: null })
  expect(rows.at(1_000_000)).toBeUndefined()
})

test('a row that was drawn is the same when asked for again, also after another page was read', () => {
  const kept = new WeakMap()
  const first = page(0, PAGE_ITEMS)
  const row = new PlanRows(1_000, new Map([[0, first]]), kept).at(4)
  const pages = new Map([
    [0, first],
    [1, page(PAGE_ITEMS, PAGE_ITEMS)],
  ])
  expect(new PlanRows(1_000, pages, kept).at(4)).toBe(row)
})

test('only changes are offered first where there is more than changes', () => {
  const over = totals({ delete: 1, update: 2, unchanged: 5 })
  expect(viewsOf(over)).toEqual(['changes', 'all', 'delete', 'update', 'unchanged'])
  expect(itemsIn(over, 'changes')).toBe(3)
  expect(actionsOf('changes')).toEqual(['delete', 'update', 'create'])
  expect(viewsOf(totals({ create: 200 }))).toEqual(['all'])
  expect(viewsOf(totals({ unchanged: 4, skip: 1 }))).toEqual(['all', 'skip', 'unchanged'])
})

test('why an item will be what it will be stands in words', () => {
  const over = { fresh: false, follows: null }
  expect(reasonOf({ action: 'update', differs: ['content', 'time'] }, over)).toBe('differs: content, time')
  expect(reasonOf({ action: 'create', differs: [] }, over)).toBe('missing there')
  expect(reasonOf({ action: 'skip', differs: ['size'] }, over)).toBe('kept, though it differs: size')
  expect(reasonOf({ action: 'delete', differs: [] }, over)).toBe('not in the snapshot')
  expect(reasonOf({ action: 'delete', differs: [] }, { fresh: false, follows: { kind: 'revert', runId: 'r' } })).toBe(
    'created by that run',
  )
})

async function exported(world: World, include: string[], format: PlanFormat): Promise<string> {
  const client = openConsole(world)
  const plan = await client.restores.plan({
    hostId: 'db-01',
    request: {
      kind: 'new',
      repositoryId: 'db-01',
      sources: [{ snapshotId: NEWEST_SNAPSHOT, selection: { include, exclude: [] } }],
      target: { kind: 'staging' },
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack: true,
    },
  })
  const { signal } = new AbortController()
  const parts = await exportPlan({ client, hostId: 'db-01', plan, format, signal, onProgress: () => undefined })
  return parts.join('')
}

test('names in a file are escapes, and in JSON exact beside that', async () => {
  const read = JSON.parse(await exported(busyWorld(), ['/home/maria'], 'json')) as {
    plan: { hash: string }
    items: { path: string; exact: string }[]
  }
  expect(read.plan.hash).toHaveLength(64)
  const odd = read.items.find(({ path }) => path === '/home/maria/bad\\xffname')
  expect(odd?.exact).toBe('/home/maria/bad\udcffname')
  const csv = (await exported(busyWorld(), ['/home/maria'], 'csv')).split('\r\n')
  expect(csv[0]).toBe('action,type,path,bytes,differs,comes as')
  expect(csv).toContain('create,file,/home/maria/line\\nbreak,194,,')
  expect(csv).toContain('create,file,"/home/maria/naïve “report” (final).odt",49152,,'.replaceAll('"', ''))
})

test('all of a long plan is in the file, page by page', async () => {
  const world = busyWorld()
  const csv = await exported(world, ['/srv/share/radiology'], 'csv')
  expect(csv.trimEnd().split('\r\n')).toHaveLength(100_002)
  expect(world.calls.filter(({ path }) => path === 'restores.planItems')).toHaveLength(21)
})
