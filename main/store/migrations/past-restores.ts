/**
 * What was restored, in one narrow table: the mirrored runs of that kind, and what this console asked for where no such
 * run is known. Triggers keep it as runs and audit change, so that nothing has to be written twice; a search or a sum over
 * a hundred thousand restores reads no record. `what`, `target_path` and `evidence` are JSON.
 */
export const pastRestores = `
  CREATE TABLE past_restores (
    workspace_id  TEXT NOT NULL,
    host_id       TEXT NOT NULL,
    key           TEXT NOT NULL,
    run_id        TEXT,
    request_key   TEXT,
    at            TEXT NOT NULL,
    ended_at      TEXT,
    actor         TEXT NOT NULL,
    repository_id TEXT,
    snapshot_id   TEXT,
    snapshot_time TEXT,
    what          TEXT NOT NULL,
    paths         INTEGER NOT NULL,
    target        TEXT,
    target_path   TEXT,
    state         TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    files         INTEGER,
    bytes         REAL,
    seconds       REAL,
    proof         TEXT NOT NULL,
    evidence      TEXT,
    failed_items  INTEGER NOT NULL,
    reason        TEXT NOT NULL,
    searched      TEXT NOT NULL,
    PRIMARY KEY (host_id, key)
  ) STRICT;
  CREATE INDEX past_restores_newest ON past_restores (workspace_id, at DESC, key DESC, host_id, actor, target, outcome,
    proof, files, bytes, seconds);
  CREATE INDEX past_restores_of_host ON past_restores (host_id, at DESC, key DESC);
  CREATE INDEX past_restores_of_request ON past_restores (host_id, request_key);
  CREATE INDEX past_restores_by_actor ON past_restores (workspace_id, actor);
  CREATE INDEX past_restores_tried ON past_restores (host_id, repository_id, ended_at)
    WHERE run_id IS NOT NULL AND outcome IN ('succeeded', 'partial', 'failed');
  CREATE INDEX past_restores_proven ON past_restores (host_id, repository_id, ended_at)
    WHERE run_id IS NOT NULL AND outcome = 'succeeded' AND proof = 'verified';

  CREATE VIEW past_runs AS SELECT
    (SELECT workspace_id FROM hosts WHERE hosts.id = host_id) AS workspace_id,
    host_id,
    id AS key,
    id AS run_id,
    request_key,
    queued_at AS at,
    ended_at,
    started_by AS actor,
    repository_id,
    snapshot_id,
    summary ->> '$.subject.sources[0].snapshotTime' AS snapshot_time,
    coalesce(summary -> '$.subject.sources[0].paths.first[0]', '""') AS what,
    (SELECT coalesce(sum(json_array_length(value, '$.paths.first') + (value ->> '$.paths.more')), 0)
     FROM json_each(summary, '$.subject.sources')) AS paths,
    target_kind AS target,
    summary -> '$.subject.targetPath' AS target_path,
    state,
    CASE ended WHEN 0 THEN 'under-way' ELSE state END AS outcome,
    CASE ended WHEN 0 THEN NULL ELSE files END AS files,
    CASE ended WHEN 0 THEN NULL ELSE bytes END AS bytes,
    CASE ended WHEN 0 THEN NULL ELSE max(0, seconds) END AS seconds,
    CASE WHEN evidence IS NULL THEN 'none' WHEN evidence <> 'equal' THEN 'differs'
      WHEN summary ->> '$.subject.evidence.equal' > 0 THEN 'verified' ELSE 'none' END AS proof,
    CASE WHEN evidence IS NOT NULL THEN summary -> '$.subject.evidence' END AS evidence,
    failed AS failed_items,
    summary ->> '$.subject.reason' AS reason,
    search AS searched
  FROM runs JOIN run_summaries ON run = number WHERE kind = 'restore';

  CREATE VIEW past_entries AS SELECT
    workspace_id,
    host_id,
    id AS key,
    run_id,
    request_key,
    record ->> '$.at' AS at,
    record ->> '$.endedAt' AS ended_at,
    record ->> '$.actor' AS actor,
    record ->> '$.repositoryId' AS repository_id,
    record ->> '$.snapshotId' AS snapshot_id,
    NULL AS snapshot_time,
    record -> '$.summary' AS what,
    0 AS paths,
    CASE WHEN record ->> '$.targetPath' IS NULL THEN NULL
      WHEN record ->> '$.targetPath' = '/' THEN 'in-place'
      WHEN record ->> '$.targetPath' LIKE '%/' || run_id THEN 'staging'
      ELSE 'path' END AS target,
    CASE json_type(record, '$.targetPath') WHEN 'text' THEN record -> '$.targetPath' END AS target_path,
    outcome AS state,
    CASE WHEN outcome IN ('succeeded', 'partial', 'failed', 'cancelled', 'interrupted', 'refused') THEN outcome
      ELSE 'under-way' END AS outcome,
    record ->> '$.files' AS files,
    record ->> '$.bytes' AS bytes,
    NULL AS seconds,
    CASE WHEN coalesce(json_type(record, '$.proof.evidence'), 'null') <> 'object' THEN 'none'
      WHEN (record ->> '$.proof.evidence.different') + (record ->> '$.proof.evidence.unread') > 0 THEN 'differs'
      WHEN record ->> '$.proof.evidence.equal' > 0 THEN 'verified'
      ELSE 'none' END AS proof,
    CASE json_type(record, '$.proof.evidence') WHEN 'object' THEN record -> '$.proof.evidence' END AS evidence,
    coalesce(record ->> '$.proof.counts.failed', 0) AS failed_items,
    coalesce(record ->> '$.reason', '') AS reason,
    lower(concat_ws(char(10), run_id, record ->> '$.actor', record ->> '$.targetPath', record ->> '$.reason',
      record ->> '$.snapshotId', record ->> '$.summary')) AS searched
  FROM audit WHERE action = 'host.restore';

  CREATE TRIGGER past_run_told AFTER INSERT ON run_summaries
  WHEN (SELECT kind FROM runs WHERE number = NEW.run) = 'restore' BEGIN
    DELETE FROM past_restores WHERE host_id = (SELECT host_id FROM runs WHERE number = NEW.run)
      AND key = (SELECT id FROM runs WHERE number = NEW.run);
    DELETE FROM past_restores WHERE outcome <> 'refused'
      AND host_id = (SELECT host_id FROM runs WHERE number = NEW.run) AND key IN (
      SELECT audit.id FROM audit JOIN runs ON audit.host_id = runs.host_id
        AND audit.request_key = runs.request_key AND audit.outcome <> 'refused' WHERE runs.number = NEW.run
      UNION SELECT audit.id FROM audit JOIN runs ON audit.host_id = runs.host_id
        AND audit.run_id = runs.id WHERE runs.number = NEW.run);
    INSERT INTO past_restores SELECT * FROM past_runs
      WHERE host_id = (SELECT host_id FROM runs WHERE number = NEW.run)
        AND key = (SELECT id FROM runs WHERE number = NEW.run);
  END;
  CREATE TRIGGER past_run_goes AFTER DELETE ON runs
  WHEN OLD.kind = 'restore' BEGIN
    DELETE FROM past_restores WHERE host_id = OLD.host_id AND key = OLD.id;
    INSERT INTO past_restores SELECT * FROM past_entries
      WHERE host_id = OLD.host_id AND request_key = OLD.request_key AND outcome <> 'refused';
    INSERT OR IGNORE INTO past_restores SELECT * FROM past_entries
      WHERE host_id = OLD.host_id AND run_id = OLD.id AND outcome <> 'refused';
  END;
  CREATE TRIGGER past_host_moves AFTER UPDATE OF workspace_id ON hosts
  WHEN NEW.workspace_id <> OLD.workspace_id BEGIN
    UPDATE past_restores SET workspace_id = NEW.workspace_id WHERE host_id = NEW.id AND key = run_id;
  END;
  CREATE TRIGGER past_entry_begins AFTER INSERT ON audit
  WHEN NEW.action = 'host.restore' BEGIN
    INSERT INTO past_restores SELECT * FROM past_entries AS entry WHERE key = NEW.id AND (
      outcome = 'refused' OR NOT EXISTS (SELECT 1 FROM past_restores AS run
        WHERE run.host_id = NEW.host_id AND run.key = run.run_id AND (run.request_key = NEW.request_key OR run.key = NEW.run_id)));
  END;
  CREATE TRIGGER past_entry_changes AFTER UPDATE ON audit
  WHEN NEW.action = 'host.restore' BEGIN
    DELETE FROM past_restores WHERE host_id = NEW.host_id AND key = NEW.id;
    INSERT INTO past_restores SELECT * FROM past_entries AS entry WHERE key = NEW.id AND (
      outcome = 'refused' OR NOT EXISTS (SELECT 1 FROM past_restores AS run
        WHERE run.host_id = NEW.host_id AND run.key = run.run_id AND (run.request_key = NEW.request_key OR run.key = NEW.run_id)));
  END;

  INSERT INTO past_restores SELECT * FROM past_runs;
  INSERT INTO past_restores SELECT * FROM past_entries AS entry WHERE outcome = 'refused' OR NOT EXISTS (
    SELECT 1 FROM past_restores AS run
    WHERE run.host_id = entry.host_id AND run.key = run.run_id
      AND (run.request_key = entry.request_key OR run.key = entry.run_id));
`

/** What people look for under a name, and the plans that restores were started by. */
export const savedViews = `
  CREATE TABLE saved_views (
    id           TEXT PRIMARY KEY,
    workspace_id TEXT NOT NULL,
    name         TEXT NOT NULL COLLATE NOCASE,
    filters      TEXT NOT NULL,
    UNIQUE (workspace_id, name)
  ) STRICT;

  CREATE TABLE kept_plans (
    host_id TEXT NOT NULL,
    hash    TEXT NOT NULL,
    record  TEXT NOT NULL,
    PRIMARY KEY (host_id, hash)
  ) STRICT;
`
