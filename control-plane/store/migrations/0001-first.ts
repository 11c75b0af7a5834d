/**
 * Moments are RFC 3339 in UTC with milliseconds, so that their texts sort as they do. Three rules are the database's own, so that no
 * path through the code can break them: a consumer's declarations have different names, reports and the audit are only ever appended
 * to, and what is deleted leaves its reports behind.
 *
 * `report_heads` is the last report and the last healthy one of each replica, by what the consumers observed: what a worklist and a
 * verdict are made from, without going over all that was ever reported.
 */
export const first = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  name TEXT,
  role TEXT NOT NULL,
  key_pin TEXT NOT NULL UNIQUE,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT,
  last_worklist_at TEXT,
  registered_at TEXT,
  reregistered_at TEXT
) STRICT;

CREATE TABLE codes (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  used_by TEXT REFERENCES devices (id)
) STRICT;

CREATE TABLE connections (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id TEXT NOT NULL REFERENCES devices (id),
  at TEXT NOT NULL,
  ip TEXT NOT NULL,
  user_agent TEXT,
  asked TEXT NOT NULL,
  status INTEGER NOT NULL
) STRICT;
CREATE INDEX connections_of_device ON connections (device_id, sequence);

CREATE TABLE groups (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  status TEXT NOT NULL,
  reason TEXT,
  url TEXT,
  storage TEXT NOT NULL,
  bucket TEXT NOT NULL,
  prefix TEXT NOT NULL,
  region TEXT NOT NULL,
  repository_id TEXT UNIQUE,
  access BLOB,
  type_rules TEXT NOT NULL,
  made_at TEXT NOT NULL,
  observed_at TEXT
) STRICT;

CREATE TABLE machines (
  id TEXT PRIMARY KEY,
  group_id TEXT NOT NULL REFERENCES groups (id),
  name TEXT NOT NULL,
  device_id TEXT REFERENCES devices (id),
  first_seen_at TEXT NOT NULL,
  archived_at TEXT,
  UNIQUE (group_id, name)
) STRICT;

CREATE TABLE backups (
  machine_id TEXT NOT NULL REFERENCES machines (id),
  type TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  reported_at TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  PRIMARY KEY (machine_id, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE declarations (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  consumer_id TEXT NOT NULL REFERENCES devices (id),
  group_id TEXT NOT NULL REFERENCES groups (id),
  machine_id TEXT REFERENCES machines (id),
  type TEXT NOT NULL,
  intent TEXT NOT NULL,
  name TEXT NOT NULL,
  overdue_after REAL,
  params TEXT NOT NULL,
  redacts INTEGER NOT NULL,
  publishes_schemas INTEGER NOT NULL,
  migrates_on_request INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  created_by TEXT,
  created_at TEXT NOT NULL,
  updated_by TEXT,
  updated_at TEXT NOT NULL,
  UNIQUE (consumer_id, name)
) STRICT;
CREATE INDEX declarations_of_group ON declarations (group_id, sequence);
CREATE INDEX declarations_covering ON declarations (consumer_id, group_id, type) WHERE enabled = 1;

CREATE TABLE capabilities (
  device_id TEXT NOT NULL REFERENCES devices (id),
  intent TEXT NOT NULL,
  description TEXT,
  semantics TEXT NOT NULL,
  params TEXT NOT NULL,
  registered_at TEXT NOT NULL,
  PRIMARY KEY (device_id, intent)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  device_id TEXT NOT NULL REFERENCES devices (id),
  replica_id TEXT REFERENCES declarations (id) ON DELETE SET NULL,
  replica_name TEXT NOT NULL,
  group_id TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  type TEXT NOT NULL,
  intent TEXT NOT NULL,
  outcome TEXT NOT NULL,
  replica_healthy INTEGER NOT NULL,
  observed_at TEXT NOT NULL,
  reported_at TEXT NOT NULL,
  snapshot_id TEXT,
  error TEXT,
  run_id TEXT,
  started_at TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX reports_of_group ON reports (group_id, sequence);
CREATE INDEX reports_of_device ON reports (device_id, sequence);
CREATE INDEX reports_of_replica ON reports (replica_id, sequence);
CREATE INDEX reports_of_machine ON reports (machine_id, sequence);
CREATE INDEX reports_of_run ON reports (run_id) WHERE run_id IS NOT NULL;
CREATE TRIGGER reports_never_deleted BEFORE DELETE ON reports
BEGIN SELECT RAISE(ABORT, 'reports are kept'); END;

CREATE TABLE report_heads (
  machine_id TEXT NOT NULL,
  type TEXT NOT NULL,
  intent TEXT NOT NULL,
  name TEXT NOT NULL,
  last INTEGER NOT NULL REFERENCES reports (sequence),
  healthy INTEGER REFERENCES reports (sequence),
  PRIMARY KEY (machine_id, type, intent, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE issuances (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  device_id TEXT NOT NULL REFERENCES devices (id),
  group_id TEXT NOT NULL REFERENCES groups (id),
  type TEXT NOT NULL,
  run_id TEXT,
  issued_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  storage TEXT NOT NULL,
  access_key_id TEXT NOT NULL,
  secret_hash TEXT,
  bucket TEXT NOT NULL,
  prefix TEXT NOT NULL,
  assumed_role TEXT,
  sts_request_id TEXT,
  revoked_at TEXT,
  answered_by INTEGER REFERENCES reports (sequence)
) STRICT;
CREATE INDEX issuances_of_group ON issuances (group_id, sequence);
CREATE INDEX issuances_of_device ON issuances (device_id, sequence);
CREATE INDEX issuances_by_key ON issuances (access_key_id);
CREATE INDEX issuances_of_run ON issuances (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX issuances_unanswered ON issuances (issued_at) WHERE answered_by IS NULL;
CREATE INDEX issuances_unrevoked ON issuances (expires_at) WHERE revoked_at IS NULL;
CREATE TRIGGER issuances_never_deleted BEFORE DELETE ON issuances
BEGIN SELECT RAISE(ABORT, 'issuances are kept'); END;

CREATE TABLE findings (
  machine_id TEXT NOT NULL,
  type TEXT NOT NULL,
  intent TEXT NOT NULL,
  name TEXT NOT NULL,
  failed INTEGER NOT NULL,
  since TEXT NOT NULL,
  judged_at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (machine_id, type, intent, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE safety_sessions (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  mode TEXT NOT NULL,
  raised_at TEXT,
  made_at TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  login TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
`
