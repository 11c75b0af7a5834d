import { z } from 'zod'
import { faultSchema } from '../errors.ts'
import { columns } from './columns.ts'
import { fileNameSchema } from './file-name.ts'
import { furtherRestoreSchema, restoreMannerSchema, restoreSourceSchema } from './restore.ts'
import { snapshotIdSchema } from './snapshot.ts'
import { nodeTypeSchema } from './tree.ts'

export const runKindSchema = z.enum(['init', 'backup', 'restore', 'diff', 'check', 'verify'])
export type RunKind = z.infer<typeof runKindSchema>

/** `unknown` is the console's word while the agent that owns the run cannot be reached. */
export const runStateSchema = z.enum([
  'queued',
  'running',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'interrupted',
  'unknown',
])
export type RunState = z.infer<typeof runStateSchema>

/** True when a run of this state will not change any more. */
export function isEnded(state: RunState): boolean {
  return state !== 'queued' && state !== 'running' && state !== 'unknown'
}

/** A key that the asker makes once per intention: the same key gives the same run, however often it is sent. */
export const requestKeySchema = z.uuid()

export const runProgressSchema = z.object({
  /** `saving`: the safety snapshot of a restore. `verifying`: what was written is read back. */
  phase: z.enum(['planning', 'saving', 'restoring', 'verifying', 'finishing', 'preparing', 'backing-up', 'comparing']),
  filesDone: z.number().int().nonnegative(),
  filesTotal: z.number().int().nonnegative().nullable(),
  bytesDone: z.number().nonnegative(),
  bytesTotal: z.number().nonnegative().nullable(),
  /** Bytes per second over the last seconds; null while unknown. */
  rate: z.number().nonnegative().nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  currentItem: fileNameSchema.nullable(),
  /** Which of how many parts it is at, from 1; it can be stopped between two of them. Null where there is but one. */
  part: z.object({ at: z.number().int(), of: z.number().int() }).nullable(),
})
export type RunProgress = z.infer<typeof runProgressSchema>

/** How many items of the ledger had each outcome. */
export const runCountsSchema = z.object({
  restored: z.number().int().nonnegative(),
  updated: z.number().int().nonnegative(),
  unchanged: z.number().int().nonnegative(),
  deleted: z.number().int().nonnegative(),
  skipped: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
})
export type RunCounts = z.infer<typeof runCountsSchema>
export const NO_COUNTS: RunCounts = { restored: 0, updated: 0, unchanged: 0, deleted: 0, skipped: 0, failed: 0 }

export const ledgerActionSchema = z.enum(['restored', 'updated', 'unchanged', 'deleted', 'skipped', 'failed'])
export type LedgerAction = z.infer<typeof ledgerActionSchema>

/**
 * What shows that a restore wrote what the snapshot holds. Files that were read back and equal its content hashes, those
 * that do not, and those that could not be read; `by` says what read them. Null while it has not come to that, or it was
 * not wanted.
 */
export const evidenceSchema = z.object({
  by: z.string(),
  equal: z.number().int().nonnegative(),
  equalBytes: z.number().nonnegative(),
  different: z.number().int().nonnegative(),
  unread: z.number().int().nonnegative(),
  at: z.iso.datetime(),
})
export type Evidence = z.infer<typeof evidenceSchema>

const comparedSnapshotSchema = z.object({ snapshotId: snapshotIdSchema, snapshotTime: z.string() })

const diffSideSchema = z.object({
  files: z.number().int().nonnegative(),
  folders: z.number().int().nonnegative(),
  others: z.number().int().nonnegative(),
  /** Of the repository, packed as it is there, for files and listings that only this side has. */
  bytes: z.number().nonnegative(),
})

/** What a comparison by restic came to. */
export const diffSummarySchema = z.object({
  /** Files that hold something else. */
  changed: z.number().int().nonnegative(),
  added: diffSideSchema,
  removed: diffSideSchema,
})
export type DiffSummary = z.infer<typeof diffSummarySchema>

