import { expect, test } from 'vitest'
import { auditEntrySchema } from '../../contract/shapes/audit.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { OPERATOR } from '../testing/runs-world.ts'
import { type Hands, writtenAudit } from '../testing/tampered-audit.ts'
import type { AuditLog } from './audit-log.ts'

const ACTIONS = auditEntrySchema.shape.action.options
const COLUMNS = ['sequence', 'entry_id', 'step', 'run_id', 'body', 'previous', 'hash']
const SUBJECT = {
  repositoryId: 'repository-1',
  runId: 'run-1',
  requestKey: 'key-1',
  snapshotId: 'snapshot-1',
  targetPath: '/srv/caf\udce9',
}

/** One entry of each action, with its outcome: an opening stands in each odd place. */
function writeEach(audit: AuditLog): void {
  for (const action of ACTIONS) {
    const entry = audit.open(OPERATOR, { action, summary: `of ${action}`, ...SUBJECT })
    audit.close(entry, { outcome: 'partial', planHash: 'abc', files: 3, bytes: 12 })
  }
}

/** Five entries without more: ten rows. */
function writeFive(audit: AuditLog): void {
  for (const name of ['one', 'two', 'three', 'four', 'five'])
    audit.refuse(OPERATOR, { action: 'host.restore', summary: name })
}

function changed(value: unknown): string | number | null {
  if (typeof value === 'number') return value + 1
  return typeof value === 'string' ? `${value}x` : 'somebody'
}

/** Everything that can be changed in the row at `sequence`, one thing at a time. */
function changesTo(sequence: number, { row }: Pick<Hands, 'row'>) {
  const stands = row(sequence)
  const body: Record<string, unknown> = JSON.parse(String(stands['body']))
  const columns = COLUMNS.filter((name) => name !== 'sequence').map((name) => ({
    what: name,
    tamper: ({ run }: Hands) => run(`UPDATE audit SET ${name} = ? WHERE sequence = ?`, changed(stands[name]), sequence),
  }))
  const fields = Object.keys(body).map((name) => ({
    what: `body.${name}`,
    tamper: ({ run }: Hands) => {
      const text = JSON.stringify({ ...body, [name]: changed(body[name]) })
      run('UPDATE audit SET body = ? WHERE sequence = ?', text, sequence)
    },
  }))
  return [...columns, ...fields]
}

function renumber({ run }: Hands, from: number, by: number): void {
  // Through places where nothing stands, since no two rows may have the same one even for a moment.
  run('UPDATE audit SET sequence = sequence + 1000000 WHERE sequence >= ?', from)
  run('UPDATE audit SET sequence = sequence - 1000000 + ? WHERE sequence >= 1000000', by)
}

function put({ run, row }: Hands, at: number, changes: Record<string, string> = {}): void {
  const { body, previous, hash, run_id } = row(at - 1)
  const values = { entry_id: 'forged', step: 'opened', body, previous, hash, ...changes }
  run(
    'INSERT INTO audit (sequence, entry_id, step, run_id, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    at,
    String(values.entry_id),
    String(values.step),
    run_id ?? null,
    String(values.body),
    String(values.previous),
    String(values.hash),
  )
}

test('an audit is whole as it was written, and says how much it holds', async () => {
  await using directory = temporaryDirectory()
  const audit = writtenAudit(directory.path, writeEach)
  const { whole, broken, hash, lastAt, anchorHolds } = await audit.check()
  expect({ whole, broken, anchorHolds }).toEqual({ whole: ACTIONS.length * 2, broken: null, anchorHolds: null })
  const anchor = await audit.anchor()
  expect(anchor).toMatchObject({ sequence: whole, hash, agentId: 'host-1' })
  expect(Date.parse(anchor.at)).toBeGreaterThanOrEqual(Date.parse(lastAt ?? ''))
  expect(await audit.check(anchor)).toMatchObject({ broken: null, anchorHolds: true })
})

