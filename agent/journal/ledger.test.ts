import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type LedgerAction, NO_COUNTS } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { runInJournal } from '../testing/runs-world.ts'
import type { LedgerPageWanted } from './ledger-pages.ts'
import type { PlannedItem } from './ledger-store.ts'
import { openJournal } from './open-journal.ts'

const RUN = 'run-1'

async function ledgerWorld() {
  const directory = temporaryDirectory()
  const journal = openJournal(join(directory.path, 'agent.db'))
  journal.runs.insert(runInJournal({ id: RUN, state: 'running' }))
  const page = (wanted: Partial<LedgerPageWanted>) =>
    journal.ledgerPages.page({ runId: RUN, action: null, text: '', offset: 0, limit: 9, isFinal: true, ...wanted })
  return {
    ledger: journal.ledger,
    journal,
    page,
    paths: async (wanted: Partial<LedgerPageWanted> = {}) => (await page(wanted)).items.map(({ path }) => path),
    append(actions: readonly LedgerAction[]) {
      for (const [at, action] of actions.entries()) {
        journal.ledger.append(RUN, at + 1, { path: `/${at}`, type: 'file', action, size: at, reason: '' })
      }
    },
    async [Symbol.asyncDispose]() {
      journal[Symbol.dispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

function planned(path: string, action: PlannedItem['action'], more: Partial<PlannedItem> = {}): PlannedItem {
  return { path, type: 'file', action, size: 1, reason: '', comesAs: null, ...more }
}

const PLAN = [
  planned('/etc/hosts', 'update'),
  planned('/etc/Motd', 'create', { comesAs: '/etc/Motd (restored)' }),
  planned('/etc/old', 'delete'),
  planned('/etc/kept', 'skip', { reason: 'the one on this host is newer' }),
  planned('/etc/same', 'unchanged'),
  planned('/caf\udce9', 'create'),
]

test('failures come first, then items in the order they happened, over page borders', async () => {
  await using world = await ledgerWorld()
  world.append(['restored', 'failed', 'skipped', 'failed', 'restored'])
  expect(await world.paths()).toEqual(['/1', '/3', '/0', '/2', '/4'])
  const one = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => world.paths({ offset, limit: 1 })))
  expect(one.flat()).toEqual(await world.paths())
  expect(await world.page({ action: 'restored', offset: 1 })).toMatchObject({ total: 2, items: [{ path: '/4' }] })
  expect(await world.page({ action: 'failed' })).toMatchObject({ total: 2, items: [{ path: '/1' }, { path: '/3' }] })
  expect(world.ledger.counts(RUN)).toMatchObject({ restored: 2, failed: 2, skipped: 1, deleted: 0 })
})

test('a ledger that grows is not remembered', async () => {
  await using world = await ledgerWorld()
  world.append(['failed'])
  expect(await world.page({ isFinal: false })).toMatchObject({ total: 1 })
  world.append(['failed', 'failed'])
  expect(await world.page({ isFinal: false })).toMatchObject({ total: 2 })
  expect(await world.page({ isFinal: false, action: 'failed' })).toMatchObject({ total: 2 })
})

test('of what is planned nothing is listed or counted until it is settled', async () => {
  await using world = await ledgerWorld()
  world.ledger.plan(RUN, 1, PLAN.slice(0, 4))
  world.ledger.plan(RUN, 5, PLAN.slice(4))
  expect(await world.page({})).toEqual({ total: 0, items: [] })
  expect(world.ledger.counts(RUN)).toEqual(NO_COUNTS)
})

test('what is settled became what was planned, but for the exceptions', async () => {
  await using world = await ledgerWorld()
  world.ledger.plan(RUN, 1, PLAN)
  world.ledger.except(RUN, [{ at: 5, action: 'failed', reason: 'damaged' }])
  world.ledger.settle(RUN, 'settled', '')
  const { items } = await world.page({})
  expect(items.map(({ path, action, reason }) => `${action} ${path} ${reason}`.trim())).toEqual([
    'failed /caf\udce9 damaged',
    'updated /etc/hosts',
    'restored /etc/Motd',
    'deleted /etc/old',
    'skipped /etc/kept the one on this host is newer',
    'unchanged /etc/same',
  ])
  expect(world.ledger.counts(RUN)).toEqual({ restored: 1, updated: 1, unchanged: 1, deleted: 1, skipped: 1, failed: 1 })
  expect(world.ledger.created(RUN)).toEqual(['/etc/Motd (restored)', '/caf\udce9'])
  expect(world.ledger.changing(RUN)).toBe(2)
})

test('of what was stopped nothing is called done, and each such item says why', async () => {
  await using world = await ledgerWorld()
  world.ledger.plan(RUN, 1, PLAN)
  world.ledger.settle(RUN, 'stopped', 'the agent stopped')
  const { items } = await world.page({ action: 'skipped' })
  expect(items.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    '/etc/hosts the agent stopped',
    '/etc/Motd the agent stopped',
    '/etc/old the agent stopped',
    '/etc/kept the one on this host is newer',
    '/caf\udce9 the agent stopped',
  ])
  expect(world.ledger.counts(RUN)).toEqual({ ...NO_COUNTS, skipped: 5, unchanged: 1 })
  expect(await world.page({ action: 'restored' })).toEqual({ total: 0, items: [] })
})

test('paths are found by a part of them, without regard to case, and nothing in it is a pattern', async () => {
  await using world = await ledgerWorld()
  const names = ['/Straße/ÉTÉ', '/a%b', '/a_b', '/axb', '/caf\udce9', '/"quoted"', '/back\\slash', '/new\nline']
  world.ledger.plan(
    RUN,
    1,
    names.map((path) => planned(path, 'create')),
  )
  world.ledger.except(RUN, [{ at: 3, action: 'failed', reason: 'no' }])
  world.ledger.settle(RUN, 'settled', '')
  expect(await world.paths({ text: 'été' })).toEqual(['/Straße/ÉTÉ'])
  expect(await world.paths({ text: 'A%B' })).toEqual(['/a%b'])
  expect(await world.paths({ text: '_' })).toEqual(['/a_b'])
  expect(await world.paths({ text: 'caf\udce9' })).toEqual(['/caf\udce9'])
  expect(await world.paths({ text: '"Q' })).toEqual(['/"quoted"'])
  expect(await world.paths({ text: 'k\\s' })).toEqual(['/back\\slash'])
  expect(await world.paths({ text: 'udce9' })).toEqual([])
  expect(await world.paths({ text: '\n' })).toEqual(['/new\nline'])
  expect(await world.paths({ text: 'b' })).toEqual(['/axb', '/a%b', '/a_b', '/back\\slash'])
  expect(await world.paths({ text: 'b', action: 'restored', offset: 1 })).toEqual(['/a_b', '/back\\slash'])
  expect(await world.page({ text: 'b', action: 'failed' })).toMatchObject({ total: 1, items: [{ path: '/axb' }] })
})

test('any page of a large ledger has the rows that stand there when it is read from the first to the last', async () => {
  await using world = await ledgerWorld()
  const items = 50_000
  const all = Array.from({ length: items }, (_, at) => planned(`/some/folder/file-${at}`, at % 3 ? 'create' : 'update'))
  world.journal.transaction(() => world.ledger.plan(RUN, 1, all))
  const failed = new Set([0, 1, 2, 777, 20_000, 20_001, 49_999])
  world.ledger.except(
    RUN,
    [...failed].map((at) => ({ at, action: 'failed' as const, reason: 'no' })),
  )
  world.ledger.settle(RUN, 'settled', '')
  const expected = [...failed, ...[...all.keys()].filter((at) => !failed.has(at))].map((at) => all[at]?.path)
  for (const offset of [0, 5, 6, 7, 781, 782, 20_003, 20_007, 49_990]) {
    expect(await world.paths({ offset, limit: 10 })).toEqual(expected.slice(offset, offset + 10))
  }
  const updated = [...all.keys()].filter((at) => at % 3 === 0 && !failed.has(at))
  const page = await world.page({ action: 'updated', offset: 16_000, limit: 5 })
  expect(page.items.map(({ path }) => path)).toEqual(
    updated.slice(16_000, 16_005).map((at) => `/some/folder/file-${at}`),
  )
})
