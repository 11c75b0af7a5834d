import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { NO_COUNTS, type Run } from '../../contract/shapes/run.ts'
import { AuditLog } from '../audit/audit-log.ts'
import { ChangeFeed } from '../change-feed.ts'
import { systemClock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { type Journal, openJournal } from '../journal/open-journal.ts'
import { createLogger } from '../../engine/logging/logger.ts'
import { newRunId } from '../runs/run-id.ts'
import type { RestoreSubject, RunBody, RunEnd, RunRecord } from '../runs/run-record.ts'
import { type RunOrder, Runs } from '../runs/runs.ts'

export const OPERATOR: Connection = {
  peer: 'ada@desk',
  role: 'admin',
  permissions: [],
  workspace: null,
  origin: 'a test',
}
export const SUCCEEDED: RunEnd = { state: 'succeeded', fault: null, remark: '' }

export interface RunsWorld extends AsyncDisposable {
  readonly journal: Journal
  readonly audit: AuditLog
  readonly feed: ChangeFeed
  readonly runs: Runs
  readonly log: string[]
}

/** Runs over a journal in `directory`, without restic: what a run does is the test's. */
export function runsWorld(directory: string): RunsWorld {
  const journal = openJournal(join(directory, 'agent.db'))
  const log: string[] = []
  const clock = systemClock
  const logger = createLogger({ sink: (line) => log.push(line), secrets: () => [], now: () => clock.now() })
  const audit = new AuditLog({ journal, hostId: 'host-1', clock })
  const feed = new ChangeFeed()
  const runs = new Runs({ journal, audit, feed, clock, logger, agentVersion: '0.0.0-test' })
  return {
    journal,
    audit,
    feed,
    runs,
    log,
    async [Symbol.asyncDispose]() {
      await runs[Symbol.asyncDispose]()
      journal[Symbol.dispose]()
    },
  }
}

/** An order for a run that does what `body` does. */
export function orderFor(body: RunBody, changes: Partial<RunOrder> = {}): RunOrder {
  return {
    id: newRunId('init', new Date()),
    requestKey: randomUUID(),
    repositoryId: 'repository-1',
    subject: { kind: 'init', sample: false },
    by: OPERATOR,
    audit: { action: 'host.initialise', summary: 'Create a repository' },
    body,
    ...changes,
  }
}

/** A run as the journal has it: of any state, of nothing in particular. */
export function runInJournal(changes: Partial<Run> = {}): Run {
  const order = orderFor(async () => SUCCEEDED)
  return {
    id: order.id,
    state: 'queued',
    requestKey: order.requestKey,
    repositoryId: order.repositoryId,
    subject: order.subject,
    startedBy: 'ada@desk',
    queuedAt: '2026-11-21T04:00:00.000Z',
    startedAt: null,
    endedAt: null,
    progress: null,
    counts: NO_COUNTS,
    fault: null,
    remark: '',
    ...changes,
  }
}

/** The subject of a restore, for orders that need one. */
export const RESTORE_SUBJECT: RestoreSubject = {
  kind: 'restore',
  layout: 'full-path',
  conflicts: 'always',
  deleteExtra: false,
  readBack: true,
  sources: [
    {
      snapshotId: 'a'.repeat(64),
      snapshotTime: '2026-11-20T10:00:00+01:00',
      selection: { include: ['/'], exclude: [] },
    },
  ],
  target: { kind: 'staging' },
  targetPath: '/var/restic-restore/x',
  planHash: null,
  follows: null,
  reason: '',
  safetySnapshot: null,
  evidence: null,
}

export interface HeldRun {
  readonly order: RunOrder
  /** Resolves when the body has begun; what it may write to. */
  readonly begun: Promise<RunRecord>
  /** Lets the body end so. */
  finish(end?: RunEnd): void
}

/** A run that goes on until it is told to end, or cancelled; it then ends as `cancelled`. */
export function heldRun(changes: Partial<RunOrder> = {}): HeldRun {
  const begun = Promise.withResolvers<RunRecord>()
  const end = Promise.withResolvers<RunEnd>()
  const body: RunBody = (record, signal) => {
    begun.resolve(record)
    signal.addEventListener('abort', () => end.resolve({ ...SUCCEEDED, state: 'cancelled', remark: 'Half is there.' }))
    return end.promise
  }
  return { order: orderFor(body, changes), begun: begun.promise, finish: (how = SUCCEEDED) => end.resolve(how) }
}
