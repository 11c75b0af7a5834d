import type Database from 'better-sqlite3'

/**
 * Of each run its summary, and in columns what it is looked for and counted by. The whole records that stood there are
 * made into summaries. `run_mirrors` says how far this console has been told of a host's runs. `runs_filtered` has all that
 * a filter asks for, so that a hundred thousand runs are gone through in one sweep.
 */
const TABLES = `
ALTER TABLE runs RENAME TO whole_runs;
DROP INDEX runs_newest;
DROP INDEX runs_unended;
DROP INDEX runs_id;

CREATE TABLE runs (
  number        INTEGER PRIMARY KEY,
  host_id       TEXT NOT NULL REFERENCES hosts (id),
  id            TEXT NOT NULL,
  request_key   TEXT NOT NULL,
  kind          TEXT NOT NULL,
  state         TEXT NOT NULL,
  ended         INTEGER NOT NULL,
  repository_id TEXT NOT NULL,
  started_by    TEXT NOT NULL,
  queued_at     TEXT NOT NULL,
  started_at    TEXT,
  ended_at      TEXT,
  seconds       REAL,
  target_kind   TEXT,
  snapshot_id   TEXT,
  follows       TEXT,
  files         INTEGER NOT NULL,
  bytes         REAL,
  restored      INTEGER NOT NULL,
  updated       INTEGER NOT NULL,
  unchanged     INTEGER NOT NULL,
  deleted       INTEGER NOT NULL,
  skipped       INTEGER NOT NULL,
  failed        INTEGER NOT NULL,
  evidence      TEXT CHECK (evidence IN ('equal', 'different', 'unread')),
  evidence_at   TEXT,
  search        TEXT NOT NULL,
  UNIQUE (host_id, id)
) STRICT;
CREATE INDEX runs_newest ON runs (queued_at DESC, id DESC, host_id DESC);
CREATE INDEX runs_of_host ON runs (host_id, queued_at DESC, id DESC);
CREATE INDEX runs_filtered ON runs (queued_at DESC, id DESC, host_id DESC, kind, state, ended, started_by, repository_id,
  follows, search);
CREATE INDEX runs_alike ON runs (host_id, kind, repository_id, queued_at DESC) WHERE state = 'succeeded';
CREATE INDEX runs_unended ON runs (host_id) WHERE ended = 0;
CREATE INDEX runs_request ON runs (host_id, request_key);
CREATE INDEX runs_starters ON runs (host_id, started_by);
CREATE INDEX runs_id ON runs (id);
CREATE INDEX runs_following ON runs (follows) WHERE follows IS NOT NULL;

CREATE TABLE run_summaries (
  run     INTEGER PRIMARY KEY REFERENCES runs (number) ON DELETE CASCADE,
  summary TEXT NOT NULL
) STRICT;

CREATE TABLE run_mirrors (
  host_id TEXT PRIMARY KEY REFERENCES hosts (id) ON DELETE CASCADE,
  through INTEGER NOT NULL
) STRICT;
`

/** How a record was when this step was written; what is not named stays as it is. */
interface WholeRun {
  readonly id: string
  readonly state: string
  readonly requestKey: string
  readonly repositoryId: string
  readonly startedBy: string
  readonly queuedAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly progress: { readonly filesDone: number; readonly bytesDone: number } | null
  readonly counts: Readonly<Record<'restored' | 'updated' | 'unchanged' | 'deleted' | 'skipped' | 'failed', number>>
  readonly remark: string
  readonly subject: InitSubject | BackupSubject | RestoreSubject
}
interface InitSubject {
  readonly kind: 'init'
}
interface BackupSubject {
  readonly kind: 'backup'
  readonly paths: readonly string[]
  readonly snapshotId: string | null
}
interface RestoreSubject {
  readonly kind: 'restore'
  readonly sources: readonly {
    readonly snapshotId: string
    readonly snapshotTime: string
    readonly selection: { readonly include: readonly string[] }
  }[]
  readonly target: { readonly kind: string }
  readonly targetPath: string
  readonly follows: { readonly runId: string } | null
  readonly evidence: { readonly different: number; readonly unread: number; readonly at: string } | null
}

