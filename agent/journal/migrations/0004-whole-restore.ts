import type { Database } from 'better-sqlite3'

/**
 * The ledger by the number of its run, with the type of each item and, where a restore gave it another name, that name. Of
 * a planned restore the rows stand there before anything is written, with what was planned for them and without an outcome;
 * `ledger_plans` says whether they may be read as done. What was saved before an in-place restore is kept for its way back.
 */
const TABLES = `
CREATE TABLE ledger_of_runs (
  run INTEGER NOT NULL,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  type TEXT,
  planned TEXT,
  action TEXT,
  size REAL,
  reason TEXT NOT NULL,
  comes_as TEXT,
  CHECK (planned IS NOT NULL OR action IS NOT NULL),
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger_of_runs
  SELECT runs.number, ledger.position, ledger.path, NULL, NULL, ledger.action, ledger.size, ledger.reason, NULL
  FROM ledger JOIN runs ON runs.id = ledger.run_id;
DROP TABLE ledger;
ALTER TABLE ledger_of_runs RENAME TO ledger;
CREATE INDEX ledger_failures ON ledger (run, position) WHERE action = 'failed';

CREATE TABLE ledger_plans (
  run INTEGER PRIMARY KEY,
  items INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'settled', 'stopped')),
  reason TEXT NOT NULL,
  private_in TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE saved_paths (
  run INTEGER PRIMARY KEY,
  snapshot_id TEXT,
  include TEXT NOT NULL
) STRICT;
CREATE TABLE saved_folders (
  run INTEGER NOT NULL,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  mode INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  gid INTEGER NOT NULL,
  modified REAL NOT NULL,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE runs ADD COLUMN restic TEXT NOT NULL DEFAULT '';
`

type Fields = Readonly<Record<string, unknown>>

/** Restores took from one snapshot, to a fresh folder, and were always read back; a run had but one part. */
export function wholeRestore(database: Database): void {
  database.exec(TABLES)
  rewrite(database, { table: 'runs', column: 'subject', where: '1', change: subjectOf })
  rewrite(database, { table: 'runs', column: 'progress', where: '1', change: progressOf })
  rewrite(database, { table: 'run_events', column: 'body', where: "type IN ('state', 'progress')", change: eventOf })
}

interface Rewriting {
  readonly table: 'runs' | 'run_events'
  readonly column: string
  readonly where: string
  readonly change: (value: unknown) => unknown
}

/** In script, not in SQL: SQLite's own JSON functions would replace what is not UTF-8 in a name. */
function rewrite(database: Database, { table, column, where, change }: Rewriting): void {
  const key = table === 'runs' ? ['number'] : ['run_id', 'sequence']
  const rows = database.prepare(`SELECT ${key.join(', ')}, ${column} FROM ${table} WHERE ${where}`).raw()
  const update = database.prepare(
    `UPDATE ${table} SET ${column} = ? WHERE ${key.map((name) => `${name} = ?`).join(' AND ')}`,
  )
  for (const row of rows.all()) {
    const values = row as unknown[]
    const text = values.at(-1)
    // What somebody wrote by hand stays as it is.
    const read = typeof text === 'string' ? parsed(text) : undefined
    if (read !== undefined) update.run(JSON.stringify(change(read)), ...values.slice(0, -1))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function subjectOf(subject: unknown): unknown {
  if (!isFields(subject) || subject['kind'] !== 'restore' || 'sources' in subject) return subject
  const { snapshotId, snapshotTime, selection, ...rest } = subject
  return {
    ...rest,
    layout: 'full-path',
    conflicts: 'always',
    deleteExtra: false,
    readBack: true,
    sources: [{ snapshotId, snapshotTime, selection }],
    follows: null,
    reason: '',
    safetySnapshot: null,
    evidence: null,
  }
}

function progressOf(progress: unknown): unknown {
  return isFields(progress) ? { part: null, ...progress } : progress
}

function eventOf(event: unknown): unknown {
  if (!isFields(event)) return event
  const { run, progress } = event
  if (isFields(run)) {
    return { ...event, run: { ...run, subject: subjectOf(run['subject']), progress: progressOf(run['progress']) } }
  }
  return progress === undefined ? event : { ...event, progress: progressOf(progress) }
}
