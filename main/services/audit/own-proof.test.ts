import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditEntrySchema } from '../../../contract/shapes/audit.ts'
import type { AuditAnchor, AuditCheck } from '../../../contract/shapes/audit-chain.ts'
import { NO_COUNTS, type Run } from '../../../contract/shapes/run.ts'
import { summariseRun } from '../../../contract/shapes/run-summary.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { AuditListCheck } from '../../store/audit-list-check.ts'
import { AuditStore } from '../../store/audit-store.ts'
import { chain, FIRST_WORKSPACE, openConsoleStore } from '../../store/index.ts'
import { AuditService, ownProof } from './index.ts'

const ACTIONS = auditEntrySchema.shape.action.options
const COLUMNS = ['entry_id', 'step', 'run_id', 'body', 'previous', 'hash']
const LISTED = ['id', 'workspace_id', 'host_id', 'action', 'run_id', 'request_key', 'outcome', 'record']
const START = new Date('2026-11-21T03:00:00.000Z')
const clock = { now: () => START, pause: (milliseconds: number) => pause(milliseconds) }
const NOBODY = { identity: () => null, workspaceOf: () => null }
const owner = { agentId: 'console-1', hostname: 'desk' }

type Row = Record<string, string | number | null>
type Value = string | number | null

interface Hands {
  run(sql: string, ...values: readonly Value[]): void
  rows(table: 'audit' | 'audit_chain'): Row[]
}

let open: AsyncDisposableStack
let directory: string
let file: string

beforeEach(() => {
  open = new AsyncDisposableStack()
  directory = open.use(temporaryDirectory()).path
  file = join(directory, 'console.db')
})
afterEach(() => open.disposeAsync())

function withAudit<T>(act: (audit: AuditService) => T): T {
  using store = openConsoleStore(directory, START)
  return act(new AuditService({ store: store.audit, clock, actor: 'ada@desk', ...NOBODY }))
}

async function proving<T>(ask: (proof: ReturnType<typeof ownProof>) => Promise<T>): Promise<T> {
  using store = openConsoleStore(directory, START)
  return await ask(ownProof({ store, clock, owner }))
}

const nobodyWaits = async (): Promise<void> => undefined
const check = (anchor: AuditAnchor | null = null): Promise<AuditCheck> =>
  proving((proof) => proof.verify(anchor, nobodyWaits))
const anchor = (): Promise<AuditAnchor> => proving((proof) => proof.anchor(nobodyWaits))

