import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import { NO_COUNTS } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { first } from './migrations/0001-first.ts'
import { peers } from './migrations/0002-peers.ts'
import { repositoryUse } from './migrations/0003-repository-use.ts'
import { openJournal } from './open-journal.ts'

const AT = '2026-11-21T04:00:00.000Z'
const SELECTION = { include: ['/caf\udce9', '/new\nline'], exclude: ['/caf\udce9/x'] }
const SUBJECT = {
  kind: 'restore',
  snapshotId: 'a'.repeat(64),
  snapshotTime: '2026-11-20T10:00:00+01:00',
  selection: SELECTION,
  target: { kind: 'path', path: '/t/\udcff' },
  targetPath: '/t/\udcff',
  planHash: 'f00d',
}
const PROGRESS = {
  phase: 'restoring',
  filesDone: 1,
  filesTotal: 2,
  bytesDone: 3,
  bytesTotal: 4,
  rate: null,
  secondsLeft: null,
  currentItem: '/caf\udce9',
}
const RUN = {
  id: 'old',
  state: 'partial',
  requestKey: '3f0e3c1a-6f52-4d4b-9a51-0b8f6a3f1c11',
  repositoryId: 'one',
  subject: SUBJECT,
  startedBy: 'ada@desk',
  queuedAt: AT,
  startedAt: AT,
  endedAt: AT,
  progress: PROGRESS,
  counts: { ...NO_COUNTS, restored: 1, failed: 1 },
  fault: null,
  remark: 'Some.',
}

/** A journal as the agent before this one wrote it. */
function olderJournal(path: string): void {
  const database = new SqliteDatabase(path)
  database.exec(`${first}${peers}${repositoryUse}`)
  database
    .prepare(`
      INSERT INTO runs (id, request_key, repository_id, state, subject, started_by, queued_at, started_at, ended_at,
        progress, counts, fault, remark)
      VALUES (?, ?, 'one', 'partial', ?, 'ada@desk', '${AT}', '${AT}', '${AT}', ?, ?, 'null', 'Some.')`)
    .run(RUN.id, RUN.requestKey, ...[SUBJECT, PROGRESS, RUN.counts].map((value) => JSON.stringify(value)))
  const events = [
    { type: 'state', sequence: 1, at: AT, run: RUN },
    { type: 'log', sequence: 2, at: AT, level: 'info', text: 'a line' },
    { type: 'progress', sequence: 3, at: AT, progress: PROGRESS, counts: RUN.counts },
  ]
  const insert = database.prepare(`INSERT INTO run_events VALUES ('old', ?, ?, ?)`)
  for (const event of events) insert.run(event.sequence, event.type, JSON.stringify(event))
  const row = database.prepare(`INSERT INTO ledger VALUES ('old', ?, ?, ?, 5, '')`)
  row.run(1, JSON.stringify('/caf\udce9'), 'restored')
  row.run(2, JSON.stringify('/b'), 'failed')
  database.pragma('user_version = 3')
  database.close()
}

test('runs of an older agent are read in the shape of today, whatever bytes are in their names', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.db')
  olderJournal(path)
  using journal = openJournal(path)
  const run = {
    ...RUN,
    progress: { ...PROGRESS, part: null },
    subject: {
      kind: 'restore',
      target: SUBJECT.target,
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack: true,
      sources: [{ snapshotId: SUBJECT.snapshotId, snapshotTime: SUBJECT.snapshotTime, selection: SELECTION }],
      targetPath: SUBJECT.targetPath,
      planHash: 'f00d',
      follows: null,
      reason: '',
      safetySnapshot: null,
      evidence: null,
    },
  }
  expect(journal.runs.get('old')).toEqual(run)
  expect(journal.events.after({ runId: 'old', after: 0, progressFrom: 0, limit: 9 })).toEqual([
    { type: 'state', sequence: 1, at: AT, run },
    { type: 'log', sequence: 2, at: AT, level: 'info', text: 'a line' },
    { type: 'progress', sequence: 3, at: AT, progress: { ...PROGRESS, part: null }, counts: RUN.counts },
  ])
  const wanted = { runId: 'old', action: null, text: '', offset: 0, limit: 9, isFinal: true }
  expect(await journal.ledgerPages.page(wanted)).toEqual({
    total: 2,
    items: [
      { path: '/b', type: null, action: 'failed', size: 5, reason: '' },
      { path: '/caf\udce9', type: null, action: 'restored', size: 5, reason: '' },
    ],
  })
  expect(journal.runs.resticOf('old')).toBe('')
})