export function runColumns(database: Database.Database): void {
  database.exec(TABLES)
  const rows = database.prepare<[], { host_id: string; ended: number; record: string }>(
    'SELECT host_id, ended, record FROM whole_runs ORDER BY queued_at, rowid',
  )
  const insert = database.prepare(
    `INSERT INTO runs (host_id, id, request_key, kind, state, ended, repository_id, started_by, queued_at, started_at,
       ended_at, seconds, target_kind, snapshot_id, follows, files, bytes, restored, updated, unchanged, deleted, skipped,
       failed, evidence, evidence_at, search)
     VALUES (:host, :id, :requestKey, :kind, :state, :ended, :repositoryId, :startedBy, :queuedAt, :startedAt,
       :endedAt, :seconds, :target, :snapshot, :follows, :files, :bytes, :restored, :updated, :unchanged, :deleted,
       :skipped, :failed, :evidence, :evidenceAt, :search)`,
  )
  const summarise = database.prepare('INSERT INTO run_summaries (run, summary) VALUES (?, ?)')
  for (const { host_id: host, ended, record } of rows.all()) {
    const run = JSON.parse(record) as WholeRun
    const amounts = { files: filesOf(run), bytes: run.progress?.bytesDone ?? null }
    const { lastInsertRowid } = insert.run({ host, ended, ...amounts, ...plain(run), ...about(run.subject) })
    const progress = ended === 1 ? null : run.progress
    summarise.run(lastInsertRowid, JSON.stringify({ ...run, progress, ...amounts, subject: shortened(run.subject) }))
  }
  database.exec('DROP TABLE whole_runs')
}

function filesOf({ subject, counts, progress }: WholeRun): number {
  const isUnsettled = subject.kind === 'restore' && counts.restored + counts.updated === 0
  return isUnsettled ? 0 : (progress?.filesDone ?? 0)
}

function plain(run: WholeRun): Record<string, unknown> {
  const { id, state, requestKey, repositoryId, startedBy, queuedAt, startedAt, endedAt, counts } = run
  const seconds = startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  const search = [id, startedBy, ...pathsOf(run.subject)].join('\n').toWellFormed().toLowerCase()
  return { id, state, requestKey, repositoryId, startedBy, queuedAt, startedAt, endedAt, seconds, search, ...counts }
}

function about(subject: WholeRun['subject']): Record<string, unknown> {
  const none = { target: null, snapshot: null, follows: null, evidence: null, evidenceAt: null }
  if (subject.kind === 'backup') return { ...none, kind: subject.kind, snapshot: subject.snapshotId }
  if (subject.kind === 'init') return { ...none, kind: subject.kind }
  const { kind, target, sources, follows, evidence } = subject
  const found =
    evidence === null ? null : evidence.different > 0 ? 'different' : evidence.unread > 0 ? 'unread' : 'equal'
  return {
    kind,
    target: target.kind,
    snapshot: sources[0]?.snapshotId ?? null,
    follows: follows?.runId ?? null,
    evidence: found,
    evidenceAt: evidence?.at ?? null,
  }
}

function pathsOf(subject: WholeRun['subject']): readonly string[] {
  if (subject.kind === 'backup') return subject.paths.slice(0, 3)
  if (subject.kind === 'init') return []
  return [subject.targetPath, ...subject.sources.flatMap(({ selection }) => selection.include.slice(0, 3))]
}

function shortened(subject: WholeRun['subject']): unknown {
  if (subject.kind === 'init') return subject
  if (subject.kind === 'backup') {
    return { kind: subject.kind, paths: few(subject.paths), snapshotId: subject.snapshotId }
  }
  const sources = subject.sources.map(({ snapshotId, snapshotTime, selection }) => ({
    snapshotId,
    snapshotTime,
    paths: few(selection.include),
  }))
  return { ...subject, sources }
}

function few(paths: readonly string[]): { first: readonly string[]; more: number } {
  return { first: paths.slice(0, 3), more: Math.max(0, paths.length - 3) }
}
