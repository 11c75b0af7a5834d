import type Database from 'better-sqlite3'
import { beginAuditChain } from './begin-audit-chain.ts'
import { pastRestores, savedViews } from './migrations/past-restores.ts'
import { runColumns } from './migrations/run-columns.ts'

/** SQL, or what goes over the rows that are there. */
export type Migration = string | ((database: Database.Database) => void)

/**
 * The steps from an empty file to what this version expects, in order; `user_version` counts those already taken.
 * A step that was released is never edited. Records are JSON text, for file names may hold what TEXT would not keep.
 */
export const migrations: readonly Migration[] = [
  `
  CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;

  CREATE TABLE hosts (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    local    INTEGER NOT NULL,
    added_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE runs (
    host_id   TEXT NOT NULL REFERENCES hosts (id),
    id        TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    ended     INTEGER NOT NULL,
    record    TEXT NOT NULL,
    PRIMARY KEY (host_id, id)
  ) STRICT;
  CREATE INDEX runs_newest ON runs (queued_at DESC);
  CREATE INDEX runs_unended ON runs (host_id) WHERE ended = 0;

  CREATE TABLE audit (
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    host_id     TEXT NOT NULL,
    action      TEXT NOT NULL,
    run_id      TEXT,
    request_key TEXT,
    outcome     TEXT NOT NULL,
    record      TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_of_host ON audit (host_id, sequence);
  CREATE INDEX audit_pending ON audit (host_id) WHERE outcome = 'pending';
  CREATE UNIQUE INDEX audit_request ON audit (host_id, request_key)
    WHERE request_key IS NOT NULL AND outcome <> 'refused';
  `,
  `
  ALTER TABLE hosts ADD COLUMN door TEXT NOT NULL DEFAULT '{"kind":"local"}';
  ALTER TABLE hosts ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE hosts ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE hosts ADD COLUMN workspace TEXT;
  ALTER TABLE hosts ADD COLUMN agent_id TEXT;
  ALTER TABLE hosts ADD COLUMN last_seen_at TEXT;
  ALTER TABLE hosts DROP COLUMN local;
  CREATE UNIQUE INDEX hosts_agent ON hosts (agent_id) WHERE agent_id IS NOT NULL;
  `,
  // A restore was of one snapshot, to a fresh folder. "->" and not "->>": names keep their escapes.
  `
  UPDATE runs SET record = json_set(record, '$.subject', json_object(
    'kind', 'restore',
    'sources', json_array(json_object(
      'snapshotId', record -> '$.subject.snapshotId',
      'snapshotTime', record -> '$.subject.snapshotTime',
      'selection', record -> '$.subject.selection'
    )),
    'target', record -> '$.subject.target',
    'targetPath', record -> '$.subject.targetPath',
    'planHash', record -> '$.subject.planHash',
    'layout', 'full-path',
    'conflicts', 'always',
    'deleteExtra', json('false'),
    'readBack', json('false'),
    'follows', NULL,
    'reason', '',
    'safetySnapshot', NULL,
    'evidence', NULL
  ))
  WHERE record ->> '$.subject.kind' = 'restore' AND json_type(record, '$.subject.sources') IS NULL;

  UPDATE runs SET record = json_set(record, '$.progress.part', NULL)
  WHERE json_type(record, '$.progress') = 'object' AND json_type(record, '$.progress.part') IS NULL;
  `,
  // What was there before workspaces is in the first one. What is removed keeps its name beside what was done there.
  `
  CREATE TABLE workspaces (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL COLLATE NOCASE,
    color      TEXT NOT NULL,
    made_at    TEXT NOT NULL,
    removed_at TEXT
  ) STRICT;
  CREATE UNIQUE INDEX workspaces_name ON workspaces (name) WHERE removed_at IS NULL;
  INSERT INTO workspaces (id, name, color, made_at)
    VALUES ('first', 'This computer', 'teal', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));

  ALTER TABLE hosts ADD COLUMN workspace_id TEXT NOT NULL DEFAULT 'first';
  CREATE INDEX hosts_of_workspace ON hosts (workspace_id);
  CREATE INDEX runs_id ON runs (id);
  ALTER TABLE audit ADD COLUMN workspace_id TEXT NOT NULL DEFAULT 'first';
  CREATE INDEX audit_of_workspace ON audit (workspace_id, sequence);
  `,
  // A fan-out is a record of its own: its runs are their hosts'.
  `
  CREATE TABLE fan_outs (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL,
    ended        INTEGER NOT NULL,
    record       TEXT NOT NULL
  ) STRICT;
  CREATE INDEX fan_outs_of_workspace ON fan_outs (workspace_id, sequence);
  CREATE INDEX fan_outs_unended ON fan_outs (sequence) WHERE ended = 0;
  `,
  runColumns,
  beginAuditChain,
  pastRestores,
  savedViews,
  // Control planes. What one is reached with is in the keychain; what it knows is its own.
  `
  CREATE TABLE planes (
    id            TEXT PRIMARY KEY,
    workspace_id  TEXT NOT NULL,
    embedded      INTEGER NOT NULL,
    name          TEXT NOT NULL COLLATE NOCASE,
    url           TEXT,
    pin           TEXT,
    has_token     INTEGER NOT NULL,
    is_on         INTEGER NOT NULL,
    consumer_port INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX planes_name ON planes (workspace_id, name);
  CREATE UNIQUE INDEX planes_embedded ON planes (workspace_id) WHERE embedded = 1;
  `,
]
