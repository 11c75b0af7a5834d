import type Database from 'better-sqlite3'
import { z } from 'zod'
import { canonicalJson } from '../../contract/audit-chain/canonical-json.ts'
import type { ChainLink } from '../../contract/audit-chain/chain.ts'
import { auditEntrySchema } from '../../contract/shapes/audit.ts'
import { AuditChainStore } from './audit-chain-store.ts'
import { columnsOf } from './audit-store.ts'

const rowSchema = z.object({
  sequence: z.number(),
  id: z.unknown(),
  workspace_id: z.unknown(),
  host_id: z.unknown(),
  action: z.unknown(),
  run_id: z.unknown(),
  request_key: z.unknown(),
  outcome: z.unknown(),
  record: z.string().catch(''),
})
type Row = z.infer<typeof rowSchema>

/** What the list shows otherwise than the chain has it. */
export interface ListedOtherwise {
  readonly wrong: 'changed' | 'missing' | 'inserted' | 'out_of_order'
  /** The row of the chain that the entry was opened with; null for an entry that the chain knows nothing of. */
  readonly opened: ChainLink | null
  readonly record: string
}

/** Holds the list of the audit against the chain that it is folded from. */
export class AuditListCheck {
  readonly #chain: AuditChainStore
  readonly #row: Database.Statement<[string]>
  readonly #foreign: Database.Statement<[]>

  constructor(database: Database.Database) {
    this.#chain = new AuditChainStore(database)
    this.#row = database.prepare('SELECT * FROM audit WHERE id = ?')
    this.#foreign = database.prepare(
      `SELECT * FROM audit WHERE NOT EXISTS
         (SELECT 1 FROM audit_chain WHERE entry_id = audit.id AND step = 'opened') ORDER BY sequence LIMIT 1`,
    )
  }

  /** Of the entries that these rows opened, the first that is not listed as the chain has it; `after` was listed before. */
  differing(
    links: readonly ChainLink[],
    after: number,
  ): { readonly wrong: ListedOtherwise | null; readonly listed: number } {
    let listed = after
    for (const opened of links.filter(({ step }) => step === 'opened')) {
      const found = this.#row.get(opened.entryId)
      const row = found === undefined ? undefined : rowSchema.parse(found)
      const wrong = row === undefined ? 'missing' : this.#isAsWritten(opened.entryId, row) ? null : 'changed'
      const record = row?.record ?? ''
      if (wrong !== null) return { wrong: { wrong, opened, record }, listed }
      const place = row?.sequence ?? 0
      if (place <= listed) return { wrong: { wrong: 'out_of_order', opened, record }, listed }
      listed = place
    }
    return { wrong: null, listed }
  }

  /** An entry that is listed and that the chain knows nothing of. */
  foreign(): ListedOtherwise | null {
    const found = this.#foreign.get()
    return found === undefined ? null : { wrong: 'inserted', opened: null, record: rowSchema.parse(found).record }
  }

  #isAsWritten(entryId: string, row: Row): boolean {
    const fields = this.#chain.ofEntry(entryId).map(({ body }): unknown => JSON.parse(body))
    const written = writtenSchema.safeParse(Object.assign({}, ...fields))
    if (!written.success) return false
    const { workspaceId, ...entry } = written.data
    const { id, hostId, action, runId, requestKey, outcome, record } = columnsOf(entry)
    const columns = { sequence: row.sequence, id, action, outcome, record: valueOf(record) }
    const renamed = { workspace_id: workspaceId, host_id: hostId, run_id: runId, request_key: requestKey }
    return canonicalJson({ ...row, record: valueOf(row.record) }) === canonicalJson({ ...columns, ...renamed })
  }
}

/** An entry as it was opened, with what became of it. */
const writtenSchema = auditEntrySchema.extend({ workspaceId: z.string() })

/** Older records lack what entries have been given since. */
function valueOf(record: string): unknown {
  try {
    return auditEntrySchema.strict().parse(JSON.parse(record))
  } catch {
    return undefined
  }
}
