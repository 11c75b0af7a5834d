import type Database from 'better-sqlite3'
import { canonicalJson } from '../../contract/audit-chain/canonical-json.ts'
import { type AuditEntry, auditEntrySchema } from '../../contract/shapes/audit.ts'
import { AuditChainStore } from './audit-chain-store.ts'

interface AuditRow {
  readonly record: string
}

type Query = { readonly workspaceId: string; readonly hostId: string | null; readonly limit: number }

interface StartsOf {
  readonly hostId: string
  readonly runId: string
  readonly requestKey: string
}

/**
 * What was done here and asked of hosts, in the order it was asked. The truth is the chain; what is listed is folded from it,
 * and both are written in one transaction.
 */
export class AuditStore {
  readonly chain: AuditChainStore
  readonly #database: Database.Database
  readonly #recent: Database.Statement<[Query], AuditRow>
  readonly #lastRestore: Database.Statement<[string], AuditRow>
  readonly #pending: Database.Statement<[string], AuditRow>
  readonly #byRequest: Database.Statement<[string, string], AuditRow>
  readonly #ofRestore: Database.Statement<[{ readonly hostId: string; readonly id: string }], AuditRow>
  readonly #startsOf: Database.Statement<[StartsOf], AuditRow>
  readonly #byId: Database.Statement<[string], AuditRow>
  readonly #append: Database.Statement<[AuditColumns & { readonly workspaceId: string }]>
  readonly #update: Database.Statement<[AuditColumns]>

  constructor(database: Database.Database) {
    this.#database = database
    this.chain = new AuditChainStore(database)
    this.#recent = database.prepare(
      `SELECT record FROM audit WHERE workspace_id = :workspaceId AND (:hostId IS NULL OR host_id = :hostId)
       ORDER BY sequence DESC LIMIT :limit`,
    )
    this.#lastRestore = database.prepare(
      `SELECT record FROM audit WHERE host_id = ? AND action = 'host.restore' AND outcome <> 'refused'
       ORDER BY sequence DESC LIMIT 1`,
    )
    this.#pending = database.prepare(
      `SELECT record FROM audit WHERE host_id = ? AND outcome = 'pending' ORDER BY sequence`,
    )
    this.#byRequest = database.prepare(
      `SELECT record FROM audit WHERE host_id = ? AND request_key = ? AND outcome <> 'refused'`,
    )
    this.#ofRestore = database.prepare(
      `SELECT record FROM audit WHERE host_id = :hostId AND action = 'host.restore' AND (run_id = :id OR id = :id)
       ORDER BY sequence DESC LIMIT 1`,
    )
    this.#startsOf = database.prepare(
      `SELECT record FROM audit WHERE host_id = :hostId AND request_key = :requestKey
       UNION SELECT record FROM audit WHERE host_id = :hostId AND run_id = :runId AND request_key IS NOT NULL`,
    )
    this.#byId = database.prepare('SELECT record FROM audit WHERE id = ?')
    this.#append = database.prepare(
      `INSERT INTO audit (id, workspace_id, host_id, action, run_id, request_key, outcome, record)
       VALUES (:id, :workspaceId, :hostId, :action, :runId, :requestKey, :outcome, :record)`,
    )
    this.#update = database.prepare(
      `UPDATE audit SET run_id = :runId, outcome = :outcome, record = :record
       WHERE id = :id AND host_id = :hostId AND action = :action AND request_key IS :requestKey`,
    )
  }

  /** Of one workspace, newest first; `hostId` null for all of its hosts. */
  recent(query: Query): AuditEntry[] {
    return this.#recent.all(query).map(read)
  }

  /** The newest restore that was carried out on a host, or is under way. */
  lastRestore(hostId: string): AuditEntry | null {
    const row = this.#lastRestore.get(hostId)
    return row === undefined ? null : read(row)
  }

  /** What was asked of a host and not answered yet, oldest first. */
  pending(hostId: string): AuditEntry[] {
    return this.#pending.all(hostId).map(read)
  }

  /** The entry of a request key, unless it was refused: then the same key may be asked again. */
  byRequest(hostId: string, requestKey: string): AuditEntry | null {
    const row = this.#byRequest.get(hostId, requestKey)
    return row === undefined ? null : read(row)
  }

  /** What was written when a restore was asked for, by its run or by its own id; null where others asked for it. */
  ofRestore(hostId: string, id: string): AuditEntry | null {
    const row = this.#ofRestore.get({ hostId, id })
    return row === undefined ? null : read(row)
  }

  /** Null for one that is not known. */
  byId(id: string): AuditEntry | null {
    const row = this.#byId.get(id)
    return row === undefined ? null : read(row)
  }

  /** Every entry of a start that came to this run: with its own key, or with another that was given the same run. */
  startsOf(run: StartsOf): AuditEntry[] {
    return this.#startsOf.all(run).map(read)
  }

  /**
   * Open an entry, and complete it at once where `ended` says how it ended. It belongs to one workspace for good, whatever
   * becomes of its host.
   */
  append(entry: AuditEntry, workspaceId: string, ended?: AuditEntry): void {
    this.#database.transaction(() => {
      this.chain.append('opened', { entryId: entry.id, runId: entry.runId, says: { ...entry, workspaceId } })
      this.#append.run({ ...columnsOf(entry), workspaceId })
      if (ended !== undefined) this.update(ended)
    })()
  }

  /** Complete an entry; who asked for what stays as it was written. */
  update(entry: AuditEntry): void {
    this.#database.transaction(() => {
      const row = this.#byId.get(entry.id)
      if (row === undefined) return
      const before = read(row)
      const { at, action, actor, origin, hostId, requestKey } = before
      const after = { ...entry, at, action, actor, origin, hostId, requestKey }
      const says = changesBetween(before, after)
      if (Object.keys(says).length === 0) return
      const step = after.endedAt === null ? 'noted' : 'closed'
      this.chain.append(step, { entryId: after.id, runId: after.runId, says })
      this.#update.run(columnsOf(after))
    })()
  }
}

export type AuditColumns = Pick<AuditEntry, 'id' | 'hostId' | 'action' | 'runId' | 'requestKey' | 'outcome'> & AuditRow

/** How an entry stands in the list. */
export function columnsOf(entry: AuditEntry): AuditColumns {
  const { id, hostId, action, runId, requestKey, outcome } = entry
  return { id, hostId, action, runId, requestKey, outcome, record: JSON.stringify(entry) }
}

function changesBetween(before: AuditEntry, after: AuditEntry): Partial<AuditEntry> {
  const known: Readonly<Record<string, unknown>> = before
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => canonicalJson(value) !== canonicalJson(known[name])),
  )
}

function read(row: AuditRow): AuditEntry {
  return auditEntrySchema.parse(JSON.parse(row.record))
}
