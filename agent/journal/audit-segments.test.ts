import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LARGEST_FILE, onSmallDisk } from '../../test/small-disk.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'

test('rows stay in the database where the disk has no room for all of their segment', async () => {
  await using directory = temporaryDirectory()
  const here = (file: string): string => JSON.stringify(join(import.meta.dirname, file))
  // The database is in memory, so that it is the segment alone that has no room.
  const printed = onSmallDisk(`
    import SqliteDatabase from 'better-sqlite3'
    import { AuditSegments } from ${here('audit-segments.ts')}
    import { AuditStore } from ${here('audit-store.ts')}
    import { migrate } from ${here('migrate.ts')}
    const database = new SqliteDatabase(':memory:')
    migrate(database)
    const audit = new AuditStore(database)
    const body = 'x'.repeat(${LARGEST_FILE * 1024})
    const row = { sequence: 1, entryId: 'one', step: 'opened', runId: null, body, previous: '', hash: 'h' }
    audit.append(row)
    const segments = new AuditSegments(database, ${JSON.stringify(directory.path)})
    let closed = 'closed'
    try {
      segments.close([row], new Date())
    } catch (error) {
      closed = error.code
    }
    console.log(closed, segments.list().length, audit.page(0, 10).length)`)
  expect(printed).toBe('EFBIG 0 1')
  expect(readdirSync(directory.path).filter((name) => name.endsWith('.jsonl'))).toEqual([])
})
