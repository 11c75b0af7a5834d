import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import type { AuditProof } from '../../contract/audit-chain/audit-proof.ts'
import type { ChainLink } from '../../contract/audit-chain/chain.ts'
import type { AuditAnchor, AuditCheck } from '../../contract/shapes/audit-chain.ts'
import { AuditLog } from '../audit/audit-log.ts'
import { breathing, proofOf } from '../audit/audit-proof.ts'
import { chain } from '../audit/chain.ts'
import { systemClock } from '../clock.ts'
import { type Journal, openJournal } from '../journal/open-journal.ts'

const HOST = 'host-1'

export type Row = Record<string, string | number | null>

/** A database of an audit as somebody has it who may write the file: nothing is forbidden there. */
export interface Hands {
  run(sql: string, ...values: readonly (string | number | null)[]): void
  row(sequence: number): Row
  rows(): Row[]
  /** Seal the row in this place anew: its hash fits what it says. */
  seal(sequence: number): void
}

/** A journal in `directory` with an audit that `write` has written, to be changed by hand and checked. */
export function writtenAudit(directory: string, write: (audit: AuditLog) => void) {
  const path = join(directory, 'agent.db')
  const asWritten = join(directory, 'as-written.db')
  withJournal(path, (journal) => write(new AuditLog({ journal, hostId: HOST, clock: systemClock })))
  copyFileSync(path, asWritten)
  const check = (anchor: AuditAnchor | null = null): Promise<AuditCheck> =>
    proving(path, (proof) => proof.verify(anchor, breathing(new AbortController().signal)))
  return {
    path,
    check,
    anchor: () => proving(path, (proof) => proof.anchor(breathing(new AbortController().signal))),
    /** What a check says of the audit after `tamper`, which begins anew from what was written. */
    async after(tamper: (hands: Hands) => void, anchor: AuditAnchor | null = null): Promise<AuditCheck> {
      for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
      copyFileSync(asWritten, path)
      byHand(path, tamper)
      return check(anchor)
    },
  }
}

/** Change a database as somebody would who knows what stands in the way. */
export function byHand(path: string, tamper: (hands: Hands) => void): void {
  const database = new SqliteDatabase(path)
  try {
    database.exec('DROP TRIGGER IF EXISTS audit_never_updated; DROP TRIGGER IF EXISTS audit_never_deleted;')
    database.pragma('ignore_check_constraints = ON')
    const rowAt = database.prepare<[number], Row>('SELECT * FROM audit WHERE sequence = ?')
    const row = (sequence: number): Row => {
      const found = rowAt.get(sequence)
      if (found === undefined) throw new Error(`nothing stands at ${sequence}`)
      return found
    }
    const run = (sql: string, ...values: readonly (string | number | null)[]): void => {
      if (database.prepare(sql).run(...values).changes === 0) throw new Error(`nothing was changed by ${sql}`)
    }
    const rows = (): Row[] => database.prepare<[], Row>('SELECT * FROM audit ORDER BY sequence').all()
    const seal = (sequence: number): void => {
      const { entry_id: entryId, run_id: runId, ...rest } = row(sequence)
      run(
        'UPDATE audit SET hash = ? WHERE sequence = ?',
        chain.hashOf({ ...rest, entryId, runId } as ChainLink),
        sequence,
      )
    }
    database.transaction(() => tamper({ run, row, rows, seal }))()
  } finally {
    database.close()
  }
}

async function proving<T>(path: string, ask: (proof: AuditProof) => Promise<T>): Promise<T> {
  const journal = openJournal(path)
  try {
    return await ask(proofOf({ journal, agentId: HOST, clock: systemClock }))
  } finally {
    journal[Symbol.dispose]()
  }
}

function withJournal(path: string, act: (journal: Journal) => void): void {
  const journal = openJournal(path)
  try {
    act(journal)
  } finally {
    journal[Symbol.dispose]()
  }
}
