import type Database from 'better-sqlite3'
import { z } from 'zod'
import { AuditChainStore } from './audit-chain-store.ts'

/**
 * The audit of the console as a chain of rows that are only ever added, beside the list that is folded from them. What was
 * there before stands at its beginning, as it was when it began.
 */
const TABLES = `
CREATE TABLE audit_chain (
  sequence INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL,
  step     TEXT NOT NULL CHECK (step IN ('opened', 'noted', 'closed')),
  run_id   TEXT,
  body     TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash     TEXT NOT NULL
) STRICT;
CREATE INDEX audit_chain_entries ON audit_chain (entry_id, sequence);
CREATE UNIQUE INDEX audit_chain_opened ON audit_chain (entry_id) WHERE step = 'opened';
CREATE TRIGGER audit_chain_never_updated BEFORE UPDATE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_chain_never_deleted BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE INDEX audit_of_run ON audit (host_id, run_id) WHERE run_id IS NOT NULL;
CREATE INDEX audit_of_key ON audit (host_id, request_key) WHERE request_key IS NOT NULL;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
`

const rowSchema = z.object({
  id: z.string(),
  workspace_id: z.string(),
  run_id: z.string().nullable(),
  record: z.string(),
})

/** A step of the database: the chain cannot be made in SQL. */
export function beginAuditChain(database: Database.Database): void {
  database.exec(TABLES)
  const store = new AuditChainStore(database)
  for (const row of database.prepare('SELECT id, workspace_id, run_id, record FROM audit ORDER BY sequence').all()) {
    const { id: entryId, workspace_id: workspaceId, run_id: runId, record } = rowSchema.parse(row)
    const entry = z.record(z.string(), z.unknown()).parse(JSON.parse(record))
    store.append('opened', { entryId, runId, says: { ...entry, workspaceId } })
  }
}
