/**
 * A start that came with a key of its own and was given a run that was going: its key finds that run for ever, too.
 *
 * Old entries of the audit are moved out of the database into closed segments, files beside it: here stands which there are.
 * Only what stands in one may be taken out of the audit's rows.
 */
export const provable = `
CREATE TABLE joined_starts (
  request_key TEXT PRIMARY KEY,
  run_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_segments (
  first INTEGER PRIMARY KEY,
  last INTEGER NOT NULL UNIQUE,
  last_hash TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  CHECK (last >= first)
) STRICT;
CREATE TRIGGER audit_segments_never_updated BEFORE UPDATE ON audit_segments
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_segments_never_deleted BEFORE DELETE ON audit_segments
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

DROP TRIGGER audit_never_deleted;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
WHEN OLD.sequence > (SELECT COALESCE(MAX(last), 0) FROM audit_segments)
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
`
