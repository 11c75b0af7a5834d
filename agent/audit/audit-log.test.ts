import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../contract/audit-chain/canonical-json.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { systemClock } from '../clock.ts'
import { openJournal } from '../journal/open-journal.ts'
import { OPERATOR } from '../testing/runs-world.ts'
import { AuditLog } from './audit-log.ts'

function auditIn(directory: string) {
  const journal = openJournal(join(directory, 'agent.db'))
  return { journal, audit: new AuditLog({ journal, hostId: 'host-1', clock: systemClock }) }
}

test('an entry is pending until it is closed, and newest comes first', async () => {
  await using directory = temporaryDirectory()
  const { journal, audit } = auditIn(directory.path)
  const first = audit.open(OPERATOR, {
    action: 'host.restore',
    summary: '/etc',
    runId: 'r1',
    targetPath: '/t/caf\udce9',
  })
  audit.refuse(OPERATOR, { action: 'host.restore', summary: '/srv' })
  expect(audit.list(9).entries.map(({ outcome }) => outcome)).toEqual(['refused', 'pending'])

  audit.close(first, { outcome: 'partial', planHash: 'abc', files: 3, bytes: 12 })
  expect(audit.list(9).entries[1]).toMatchObject({
    id: first,
    action: 'host.restore',
    actor: 'ada@desk',
    origin: 'a test',
    hostId: 'host-1',
    runId: 'r1',
    targetPath: '/t/caf\udce9',
    outcome: 'partial',
    planHash: 'abc',
    files: 3,
    bytes: 12,
    endedAt: expect.any(String),
  })
  expect(audit.list(1).entries).toHaveLength(1)
  expect(audit.list(9).chainIntact).toBe(true)
  expect(audit.unclosed()).toEqual([])
  journal[Symbol.dispose]()
})

test.each([
  ['a changed row', `UPDATE audit SET body = replace(body, '/etc', '/tmp') WHERE sequence = 1`],
  ['a changed step', `UPDATE audit SET run_id = 'other' WHERE sequence = 1`],
  ['a row that is no JSON any more', `UPDATE audit SET body = 'x' WHERE sequence = 1`],
  ['a removed row', 'DELETE FROM audit WHERE sequence = 2'],
  ['a removed first row', 'DELETE FROM audit WHERE sequence = 1'],
  [
    'an inserted row',
    `INSERT INTO audit SELECT 9, 'x', step, run_id, body, previous, hash FROM audit WHERE sequence = 1`,
  ],
  [
    'a row before the first',
    `INSERT INTO audit SELECT 0, 'x', step, run_id, body, previous, hash FROM audit WHERE sequence = 1`,
  ],
])('%s breaks the chain', async (_, tampering) => {
  await using directory = temporaryDirectory()
  const { journal, audit } = auditIn(directory.path)
  audit.close(audit.open(OPERATOR, { action: 'host.restore', summary: '/etc' }), { outcome: 'succeeded' })
  audit.refuse(OPERATOR, { action: 'host.restore', summary: '/srv' })
  expect(audit.list(9).chainIntact).toBe(true)
  journal[Symbol.dispose]()

  const database = new SqliteDatabase(join(directory.path, 'agent.db'))
  expect(() => database.exec(tampering.startsWith('INSERT') ? 'DELETE FROM audit' : tampering)).toThrow('append-only')
  database.exec('DROP TRIGGER audit_never_updated; DROP TRIGGER audit_never_deleted;')
  database.exec(tampering)
  database.close()

  const later = auditIn(directory.path)
  expect(later.audit.list(9).chainIntact).toBe(false)
  later.journal[Symbol.dispose]()
})

test('the same value is the same text, whatever the order of its fields', () => {
  expect(canonicalJson({ b: [1, { d: null, c: '\udce9' }], a: undefined })).toBe('{"b":[1,{"c":"\\udce9","d":null}]}')
  expect(canonicalJson({ y: 1, x: 2 })).toBe(canonicalJson({ x: 2, y: 1 }))
})