/** What a check says of the audit after `tamper`, by somebody who may write the file; it is then as it was again. */
async function after(tamper: (hands: Hands) => void, held: AuditAnchor | null = null): Promise<AuditCheck> {
  const database = inHands()
  database.exec('BEGIN')
  try {
    tamper({
      run(sql, ...values) {
        if (database.prepare(sql).run(...values).changes === 0) throw new Error(`nothing was changed by ${sql}`)
      },
      rows: (table) => database.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY sequence`).all(),
    })
    const store = { audit: new AuditStore(database), auditList: new AuditListCheck(database) }
    return await ownProof({ store, clock, owner }).verify(held, nobodyWaits)
  } finally {
    database.exec('ROLLBACK')
  }
}

let hands: Database.Database | undefined

/** The database as somebody has it who knows what stands in the way. */
function inHands(): Database.Database {
  if (hands !== undefined) return hands
  const database = new Database(file)
  const triggers = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all()
  for (const name of triggers) database.exec(`DROP TRIGGER ${name}`)
  database.exec('DROP INDEX audit_chain_opened')
  database.pragma('ignore_check_constraints = ON')
  open.defer(() => {
    database.close()
    hands = undefined
  })
  hands = database
  return database
}

function rowsOf(table: 'audit' | 'audit_chain', sequence: number): Row[] {
  return inHands().prepare<[number], Row>(`SELECT * FROM ${table} WHERE sequence = ?`).all(sequence)
}

/** An entry of each action, opened and closed. */
function writeEach(): void {
  withAudit((audit) => {
    for (const action of ACTIONS) audit.record({ action, origin: 'a test', summary: `of ${action}`, outcome: 'done' })
  })
}

function changed(value: Value | undefined | object): Value {
  if (typeof value === 'number') return value + 1
  return typeof value === 'string' ? `${value}x` : 'somebody'
}

test('what a console did is whole as it was written, and an anchor of it holds', async () => {
  writeEach()
  const found = await check()
  expect(found).toMatchObject({ whole: ACTIONS.length * 2, broken: null, anchorHolds: null })
  const taken = await anchor()
  expect(taken).toMatchObject({ sequence: found.whole, hash: found.hash, ...owner })
  writeEach()
  expect(await check(taken)).toMatchObject({ whole: ACTIONS.length * 4, anchorHolds: true, broken: null })
  await expect(check({ ...taken, agentId: 'another' })).rejects.toMatchObject({ data: { what: 'other_anchor' } })
})

// @security Audit: A row of the console’s audit can neither be changed nor taken away by the console itself.
test('a row can neither be changed nor taken away, but by somebody who first takes the database’s own guard away', () => {
  writeEach()
  const database = new Database(file)
  using _ = { [Symbol.dispose]: () => database.close() }
  for (const sql of [
    `UPDATE audit_chain SET body = '{}' WHERE sequence = 1`,
    'DELETE FROM audit_chain WHERE sequence = 1',
    'DELETE FROM audit WHERE sequence = 1',
  ])
    expect(() => database.exec(sql)).toThrow('append-only')
})

test.each(ACTIONS.map((action, at) => ({ action, at })))(
  'a change to any field of $action, in its rows or in what is listed of it, is found and the entry named',
  async ({ action, at }) => {
    writeEach()
    for (const sequence of [2 * at + 1, 2 * at + 2]) {
      const [row] = rowsOf('audit_chain', sequence)
      const body: Record<string, unknown> = JSON.parse(String(row?.['body']))
      const columns = COLUMNS.map((name) => [name, changed(row?.[name])] as const)
      const fields = Object.keys(body).map((name) => {
        const value = body[name] as Value
        return ['body', JSON.stringify({ ...body, [name]: changed(value) })] as const
      })
      for (const [name, value] of [...columns, ...fields]) {
        const { broken, whole } = await after(({ run }) =>
          run(`UPDATE audit_chain SET ${name} = ? WHERE sequence = ?`, value, sequence),
        )
        expect(broken, `${name} ${value}`).toMatchObject({ sequence, until: sequence, wrong: 'changed' })
        expect(whole).toBe(sequence - 1)
      }
    }
    const [listed] = rowsOf('audit', at + 1)
    const record: Record<string, unknown> = JSON.parse(String(listed?.['record']))
    const columns = LISTED.filter((name) => name !== 'id').map((name) => [name, changed(listed?.[name])] as const)
    const fields = Object.keys(record).map((name) => {
      return ['record', JSON.stringify({ ...record, [name]: changed(record[name] as Value) })] as const
    })
    for (const [name, value] of [...columns, ...fields]) {
      const { broken } = await after(({ run }) => run(`UPDATE audit SET ${name} = ? WHERE sequence = ?`, value, at + 1))
      expect(broken, `${name} ${value}`).toMatchObject({
        sequence: 2 * at + 1,
        wrong: 'changed',
        says: `ada@desk, ${action}: of ${action}`,
      })
    }
  },
)

test.each([
  { from: 1, to: 1 },
  { from: 4, to: 7 },
])('rows $from to $to that were removed are missing', async ({ from, to }) => {
  writeEach()
  const { broken } = await after(({ run }) => run('DELETE FROM audit_chain WHERE sequence BETWEEN ? AND ?', from, to))
  expect(broken).toMatchObject({ sequence: from, until: to, wrong: 'missing' })
})

test('rows that have changed places are out of order, in the chain and in the list', async () => {
  writeEach()
  const swap = (table: string) => (hands: Hands) => {
    hands.run(`UPDATE ${table} SET sequence = -1 WHERE sequence = 3`)
    hands.run(`UPDATE ${table} SET sequence = 3 WHERE sequence = 6`)
    hands.run(`UPDATE ${table} SET sequence = 6 WHERE sequence = -1`)
  }
  expect((await after(swap('audit_chain'))).broken).toMatchObject({ sequence: 3, wrong: 'out_of_order' })
  expect((await after(swap('audit'))).broken).toMatchObject({ wrong: 'out_of_order' })
})

test('what was cut off the end, or written anew as a whole, shows against an anchor', async () => {
  writeEach()
  const taken = await anchor()
  const last = taken.sequence
  const cut = ({ run }: Hands): void => {
    run('DELETE FROM audit_chain WHERE sequence > ?', last - 2)
    run('DELETE FROM audit WHERE sequence = ?', last / 2)
  }
  expect(await after(cut)).toMatchObject({ whole: last - 2, broken: null })
  expect((await after(cut, taken)).broken).toMatchObject({ sequence: last - 1, until: last, wrong: 'cut_off' })
  const anew = ({ run, rows }: Hands): void => {
    let point = { sequence: 0, hash: '0'.repeat(64) }
    for (const { entry_id, step, run_id, body } of rows('audit_chain')) {
      const says = { entryId: String(entry_id), step: String(step), runId: run_id === null ? null : String(run_id) }
      const link = chain.seal(point, { ...says, body: String(body).replace('ada@desk', 'bob@desk') })
      run(
        'UPDATE audit_chain SET body = ?, previous = ?, hash = ? WHERE sequence = ?',
        link.body,
        link.previous,
        link.hash,
        link.sequence,
      )
      point = link
    }
    run(`UPDATE audit SET record = replace(record, 'ada@desk', 'bob@desk')`)
  }
  expect(await after(anew)).toMatchObject({ whole: last, broken: null })
  expect((await after(anew, taken)).broken).toMatchObject({ sequence: last, wrong: 'rewritten' })
})

// @security Audit: An entry that is listed and was never written, or written and is not listed, is named.
test('an entry that is listed and was never written, and one that was written and is not listed, are named', async () => {
  writeEach()
  const forged = await after(({ run, rows }) => {
    const [first] = rows('audit')
    const record = String(first?.['record']).replaceAll('of host.restore', 'forged')
    const columns = "'forged', workspace_id, host_id, action, run_id, request_key, outcome, ?"
    run(
      `INSERT INTO audit (id, workspace_id, host_id, action, run_id, request_key, outcome, record) SELECT ${columns} FROM audit WHERE sequence = 1`,
      record,
    )
  })
  expect(forged.broken).toMatchObject({ wrong: 'inserted', says: expect.stringContaining('forged') })
  const hidden = await after(({ run }) => run('DELETE FROM audit WHERE sequence = 4'))
  expect(hidden.broken).toMatchObject({ sequence: 7, wrong: 'missing' })
})

test('what becomes known of a start, and how it ended, is sealed too, and only once', async () => {
  const run: Run = {
    id: 'run-1',
    state: 'queued',
    requestKey: 'key',
    repositoryId: 'r',
    subject: { kind: 'init', sample: true },
    startedBy: 'ada@desk',
    queuedAt: START.toISOString(),
    startedAt: null,
    endedAt: null,
    progress: null,
    counts: NO_COUNTS,
    fault: null,
    remark: '',
  }
  using store = openConsoleStore(directory, START)
  const audit = new AuditService({ store: store.audit, clock, actor: 'ada@desk', ...NOBODY })
  const dispatch = { action: 'host.sample', origin: 'a test', hostId: 'h', summary: 's', requestKey: 'key' } as const
  await audit.start(dispatch, async () => run)
  const ended: Run = { ...run, state: 'succeeded', endedAt: START.toISOString() }
  audit.note('h', summariseRun(ended))
  audit.note('h', summariseRun(ended))
  const rows = store.audit.chain.page(0, 10)
  expect(rows.map(({ step }) => step)).toEqual(['opened', 'noted', 'closed'])
  expect(rows.map(({ body }): unknown => JSON.parse(body)).slice(1)).toEqual([
    { runId: 'run-1' },
    { outcome: 'succeeded', endedAt: START.toISOString() },
  ])
  const proof = ownProof({ store, clock, owner })
  expect(await proof.verify(null, nobodyWaits)).toMatchObject({ whole: 3, broken: null })
})

test('what a console had begun by itself when it ended is interrupted, and stays so', () => {
  using store = openConsoleStore(directory, START)
  const audit = new AuditService({ store: store.audit, clock, actor: 'ada@desk', ...NOBODY })
  void audit.perform({ action: 'console.export', origin: 'a test', summary: 'all' }, () => new Promise(() => undefined))
  audit.settleOwn()
  expect(audit.recent({ workspaceId: FIRST_WORKSPACE, hostId: null, limit: 5 })).toMatchObject([
    { action: 'console.export', hostId: '', outcome: 'interrupted' },
  ])
})
