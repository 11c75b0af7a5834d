import { expect, test } from 'vitest'
import type { PlanAction } from '../../contract/shapes/restore.ts'
import { PlanItems } from '../../engine/restore/plan-items.ts'
import type { Clock } from '../clock.ts'
import { PlansKept } from './plans-kept.ts'

const MINUTE = 60_000

/** Time that passes when a test says so. */
class Watch implements Clock {
  milliseconds = 0
  now = (): Date => new Date(this.milliseconds)
  elapsed = (): number => this.milliseconds
}

function itemsOf(...rows: readonly (readonly [action: PlanAction, path: string])[]): PlanItems {
  const items = new PlanItems()
  for (const [action, path] of rows) {
    const facts = { size: 3, differs: action === 'update' ? (['size', 'time'] as const) : [], comesAs: null, source: 0 }
    items.add({ path, type: 'file', action, ...facts, mode: 0o644, uid: 0, gid: 0, modified: 0 })
  }
  return items
}

const ALL = { actions: null, text: '', offset: 0, limit: 100 }

test('what would be lost comes first, each kind in the order of paths, over page borders', async () => {
  const plans = new PlansKept(new Watch())
  const items = itemsOf(
    ['create', '/a'],
    ['update', '/b'],
    ['unchanged', '/c'],
    ['delete', '/d'],
    ['skip', '/e'],
    ['update', '/caf\udce9'],
    ['delete', '/g'],
  )
  plans.keep({ prepared: { hash: 'one', items } })
  const all = await plans.page({ hash: 'one', ...ALL })
  expect(all.total).toBe(7)
  expect(all.items.path).toEqual(['/d', '/g', '/b', '/caf\udce9', '/a', '/e', '/c'])
  expect(all.items.differs[2]).toEqual(['size', 'time'])
  const pages = await Promise.all(
    [0, 2, 4, 6, 8].map((offset) => plans.page({ hash: 'one', ...ALL, offset, limit: 2 })),
  )
  expect(pages.flatMap(({ items: page }) => page.path)).toEqual(all.items.path)
  expect(pages.map(({ total }) => total)).toEqual([7, 7, 7, 7, 7])
})

test('only some actions and only paths with a text are given, without regard to case', async () => {
  const plans = new PlansKept(new Watch())
  plans.keep({
    prepared: {
      hash: 'one',
      items: itemsOf(['create', '/Été'], ['update', '/été'], ['delete', '/x'], ['create', '/x2']),
    },
  })
  const page = async (more: object) => (await plans.page({ hash: 'one', ...ALL, ...more })).items.path
  expect(await page({ text: 'ÉT' })).toEqual(['/été', '/Été'])
  expect(await page({ text: 'ÉT', actions: ['create'] })).toEqual(['/Été'])
  expect(await page({ actions: ['create', 'delete'], offset: 1 })).toEqual(['/Été', '/x2'])
  expect(await page({ text: 'nowhere' })).toEqual([])
})

test('a plan that is not remembered is not found', async () => {
  const plans = new PlansKept(new Watch())
  await expect(plans.page({ hash: 'none', ...ALL })).rejects.toMatchObject({
    code: 'not_found',
    data: { what: 'plan', id: 'none' },
  })
})

test('the last eight plans are remembered, and for half an hour', () => {
  const watch = new Watch()
  const plans = new PlansKept(watch)
  for (let at = 0; at < 10; at += 1) plans.keep({ prepared: { hash: `${at}`, items: itemsOf(['create', '/a']) } })
  plans.keep({ prepared: { hash: '2', items: itemsOf(['create', '/a']) } })
  const kept = (): string[] => Array.from({ length: 10 }, (_, at) => `${at}`).filter((hash) => plans.get(hash))
  expect(kept()).toEqual(['2', '3', '4', '5', '6', '7', '8', '9'])
  watch.milliseconds += 29 * MINUTE
  plans.keep({ prepared: { hash: '9', items: itemsOf(['create', '/a']) } })
  watch.milliseconds += 2 * MINUTE
  expect(kept()).toEqual(['9'])
})

test('two plans too large to be kept together push out the older, and one alone is kept', () => {
  const plans = new PlansKept(new Watch())
  const large = itemsOf()
  Object.defineProperty(large, 'length', { value: 2_500_000 })
  plans.keep({ prepared: { hash: 'large', items: large } })
  expect(plans.get('large')?.prepared.items).toBe(large)
  plans.keep({ prepared: { hash: 'small', items: itemsOf(['create', '/a']) } })
  expect([plans.get('large'), plans.get('small')?.prepared.hash]).toEqual([undefined, 'small'])
})
