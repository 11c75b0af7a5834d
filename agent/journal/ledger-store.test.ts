import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LedgerAction } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { openJournal } from './open-journal.ts'

const RUN = 'run-1'

async function ledgerOf(actions: readonly LedgerAction[]) {
  const directory = temporaryDirectory()
  const journal = openJournal(join(directory.path, 'agent.db'))
  for (const [at, action] of actions.entries()) {
    journal.ledger.append(RUN, at + 1, { path: `/${at}`, action, size: at, reason: '' })
  }
  return {
    ledger: journal.ledger,
    paths: (action: LedgerAction | null, offset: number, limit: number) =>
      journal.ledger.page({ runId: RUN, action, offset, limit }).map(({ path }) => path),
    async [Symbol.asyncDispose]() {
      journal[Symbol.dispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

test('failures come first, then items in the order they happened, over page borders', async () => {
  await using world = await ledgerOf(['restored', 'failed', 'skipped', 'failed', 'restored'])
  expect(world.paths(null, 0, 9)).toEqual(['/1', '/3', '/0', '/2', '/4'])
  expect([0, 1, 2, 3, 4].flatMap((offset) => world.paths(null, offset, 1))).toEqual(world.paths(null, 0, 9))
  expect(world.paths('restored', 1, 9)).toEqual(['/4'])
  expect(world.ledger.counts(RUN)).toMatchObject({ restored: 2, failed: 2, skipped: 1, deleted: 0 })
})

test('a correction takes the place of the item reported under a lossy name', async () => {
  await using world = await ledgerOf(['restored', 'restored'])
  world.ledger.append(RUN, 3, { path: '/\ufffd', action: 'restored', size: 1, reason: '' })
  world.ledger.append(RUN, 4, { path: '/\ufffd', action: 'restored', size: 1, reason: '' })
  world.ledger.correct(RUN, [
    { replaces: '/\ufffd', path: '/\udcfe', action: 'restored', size: 5, reason: '' },
    { replaces: '/\ufffd', path: '/\udcff', action: 'failed', size: 6, reason: 'damaged' },
    { replaces: null, path: '/never-reported', action: 'failed', size: null, reason: 'missing' },
  ])
  expect(world.paths(null, 0, 9)).toEqual(['/\udcff', '/never-reported', '/0', '/1', '/\udcfe'])
  expect(world.ledger.counts(RUN)).toMatchObject({ restored: 3, failed: 2 })
})

test('a page deep in a large ledger does not sort it', async () => {
  await using directory = temporaryDirectory()
  using journal = openJournal(join(directory.path, 'agent.db'))
  journal.transaction(() => {
    for (let at = 1; at <= 50_000; at += 1) {
      const action = at % 1000 === 0 ? 'failed' : 'restored'
      journal.ledger.append(RUN, at, { path: `/some/folder/file-${at}`, action, size: at, reason: '' })
    }
  })
  const before = performance.now()
  const page = journal.ledger.page({ runId: RUN, action: null, offset: 49_990, limit: 100 })
  expect(page.map(({ path }) => path).at(-1)).toBe('/some/folder/file-49999')
  expect(page).toHaveLength(10)
  expect(performance.now() - before).toBeLessThan(500)
})
