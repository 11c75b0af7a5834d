import { expect, it } from 'vitest'
import { type RowOf, toColumns } from '../../../contract/shapes/columns.ts'
import type { ChangeList, ChangeListEvent } from '../../../contract/shapes/compare.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { type ChangesFormat, exportChanges } from './export-changes.ts'

const FIELDS = ['path', 'kind', 'modifier', 'typeBefore', 'typeAfter', 'sizeBefore', 'sizeAfter'] as const
const BEFORE: Snapshot = {
  id: 'a'.repeat(64),
  time: '2026-11-20T01:00:00Z',
  hostname: 'db-01',
  username: 'root',
  paths: ['/'],
  tags: [],
  treeId: 'b'.repeat(64),
  files: null,
  bytes: null,
}

function row(modifier: string, kind: RowOf<ChangeList>['kind'], path: string): RowOf<ChangeList> {
  return { path, kind, modifier, typeBefore: 'file', typeAfter: 'file', sizeBefore: 1, sizeAfter: 1 }
}

async function exported(format: ChangesFormat, decided: readonly [string, boolean][] = [], metadata = false) {
  async function* told(): AsyncGenerator<ChangeListEvent> {
    yield { kind: 'changes', changes: toColumns([row('?', 'undecided', '/a')], FIELDS) }
    yield {
      kind: 'changes',
      changes: toColumns([row('?', 'undecided', '/b\udcff'), row('M', 'modified', '/c')], FIELDS),
    }
    yield { kind: 'ended', complete: true, unread: 2 }
  }
  const parts = await exportChanges({
    calls: { changes: async () => told() },
    decisions: new Map(decided),
    before: BEFORE,
    after: { host: 'db-01', time: '2026-11-21T14:05:00Z' },
    metadata,
    text: '',
    format,
    signal: new AbortController().signal,
  })
  return parts.join('')
}

it('writes what differs from the host now as restic would, with what could not be looked into', async () => {
  expect((await exported('text')).split('\n')).toEqual([
    'comparing snapshot aaaaaaaa to db-01 at 2026-11-21T14:05:00Z:',
    '',
    '?    /a',
    '?    /b\\xff',
    'M    /c',
    '',
    'The agent cannot look into 2 folders of the host.',
    '',
  ])
})

it('writes of a file whose content was compared what came of it', async () => {
  const decided: [string, boolean][] = [
    ['/a', true],
    ['/b\udcff', false],
  ]
  const linesOf = async (metadata: boolean) => (await exported('text', decided, metadata)).split('\n').slice(2, -3)
  expect(await linesOf(false)).toEqual(['M    /b\\xff', 'M    /c'])
  expect(await linesOf(true)).toEqual(['U    /a', 'M    /b\\xff', 'M    /c'])
})

it('writes JSON that is whole, whichever rows are left out', async () => {
  const file = JSON.parse(await exported('json', [['/a', true]])) as {
    changes: { path: string }[]
    foldersNotRead: number
  }
  expect(file.changes.map(({ path }) => path)).toEqual(['/b\udcff', '/c'])
  expect(file.foldersNotRead).toBe(2)
})
