import { randomUUID } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type Run, type RunState, runStateSchema } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { RESTORE_SUBJECT, runInJournal } from '../testing/runs-world.ts'
import { openJournal } from './open-journal.ts'

const HOSTILE = ['/caf\udce9', '/new\nline', '/"quote\'', '/😀', '/back\\slash', `/${'\udcff'.repeat(200)}`]

function runOf(state: RunState, id = `run-${state}`): Run {
  return runInJournal({ id, state })
}

test('a second agent on the same data is refused while the first lives, and let in afterwards', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.db')
  const first = openJournal(path)
  expect(() => openJournal(path)).toThrow(
    expect.objectContaining({ code: 'conflict', data: { what: 'data_directory_in_use', detail: path } }),
  )
  first[Symbol.dispose]()
  using second = openJournal(path)
  expect(second.runSummaries.newest(1)).toEqual([])
})

test('a file that is no database is left as it is', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.db')
  writeFileSync(path, 'not a database, but longer than the header of one is '.repeat(100))
  expect(() => openJournal(path)).toThrow(
    expect.objectContaining({ code: 'conflict', data: { what: 'journal_damaged', detail: path } }),
  )
  expect(readFileSync(path, 'utf8')).toContain('not a database')
})

test('a journal of a newer agent is not touched', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.db')
  const database = new SqliteDatabase(path)
  database.pragma('user_version = 99')
  database.close()
  expect(() => openJournal(path)).toThrow(expect.objectContaining({ code: 'version_mismatch' }))
})

test('the journal is readable by its owner alone', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.db')
  using journal = openJournal(path)
  journal.settings.getOrMake('name', () => 'value')
  expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
})

test('a setting is made once', async () => {
  await using directory = temporaryDirectory()
  using journal = openJournal(join(directory.path, 'agent.db'))
  const made = journal.settings.getOrMake('agent-id', randomUUID)
  expect(journal.settings.getOrMake('agent-id', randomUUID)).toBe(made)
})

test('names that are not UTF-8 come back from every table as they went in', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.db')
  const run: Run = {
    ...runOf('running'),
    subject: {
      ...RESTORE_SUBJECT,
      targetPath: '/t/\udcff',
      sources: [
        { snapshotId: 'a'.repeat(64), snapshotTime: 'then', selection: { include: HOSTILE, exclude: HOSTILE } },
      ],
    },
    progress: {
      phase: 'restoring',
      filesDone: 1,
      filesTotal: null,
      bytesDone: 1,
      bytesTotal: null,
      rate: null,
      secondsLeft: null,
      currentItem: '/caf\udce9',
      part: null,
    },
  }
  {
    using journal = openJournal(path)
    journal.runs.insert(run)
    journal.events.append(run.id, { type: 'state', sequence: 1, at: run.queuedAt, run })
    for (const [at, name] of HOSTILE.entries()) {
      journal.ledger.append(run.id, at + 1, { path: name, type: 'file', action: 'restored', size: 1, reason: '' })
    }
  }
  using journal = openJournal(path)
  expect(journal.runs.get(run.id)).toEqual(run)
  expect(journal.events.after({ runId: run.id, after: 0, progressFrom: 0, limit: 9 })).toEqual([
    { type: 'state', sequence: 1, at: run.queuedAt, run },
  ])
  const wanted = { runId: run.id, action: null, text: '', offset: 0, limit: 99, isFinal: false }
  const { items } = await journal.ledgerPages.page(wanted)
  expect(items.map((item) => item.path)).toEqual(HOSTILE)
})

test.each(runStateSchema.options.filter((state) => state !== 'unknown'))(
  'the database itself lets a run be queued beside one that is %s only if that one has ended',
  async (state) => {
    await using directory = temporaryDirectory()
    using journal = openJournal(join(directory.path, 'agent.db'))
    journal.runs.insert(runOf(state))
    const insert = (): void => journal.runs.insert(runOf('queued', 'another'))
    if (state === 'queued' || state === 'running') expect(insert).toThrow(/runs_single_flight/)
    else expect(insert).not.toThrow()
  },
)

test('what a failed transaction wrote is gone', async () => {
  await using directory = temporaryDirectory()
  using journal = openJournal(join(directory.path, 'agent.db'))
  const act = (): void => {
    journal.runs.insert(runOf('queued'))
    throw new Error('no')
  }
  expect(() => journal.transaction(act)).toThrow('no')
  expect(journal.runs.active()).toBeUndefined()
})
