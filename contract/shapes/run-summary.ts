import { z } from 'zod'
import { type FaultOf, faultSchema } from '../errors.ts'
import { fileNameSchema } from './file-name.ts'
import { furtherRestoreSchema, restoreMannerSchema } from './restore.ts'
import {
  diffSubjectSchema,
  evidenceSchema,
  filesDone,
  isEnded,
  type Run,
  type RunSubject,
  requestKeySchema,
  runCountsSchema,
  runProgressSchema,
  runStateSchema,
} from './run.ts'
import { snapshotIdSchema } from './snapshot.ts'

/** How many paths of a selection a summary names. */
const NAMED_PATHS = 3
/** Characters of a sentence, and of what a tool said last, that a summary keeps. */
const SAID = 2000

/** The first few of some paths, and how many there are beside these. */
export const fewPathsSchema = z.object({ first: z.array(fileNameSchema), more: z.number().int().nonnegative() })
export type FewPaths = z.infer<typeof fewPathsSchema>

/** What a run is about, without what can be long: a selection may have a hundred thousand paths. */
export const runSummarySubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('init'), sample: z.boolean() }),
  z.object({ kind: z.literal('backup'), paths: fewPathsSchema, snapshotId: snapshotIdSchema.nullable() }),
  diffSubjectSchema,
  restoreMannerSchema.extend({
    kind: z.literal('restore'),
    sources: z.array(z.object({ snapshotId: snapshotIdSchema, snapshotTime: z.string(), paths: fewPathsSchema })),
    targetPath: fileNameSchema,
    planHash: z.string().nullable(),
    follows: furtherRestoreSchema.nullable(),
    reason: z.string(),
    safetySnapshot: z.union([snapshotIdSchema, z.literal('wanted')]).nullable(),
    evidence: evidenceSchema.nullable(),
  }),
])
export type RunSummarySubject = z.infer<typeof runSummarySubjectSchema>

/** A run as lists show it and as the console mirrors it: a few hundred bytes, however much was selected. */
export const runSummarySchema = z.object({
  id: z.string(),
  state: runStateSchema,
  requestKey: requestKeySchema,
  repositoryId: z.string(),
  subject: runSummarySubjectSchema,
  startedBy: z.string(),
  queuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Null once it has ended: what is left of it are `files` and `bytes`. */
  progress: runProgressSchema.nullable(),
  /** Files that it is known to have brought where they belong. */
  files: z.number().int().nonnegative(),
  /** Null where no bytes are counted. */
  bytes: z.number().nonnegative().nullable(),
  counts: runCountsSchema,
  fault: faultSchema.nullable(),
  remark: z.string(),
})
export type RunSummary = z.infer<typeof runSummarySchema>

/** A page of the runs that have changed since some moment, in the order of their last change. */
export const runChangesSchema = z.object({
  runs: z.array(runSummarySchema),
  /** The number of the last change in `runs`, to be asked from the next time; as asked where there are none. */
  through: z.number().int().nonnegative(),
  /** The number of the last change there is. Below what was asked from, the numbers have begun anew: so should the asker. */
  last: z.number().int().nonnegative(),
})
export type RunChanges = z.infer<typeof runChangesSchema>

export const runChangesInputSchema = z.object({
  /** The number of the last change that the asker has; 0 for none. */
  since: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
})
export type RunChangesInput = z.infer<typeof runChangesInputSchema>

/** A run without what can be long. */
export function summariseRun(run: Run): RunSummary {
  const { subject, progress, fault, remark, ...rest } = run
  return {
    ...rest,
    subject: summariseSubject(subject),
    progress: isEnded(run.state) ? null : progress,
    files: filesDone(run),
    bytes: progress?.bytesDone ?? null,
    fault: fault === null ? null : shortFault(fault),
    remark: remark.slice(0, SAID),
  }
}

function summariseSubject(subject: RunSubject): RunSummarySubject {
  switch (subject.kind) {
    case 'init':
    case 'diff':
      return subject
    case 'backup':
      return { kind: 'backup', paths: fewOf(subject.paths), snapshotId: subject.snapshotId }
    case 'restore':
      return {
        ...subject,
        sources: subject.sources.map(({ snapshotId, snapshotTime, selection }) => ({
          snapshotId,
          snapshotTime,
          paths: fewOf(selection.include),
        })),
      }
  }
}

function fewOf(paths: readonly string[]): FewPaths {
  return { first: paths.slice(0, NAMED_PATHS), more: Math.max(0, paths.length - NAMED_PATHS) }
}

function shortFault(fault: FaultOf): FaultOf {
  if (fault.code !== 'tool_failed') return fault
  return { ...fault, data: { ...fault.data, stderrTail: fault.data.stderrTail.slice(-SAID) } }
}