// @security Audit: A change to any field of any entry of an agent’s audit is found, and the entry is named.
test.each(ACTIONS.map((action, at) => ({ action, at })))(
  'a change to any field of $action or of its outcome is found, and the entry named',
  async ({ action, at }) => {
    await using directory = temporaryDirectory()
    const audit = writtenAudit(directory.path, writeEach)
    for (const sequence of [2 * at + 1, 2 * at + 2]) {
      const changes: ReturnType<typeof changesTo>[number][] = []
      await audit.after((hands) => changes.push(...changesTo(sequence, hands)))
      expect(changes.length).toBeGreaterThanOrEqual(6 + 5)
      for (const { what, tamper } of changes) {
        const { broken, whole } = await audit.after(tamper)
        expect(broken, what).toMatchObject({ sequence, until: sequence, wrong: 'changed' })
        expect(whole, what).toBe(sequence - 1)
      }
      const { broken } = await audit.after(({ run }) =>
        run(`UPDATE audit SET run_id = 'x' WHERE sequence = ?`, sequence),
      )
      expect(broken?.says).toContain(sequence % 2 === 1 ? `ada@desk, ${action}: of ${action}` : ': partial')
      expect(Date.parse(broken?.at ?? '')).toBeGreaterThan(0)
    }
  },
)

test.each([3, 4, 9])(
  'a change to entry %i that was sealed again is found where the next does not follow',
  async (at) => {
    await using directory = temporaryDirectory()
    const audit = writtenAudit(directory.path, writeFive)
    const { broken } = await audit.after(({ run, seal }) => {
      run(`UPDATE audit SET run_id = 'other' WHERE sequence = ?`, at)
      seal(at)
    })
    expect(broken).toMatchObject({ sequence: at, until: at, wrong: 'changed' })
  },
)

test('an entry that was made to follow another one, and sealed again, is named itself', async () => {
  await using directory = temporaryDirectory()
  const { broken } = await writtenAudit(directory.path, writeFive).after(({ run, seal, row }) => {
    run('UPDATE audit SET previous = ? WHERE sequence = 4', row(2)['hash'] ?? null)
    seal(4)
  })
  expect(broken).toMatchObject({ sequence: 4, wrong: 'changed' })
})

test.each([
  { from: 1, to: 1 },
  { from: 5, to: 5 },
  { from: 4, to: 7 },
  { from: 1, to: 9 },
])('entries $from to $to that were removed are missing, also when the others were moved up', async ({ from, to }) => {
  await using directory = temporaryDirectory()
  const audit = writtenAudit(directory.path, writeFive)
  const remove = ({ run }: Hands): void => run('DELETE FROM audit WHERE sequence BETWEEN ? AND ?', from, to)
  const missing = { sequence: from, until: to, wrong: 'missing', follows: from === 1 ? null : { sequence: from - 1 } }
  expect((await audit.after(remove)).broken).toMatchObject(missing)
  const movedUp = await audit.after((hands) => {
    remove(hands)
    renumber(hands, to + 1, from - to - 1)
  })
  expect(movedUp.broken).toMatchObject(missing)
})

test.each([
  { one: 3, other: 4 },
  { one: 1, other: 2 },
  { one: 2, other: 9 },
  { one: 4, other: 10 },
])('entries $one and $other that have changed places are out of order', async ({ one, other }) => {
  await using directory = temporaryDirectory()
  const { broken } = await writtenAudit(directory.path, writeFive).after(({ run }) => {
    run('UPDATE audit SET sequence = 0 WHERE sequence = ?', one)
    run('UPDATE audit SET sequence = ? WHERE sequence = ?', one, other)
    run('UPDATE audit SET sequence = ? WHERE sequence = 0', other)
  })
  expect(broken).toMatchObject({ sequence: one, until: one, wrong: 'out_of_order' })
})

test.each([4, 10])('entry %i that was moved to the end is out of order', async (at) => {
  await using directory = temporaryDirectory()
  const { broken } = await writtenAudit(directory.path, writeFive).after(({ run }) =>
    run('UPDATE audit SET sequence = 20 WHERE sequence = ?', at),
  )
  expect(broken).toMatchObject({ sequence: at, wrong: 'out_of_order', says: expect.stringContaining('refused') })
})

test.each([
  ['with another’s hash', false],
  ['and sealed', true],
])('an entry that was put in between, %s, is named', async (_, sealed) => {
  await using directory = temporaryDirectory()
  const { broken } = await writtenAudit(directory.path, writeFive).after((hands) => {
    renumber(hands, 5, 1)
    put(hands, 5, { previous: String(hands.row(4)['hash']) })
    if (sealed) hands.seal(5)
  })
  expect(broken).toMatchObject({ sequence: 5, until: 5, wrong: 'inserted', follows: { sequence: 4 } })
})

