import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ReasonCode } from '../../contract/reasons.ts'
import type { FurtherRestore } from '../../contract/shapes/restore.ts'
import type { Run } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { LedgerException, PlannedItem } from '../journal/ledger-store.ts'
import { openJournal } from '../journal/open-journal.ts'
import type { RestoreSubject } from '../runs/run-record.ts'
import { RESTORE_SUBJECT, runInJournal } from '../testing/runs-world.ts'
import { FurtherRestores } from './further-restores.ts'

const [ONE, TWO, SAFE] = ['1', '2', 'f'].map((digit) => digit.repeat(64)) as [string, string, string]
const SOURCES = [
  { snapshotId: ONE, snapshotTime: 'then', selection: { include: ['/srv'], exclude: ['/srv/tmp'] } },
  { snapshotId: TWO, snapshotTime: 'later', selection: { include: ['/srv/tmp/kept', '/etc'], exclude: [] } },
]

interface Left {
  readonly state?: Run['state']
  readonly subject?: Partial<RestoreSubject>
  readonly plan?: readonly (readonly [PlannedItem['action'], string, comesAs?: string])[]
  readonly exceptions?: readonly LedgerException[]
}

function furtherWorld() {
  const directory = temporaryDirectory()
  const journal = openJournal(join(directory.path, 'agent.db'))
  const further = new FurtherRestores(journal)
  return {
    journal,
    wanted: (kind: FurtherRestore['kind'], runId = 'run-1') => further.wanted({ kind, runId }),
    leave({ state = 'partial', subject = {}, plan = [], exceptions = [] }: Left, id = 'run-1'): void {
      const ofRun = { ...RESTORE_SUBJECT, sources: SOURCES, targetPath: '/staged/run-1', ...subject }
      journal.runs.insert(runInJournal({ id, state, subject: ofRun }))
      if (plan.length === 0) return
      const rows = plan.map(([action, path, comesAs = null]) => ({ action, path, comesAs }))
      const items = rows.map((row) => ({ ...row, type: 'file' as const, size: 1, reason: '' }))
      journal.ledger.plan(id, 1, items)
      journal.ledger.except(id, exceptions)
      journal.ledger.settle(id, 'settled', '')
    },
    async [Symbol.asyncDispose]() {
      journal[Symbol.dispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

const IN_PLACE = { target: { kind: 'in-place' }, targetPath: '/' } as const
const refusal = (what: string, code?: ReasonCode) => {
  const why = code === undefined ? {} : { why: { code } }
  return expect.objectContaining({ code: 'conflict', data: expect.objectContaining({ what, ...why }) })
}

test('what was stopped goes on into the same folder, and writes over whatever is there', async () => {
  await using world = furtherWorld()
  world.leave({ state: 'interrupted', subject: { conflicts: 'if-changed' } })
  expect(world.wanted('resume')).toEqual({
    repositoryId: 'repository-1',
    sources: SOURCES.map(({ snapshotId, selection }) => ({ snapshotId, selection })),
    manner: {
      target: { kind: 'path', path: '/staged/run-1' },
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack: true,
    },
    follows: { kind: 'resume', runId: 'run-1' },
    remove: [],
    folders: [],
  })
})

test('what a restore was to leave as it was is left when it goes on, though the rest is written over', async () => {
  await using world = furtherWorld()
  world.leave({
    subject: { ...IN_PLACE, conflicts: 'never' },
    plan: [
      ['skip', '/srv/a'],
      ['create', '/etc/b'],
      ['skip', '/etc/c'],
    ],
  })
  const { sources, manner } = world.wanted('resume')
  expect(manner).toMatchObject({ target: { kind: 'in-place' }, conflicts: 'always' })
  expect(sources.map(({ selection }) => selection.exclude)).toEqual([['/srv/tmp', '/srv/a'], ['/etc/c']])
})

test('what came beside others does so again', async () => {
  await using world = furtherWorld()
  world.leave({ subject: { conflicts: 'keep-both' }, plan: [['create', '/etc/b', '/etc/b (then)']] })
  expect(world.wanted('resume').manner.conflicts).toBe('keep-both')
})

test.each(['queued', 'running', 'succeeded'] as const)('a run that is %s is not resumed', async (state) => {
  await using world = furtherWorld()
  world.leave({ state })
  expect(() => world.wanted('resume')).toThrow(refusal('nothing_to_resume'))
})

test('only what failed is tried again, each from its own snapshot', async () => {
  await using world = furtherWorld()
  const failed = [0, 2, 3, 5].map((at) => ({ at, action: 'failed' as const, reason: 'damaged' }))
  world.leave({
    plan: [
      ['create', '/srv/a'],
      ['create', '/srv/b'],
      ['update', '/srv/tmp/kept/c'],
      ['create', '/caf\udce9'],
      ['unchanged', '/etc/d'],
      ['delete', '/srv/e'],
    ],
    exceptions: failed,
  })
  expect(world.wanted('retry')).toMatchObject({
    sources: [
      { snapshotId: ONE, selection: { include: ['/srv/a'], exclude: [] } },
      { snapshotId: TWO, selection: { include: ['/srv/tmp/kept/c'], exclude: [] } },
    ],
    remove: ['/srv/e'],
    follows: { kind: 'retry', runId: 'run-1' },
  })
})

test('where selected items stand at the top, all are looked at again: a file alone would come to stand there', async () => {
  await using world = furtherWorld()
  const exceptions = [{ at: 0, action: 'failed' as const, reason: 'damaged' }]
  world.leave({ subject: { layout: 'selected-only' }, plan: [['create', '/srv/a/b']], exceptions })
  expect(world.wanted('retry').sources.map(({ selection }) => selection)).toEqual(
    SOURCES.map(({ selection }) => selection),
  )
})

test('a run of which nothing failed is not retried, and one that is not there is not found', async () => {
  await using world = furtherWorld()
  world.leave({ plan: [['create', '/srv/a']] })
  expect(() => world.wanted('retry')).toThrow(refusal('nothing_to_retry'))
  expect(() => world.wanted('retry', 'none')).toThrow(expect.objectContaining({ code: 'not_found' }))
})

test('back from an in-place restore: what it changed comes from the safety snapshot, what it created goes', async () => {
  await using world = furtherWorld()
  const exceptions = [{ at: 1, action: 'failed' as const, reason: 'damaged' }]
  const plan = [
    ['update', '/srv/a'],
    ['create', '/srv/b'],
    ['create', '/srv/c', '/srv/c (then)'],
  ] as const
  world.leave({ subject: { ...IN_PLACE, safetySnapshot: SAFE }, plan, exceptions })
  world.journal.saved.put('run-1', { snapshotId: SAFE, include: ['/srv/a'] })
  const folder = { path: '/srv/caf\udce9', mode: 0o2755, uid: 7, gid: 8, modifiedMs: 1_700_000_000_123.456 }
  world.journal.saved.putFolders('run-1', 0, [folder])
  expect(world.wanted('revert')).toMatchObject({
    sources: [{ snapshotId: SAFE, selection: { include: ['/srv/a'], exclude: [] } }],
    manner: { target: { kind: 'in-place' }, conflicts: 'always', deleteExtra: false },
    remove: ['/srv/b', '/srv/c (then)'],
    folders: [folder],
  })
})

test('a way back that was stopped goes on as a way back', async () => {
  await using world = furtherWorld()
  world.leave({ subject: IN_PLACE, plan: [['create', '/srv/b']] })
  const follows = { kind: 'revert', runId: 'run-1' } as const
  world.leave({ state: 'interrupted', subject: { ...IN_PLACE, sources: [], follows } }, 'run-2')
  world.leave(
    { state: 'interrupted', subject: { ...IN_PLACE, sources: [], follows: { kind: 'resume', runId: 'run-2' } } },
    'run-3',
  )
  for (const runId of ['run-2', 'run-3']) {
    expect(world.wanted('resume', runId)).toMatchObject({ remove: ['/srv/b'], follows: { kind: 'resume', runId } })
  }
})

test.each<[string, ReasonCode, Left]>([
  ['to a folder', 'not_in_place', { subject: { target: { kind: 'path', path: '/x' } }, plan: [['create', '/srv/b']] }],
  ['that changed something unsaved', 'no_safety_snapshot', { subject: IN_PLACE, plan: [['update', '/srv/b']] }],
  [
    'that never came to write',
    'nothing_written',
    { subject: { ...IN_PLACE, safetySnapshot: 'wanted' }, plan: [['update', '/srv/b']] },
  ],
  ['that had not even planned', 'nothing_written', { subject: IN_PLACE }],
  ['that goes on', 'not_a_past_restore', { state: 'running', subject: IN_PLACE, plan: [['create', '/srv/b']] }],
])('there is no way back from a restore %s', async (_, code, left) => {
  await using world = furtherWorld()
  world.leave(left)
  expect(() => world.wanted('revert')).toThrow(refusal('no_way_back', code))
})
