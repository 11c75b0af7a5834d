import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { first } from './migrations/0001-first.ts'
import { peers } from './migrations/0002-peers.ts'
import { openJournal } from './open-journal.ts'
import type { RepositoryRecord } from './repository-store.ts'

const RECORD: RepositoryRecord = {
  id: 'one',
  name: 'main',
  url: '/srv/main',
  username: '',
  sample: false,
  addedAt: '2026-11-21T04:00:00.000Z',
  backup: { paths: ['/caf\udce9', '/new\nline'], exclude: ['*.tmp'] },
  openedBefore: false,
}

test('what a backup takes comes back as it went in, whatever bytes its paths are of', async () => {
  await using directory = temporaryDirectory()
  using journal = openJournal(join(directory.path, 'agent.db'))
  journal.repositories.put(RECORD)
  expect(journal.repositories.list()).toEqual([RECORD])
})

test('that a repository was opened outlives all that is changed of it', async () => {
  await using directory = temporaryDirectory()
  using journal = openJournal(join(directory.path, 'agent.db'))
  journal.repositories.put(RECORD)
  journal.repositories.opened('one')
  const changed = { ...RECORD, name: 'other', username: 'ada', backup: null }
  journal.repositories.put(changed)
  expect(journal.repositories.list()).toEqual([{ ...changed, openedBefore: true }])
})

test('of the repositories of an older agent those were opened that a run has succeeded with', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'agent.db')
  {
    const database = new SqliteDatabase(path)
    database.exec(`${first}${peers}`)
    for (const [id, state] of [
      ['a', 'succeeded'],
      ['b', 'failed'],
      ['c', 'partial'],
    ]) {
      database.exec(`INSERT INTO repositories VALUES ('${id}', '${id}', '/${id}', '', 0, '2026-11-21T04:00:00.000Z')`)
      database.exec(
        `INSERT INTO runs VALUES (NULL, '${id}', '${id}', '${id}', '${state}', '', '', '', '', '', '', '', '', '')`,
      )
    }
    database.pragma('user_version = 2')
    database.close()
  }
  using journal = openJournal(path)
  expect(journal.repositories.list().map(({ id, openedBefore, backup }) => [id, openedBefore, backup])).toEqual([
    ['a', true, null],
    ['b', false, null],
    ['c', true, null],
  ])
})