test('several that were put in between and sealed are named together', async () => {
  await using directory = temporaryDirectory()
  const { broken, whole } = await writtenAudit(directory.path, writeFive).after((hands) => {
    renumber(hands, 5, 2)
    for (const at of [5, 6]) {
      put(hands, at, { entry_id: `forged-${at}`, previous: String(hands.row(at - 1)['hash']) })
      hands.seal(at)
    }
  })
  expect(broken).toMatchObject({ sequence: 5, until: 6, wrong: 'inserted' })
  expect(whole).toBe(4)
})

test.each([0, -7, 15])('an entry that was put at %i, where none belongs, is named', async (at) => {
  await using directory = temporaryDirectory()
  const { broken } = await writtenAudit(directory.path, writeFive).after(({ run }) =>
    run(`INSERT INTO audit SELECT ?, 'forged', step, run_id, body, previous, hash FROM audit WHERE sequence = 1`, at),
  )
  expect(broken).toMatchObject({ sequence: at, wrong: 'inserted' })
})

// @security Audit: What was cut off the end of an audit shows against an anchor.
test('what was cut off the end shows only against an anchor', async () => {
  await using directory = temporaryDirectory()
  const audit = writtenAudit(directory.path, writeFive)
  const anchor = await audit.anchor()
  const cut = ({ run }: Hands): void => run('DELETE FROM audit WHERE sequence > 7')
  expect(await audit.after(cut)).toMatchObject({ whole: 7, broken: null })
  expect(await audit.after(cut, anchor)).toMatchObject({
    whole: 7,
    anchorHolds: false,
    broken: { sequence: 8, until: 10, wrong: 'cut_off', follows: { sequence: 7 } },
  })
  const all = await audit.after(({ run }) => run('DELETE FROM audit'), anchor)
  expect(all).toMatchObject({ whole: 0, broken: { sequence: 1, until: 10, wrong: 'cut_off', follows: null } })
})

test('a chain that was written anew from one entry on shows only against an anchor', async () => {
  await using directory = temporaryDirectory()
  const audit = writtenAudit(directory.path, writeFive)
  const anchor = await audit.anchor()
  const anew = ({ run, row, seal }: Hands): void => {
    run(`UPDATE audit SET body = replace(body, 'two', 'too') WHERE sequence = 3`)
    seal(3)
    for (let at = 4; at <= 10; at += 1) {
      run('UPDATE audit SET previous = ? WHERE sequence = ?', row(at - 1)['hash'] ?? null, at)
      seal(at)
    }
  }
  expect(await audit.after(anew)).toMatchObject({ whole: 10, broken: null })
  expect(await audit.after(anew, anchor)).toMatchObject({
    anchorHolds: false,
    broken: { sequence: 10, wrong: 'rewritten' },
  })
  expect(await audit.after(anew, { ...anchor, sequence: 2, hash: 'f'.repeat(64) })).toMatchObject({
    broken: { sequence: 2, wrong: 'rewritten', follows: { sequence: 1 } },
  })
})

test('what was written since does not trouble an anchor, and one of another agent is refused', async () => {
  await using directory = temporaryDirectory()
  const audit = writtenAudit(directory.path, writeFive)
  const anchor = await audit.anchor()
  const later = writtenAudit(directory.path, writeFive)
  expect(await later.check(anchor)).toMatchObject({ whole: 20, anchorHolds: true, broken: null })
  await expect(later.check({ ...anchor, agentId: 'host-2' })).rejects.toMatchObject({ data: { what: 'other_anchor' } })
})

test('no anchor is given of an audit that is not whole, and one of nothing holds for ever', async () => {
  await using directory = temporaryDirectory()
  const empty = writtenAudit(directory.path, () => undefined)
  const anchor = await empty.anchor()
  expect(anchor).toMatchObject({ sequence: 0, hash: '0'.repeat(64) })
  const audit = writtenAudit(directory.path, writeFive)
  expect(await audit.check(anchor)).toMatchObject({ anchorHolds: true, broken: null })
  await audit.after(({ run }) => run('DELETE FROM audit WHERE sequence = 2'))
  await expect(audit.anchor()).rejects.toMatchObject({ data: { what: 'audit_broken', detail: '2' } })
})
