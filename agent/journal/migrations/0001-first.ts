/**
 * Paths are kept as JSON text: a name that is not UTF-8 holds lone surrogates, which SQLite would replace. Two rules
 * are the database's own, so that no path through the code can break them: one unfinished run at a time, and an audit
 * that is only ever appended to. Of the ledger only what is out of the ordinary is indexed: nearly every item is
 * `restored`, and those are found in the order they stand.
 */
export const first = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE repositories (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL UNIQUE,
  username TEXT NOT NULL,
  sample INTEGER NOT NULL,
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  request_key TEXT NOT NULL UNIQUE,
  repository_id TEXT NOT NULL,
  state TEXT NOT NULL,
  subject TEXT NOT NULL,
  started_by TEXT NOT NULL,
  queued_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT,
  progress TEXT NOT NULL,
  counts TEXT NOT NULL,
  fault TEXT NOT NULL,
  remark TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX runs_single_flight ON runs ((1)) WHERE state IN ('queued', 'running');

CREATE TABLE run_events (
  run_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (run_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_events_progress ON run_events (run_id, sequence) WHERE type = 'progress';

CREATE TABLE ledger (
  run_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  action TEXT NOT NULL,
  size REAL,
  reason TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_exceptions ON ledger (run_id, action, position) WHERE action <> 'restored';

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('opened', 'closed')),
  run_id TEXT,
  body TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (entry_id, step)
) STRICT;
CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
`
