/**
 * What was restored, in one narrow table: the mirrored runs of that kind, and what this console asked for where no such
 * run is known. Triggers keep it as `runs` and `audit` change, so that nothing has to be written twice; a search or a
 * sum over a hundred thousand restores reads no record. (In a trigger OR REPLACE is not heeded where the statement that fired
 * it has a rule of its own for conflicts.) `what`, `target_path` and `evidence` are JSON.
 */
export const pastRestoreStep = `
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
  CREATE INDEX past_restores_newest ON past_restores (workspace_id, at DESC, key DESC);
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
    record ->> '$.requestKey' AS request_key,
    queued_at AS at,
    record ->> '$.endedAt' AS ended_at,
    record ->> '$.startedBy' AS actor,
    record ->> '$.repositoryId' AS repository_id,
    record ->> '$.subject.sources[0].snapshotId' AS snapshot_id,
    record ->> '$.subject.sources[0].snapshotTime' AS snapshot_time,
    coalesce(record -> '$.subject.sources[0].selection.include[0]', '""') AS what,
    (SELECT coalesce(sum(json_array_length(value, '$.selection.include')), 0)
     FROM json_each(record, '$.subject.sources')) AS paths,
    record ->> '$.subject.target.kind' AS target,
    record -> '$.subject.targetPath' AS target_path,
    record ->> '$.state' AS state,
    CASE ended WHEN 0 THEN 'under-way' ELSE record ->> '$.state' END AS outcome,
    CASE WHEN ended = 0 THEN NULL
      WHEN (record ->> '$.counts.restored') + (record ->> '$.counts.updated') = 0 THEN 0
      ELSE coalesce(record ->> '$.progress.filesDone', 0) END AS files,
    CASE ended WHEN 0 THEN NULL ELSE record ->> '$.progress.bytesDone' END AS bytes,
    max(0, unixepoch(record ->> '$.endedAt', 'subsec') - unixepoch(record ->> '$.startedAt', 'subsec')) AS seconds,
    CASE WHEN json_type(record, '$.subject.evidence') <> 'object' THEN 'none'
      WHEN (record ->> '$.subject.evidence.different') + (record ->> '$.subject.evidence.unread') > 0 THEN 'differs'
      WHEN record ->> '$.subject.evidence.equal' > 0 THEN 'verified'
      ELSE 'none' END AS proof,
    CASE json_type(record, '$.subject.evidence') WHEN 'object' THEN record -> '$.subject.evidence' END AS evidence,
    record ->> '$.counts.failed' AS failed_items,
    record ->> '$.subject.reason' AS reason,
    concat_ws(' ', id, record ->> '$.startedBy', record ->> '$.subject.targetPath', record ->> '$.subject.reason',
      record ->> '$.subject.sources[0].snapshotId',
      (SELECT group_concat(value, ' ') FROM json_each(record, '$.subject.sources[0].selection.include') WHERE key < 20)
    ) AS searched
  FROM runs WHERE record ->> '$.subject.kind' = 'restore';

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
    concat_ws(' ', run_id, record ->> '$.actor', record ->> '$.targetPath', record ->> '$.reason',
      record ->> '$.snapshotId', record ->> '$.summary') AS searched
  FROM audit WHERE action = 'host.restore';

  CREATE TRIGGER past_run_begins AFTER INSERT ON runs
  WHEN NEW.record ->> '$.subject.kind' = 'restore' BEGIN
    DELETE FROM past_restores WHERE host_id = NEW.host_id AND request_key = NEW.record ->> '$.requestKey'
      AND key <> NEW.id AND outcome <> 'refused';
    INSERT INTO past_restores SELECT * FROM past_runs WHERE host_id = NEW.host_id AND key = NEW.id;
  END;
  CREATE TRIGGER past_run_changes AFTER UPDATE ON runs
  WHEN NEW.record ->> '$.subject.kind' = 'restore' BEGIN
    DELETE FROM past_restores WHERE host_id = NEW.host_id AND key = NEW.id;
    INSERT INTO past_restores SELECT * FROM past_runs WHERE host_id = NEW.host_id AND key = NEW.id;
  END;
  CREATE TRIGGER past_run_goes AFTER DELETE ON runs
  WHEN OLD.record ->> '$.subject.kind' = 'restore' BEGIN
    DELETE FROM past_restores WHERE host_id = OLD.host_id AND key = OLD.id;
    INSERT INTO past_restores SELECT * FROM past_entries
      WHERE host_id = OLD.host_id AND request_key = OLD.record ->> '$.requestKey' AND outcome <> 'refused';
  END;
  CREATE TRIGGER past_host_moves AFTER UPDATE OF workspace_id ON hosts
  WHEN NEW.workspace_id <> OLD.workspace_id BEGIN
    UPDATE past_restores SET workspace_id = NEW.workspace_id WHERE host_id = NEW.id AND key = run_id;
  END;
  CREATE TRIGGER past_entry_begins AFTER INSERT ON audit
  WHEN NEW.action = 'host.restore' BEGIN
    INSERT INTO past_restores SELECT * FROM past_entries AS entry WHERE key = NEW.id AND (
      outcome = 'refused' OR NOT EXISTS (SELECT 1 FROM past_restores AS run
        WHERE run.host_id = NEW.host_id AND run.request_key = NEW.request_key AND run.key = run.run_id));
  END;
  CREATE TRIGGER past_entry_changes AFTER UPDATE ON audit
  WHEN NEW.action = 'host.restore' BEGIN
    DELETE FROM past_restores WHERE host_id = NEW.host_id AND key = NEW.id;
    INSERT INTO past_restores SELECT * FROM past_entries AS entry WHERE key = NEW.id AND (
      outcome = 'refused' OR NOT EXISTS (SELECT 1 FROM past_restores AS run
        WHERE run.host_id = NEW.host_id AND run.request_key = NEW.request_key AND run.key = run.run_id));
  END;

  INSERT INTO past_restores SELECT * FROM past_runs;
  INSERT INTO past_restores SELECT * FROM past_entries AS entry WHERE outcome = 'refused' OR NOT EXISTS (
    SELECT 1 FROM past_restores AS run
    WHERE run.host_id = entry.host_id AND run.request_key = entry.request_key AND run.key = run.run_id);
`

/** What people look for under a name, and the plans that restores were started by. */
export const savedViewStep = `
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