/** What changed between two snapshots, by restic. */
export const diffSubjectSchema = z.object({
  kind: z.literal('diff'),
  before: comparedSnapshotSchema,
  after: comparedSnapshotSchema,
  /** Also what has only other metadata. */
  metadata: z.boolean(),
  /** What it came to; null until restic has said so. */
  summary: diffSummarySchema.nullable(),
})

/** What a run is about; each kind has its own fields. */
export const runSubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('init'), sample: z.boolean() }),
  z.object({
    kind: z.literal('backup'),
    paths: z.array(fileNameSchema),
    exclude: z.array(z.string()),
    /** The snapshot that it made; null until it has, or when there was nothing to make. */
    snapshotId: snapshotIdSchema.nullable(),
  }),
  diffSubjectSchema,
  restoreMannerSchema.extend({
    kind: z.literal('restore'),
    sources: z.array(restoreSourceSchema.extend({ snapshotTime: z.string() })),
    /** The folder it writes to; `/` in place. */
    targetPath: fileNameSchema,
    planHash: z.string().nullable(),
    /** The run that it resumes, retries or reverts. */
    follows: furtherRestoreSchema.nullable(),
    /** Why it was done in place, as its starter said; empty for other targets. */
    reason: z.string(),
    /** `wanted` until it is made; the way back while it is kept. Null where none was wanted, or nothing was there to save. */
    safetySnapshot: z.union([snapshotIdSchema, z.literal('wanted')]).nullable(),
    evidence: evidenceSchema.nullable(),
  }),
])
export type RunSubject = z.infer<typeof runSubjectSchema>

/** One execution on a host, as its agent keeps it. Times are the host's clock, UTC. */
export const runSchema = z.object({
  id: z.string(),
  state: runStateSchema,
  requestKey: requestKeySchema,
  repositoryId: z.string(),
  subject: runSubjectSchema,
  /** `user@machine` of the asker, as the agent knows its peer. */
  startedBy: z.string(),
  queuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  progress: runProgressSchema.nullable(),
  counts: runCountsSchema,
  /** Why it ended as it did, where it did not simply succeed. */
  fault: faultSchema.nullable(),
  /** One sentence that says what is so now, e.g. what a cancelled run left on disk; empty when there is nothing to say. */
  remark: z.string(),
})
export type Run = z.infer<typeof runSchema>

/** Files that a run is known to have brought where they belong; it has more items than files, for folders are items too. */
export function filesDone({ subject, progress, counts }: Pick<Run, 'subject' | 'progress' | 'counts'>): number {
  // A run that ended unsettled says how far it had come, and knows of no file.
  const isUnsettled = subject.kind === 'restore' && counts.restored + counts.updated === 0
  return isUnsettled ? 0 : (progress?.filesDone ?? 0)
}

/** What happened in a run, numbered from 1 without a gap; a late reader is given the same as one who watched. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('log'),
    sequence: z.number().int(),
    at: z.iso.datetime(),
    level: z.enum(['info', 'warning', 'error']),
    text: z.string().max(8192),
  }),
  z.object({
    type: z.literal('progress'),
    sequence: z.number().int(),
    at: z.iso.datetime(),
    progress: runProgressSchema,
    counts: runCountsSchema,
  }),
  z.object({ type: z.literal('state'), sequence: z.number().int(), at: z.iso.datetime(), run: runSchema }),
])
export type RunEvent = z.infer<typeof runEventSchema>

/** One page of a run's per-item outcomes, failures first, then in the order of the plan. */
export const ledgerPageSchema = z.object({
  offset: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  items: columns({
    path: fileNameSchema,
    /** Null where only its path is known. */
    type: nodeTypeSchema.nullable(),
    action: ledgerActionSchema,
    /** Bytes; null where unknown. */
    size: z.number().nonnegative().nullable(),
    reason: z.string(),
  }),
})
export type LedgerPage = z.infer<typeof ledgerPageSchema>

export const ledgerInputSchema = z.object({
  runId: z.string(),
  action: ledgerActionSchema.nullable(),
  /** Only paths that contain it, without regard to case; empty for all. */
  text: z.string().max(1000),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(5000),
})

export const cancelInputSchema = z.object({ runId: z.string(), when: z.enum(['now', 'between']) })
export type CancelInput = z.infer<typeof cancelInputSchema>
