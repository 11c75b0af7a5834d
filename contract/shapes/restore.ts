import { z } from 'zod'
import { REFUSALS } from '../refusals.ts'
import { columns } from './columns.ts'
import { fileNameSchema } from './file-name.ts'
import { snapshotIdSchema } from './snapshot.ts'
import { nodeTypeSchema } from './tree.ts'

const path = fileNameSchema.regex(/^\//, REFUSALS.path_not_full)
const count = z.number().int().nonnegative()
const bytes = z.number().nonnegative()

/**
 * What is to be restored, as rules and never as a list of leaves: everything at or below a path in `include`, but
 * for what is at or below a path in `exclude`, where the nearest rule decides. `/` is the whole snapshot.
 */
export const selectionSchema = z.object({
  include: z.array(path).min(1, REFUSALS.nothing_selected).max(100_000),
  exclude: z.array(path).max(100_000),
})
export type Selection = z.infer<typeof selectionSchema>

/** A part of one snapshot. No path may come from two of them: `conflict` `two_versions` names the first that does. */
export const restoreSourceSchema = z.object({ snapshotId: snapshotIdSchema, selection: selectionSchema })
export type RestoreSource = z.infer<typeof restoreSourceSchema>

/**
 * Where it goes. `staging`: a fresh folder made for the run. `path`: a folder of the operator's choice, which may hold
 * something. Ownership is not applied by either. `in-place`: the original paths, with owners, modes, times and
 * extended attributes.
 */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('staging') }),
  z.object({ kind: z.literal('path'), path }),
  z.object({ kind: z.literal('in-place') }),
])
export type Target = z.infer<typeof targetSchema>

/**
 * What becomes of a file that is there already. `always`: it becomes the snapshot's, where it is not already.
 * `if-changed`: the same, but one of equal size and time counts as equal unread. `if-newer`: only where the snapshot's
 * is newer. `never`: it stays. `keep-both`: it stays, and a snapshot's file that differs comes beside it under a name
 * with the snapshot's time in it. As restic's `--overwrite`, but for the last.
 */
export const conflictModeSchema = z.enum(['always', 'if-changed', 'if-newer', 'never', 'keep-both'])
export type ConflictMode = z.infer<typeof conflictModeSchema>

/** `full-path`: below the target each item has its whole snapshot path. `selected-only`: what was selected stands at its top. */
export const layoutSchema = z.enum(['full-path', 'selected-only'])
export type Layout = z.infer<typeof layoutSchema>

/** How a restore is meant, but for what of which repository. */
export const restoreMannerSchema = z.object({
  target: targetSchema,
  /** In place it is `full-path` always. */
  layout: layoutSchema,
  /** Of no effect where the target is fresh. */
  conflicts: conflictModeSchema,
  /** Delete what the selected directories hold on the host and not in the snapshot. In place only. */
  deleteExtra: z.boolean(),
  /** Read back what was written and compare it with the snapshot's content hashes. */
  readBack: z.boolean(),
})
export type RestoreManner = z.infer<typeof restoreMannerSchema>

/** A restore that somebody put together. */
export const newRestoreSchema = restoreMannerSchema.extend({
  kind: z.literal('new'),
  repositoryId: z.string(),
  sources: z.array(restoreSourceSchema).min(1, REFUSALS.nothing_selected).max(64),
})
export type NewRestore = z.infer<typeof newRestoreSchema>

/**
 * A restore that follows from a run. `resume`: the same again to the same place, where what is identical already is not
 * written. `retry`: only what failed of it. `revert`: what an in-place restore changed or deleted comes back from its
 * safety snapshot, and what it created goes.
 */
export const furtherRestoreSchema = z.object({ kind: z.enum(['resume', 'retry', 'revert']), runId: z.string() })
export type FurtherRestore = z.infer<typeof furtherRestoreSchema>

export const restoreRequestSchema = z.discriminatedUnion('kind', [newRestoreSchema, furtherRestoreSchema])
export type RestoreRequest = z.infer<typeof restoreRequestSchema>

export const planActionSchema = z.enum(['delete', 'update', 'create', 'skip', 'unchanged'])
export type PlanAction = z.infer<typeof planActionSchema>

/** In what the host's differs from the snapshot's; of what will be written, and of what is skipped. */
export const differenceSchema = z.enum(['type', 'size', 'content', 'time', 'mode', 'owner', 'link'])
export type Difference = z.infer<typeof differenceSchema>

const amountSchema = z.object({ items: count, bytes })
export const planTotalsSchema = z.object({
  delete: amountSchema,
  update: amountSchema,
  create: amountSchema,
  skip: amountSchema,
  unchanged: amountSchema,
})
export type PlanTotals = z.infer<typeof planTotalsSchema>

/** What a restore would do; making it writes nothing anywhere. The agent remembers its items for a while. */
export const restorePlanSchema = z.object({
  /** SHA-256, hexadecimal, over what was asked and what each item would be: another state of the host gives another. */
  hash: z.string(),
  madeAt: z.iso.datetime(),
  /** Items are files, folders, links and whatever else a snapshot holds; bytes those of files. */
  totals: planTotalsSchema,
  /** Files among what would be created or updated, and the bytes they have. */
  files: count,
  bytes,
  /** The folder it would write to, `/` in place; `<run-id>` stands where only the run will know. */
  targetPath: fileNameSchema,
  /** The target is absent or empty, so that nothing can be in the way. */
  fresh: z.boolean(),
  /** Bytes free where it would write; null where that cannot be told. */
  free: bytes.nullable(),
  /** Who holds the repository so that a restore would have to wait, as restic's lock names its holder; null when nobody does. */
  lockedBy: z.string().nullable(),
  /** What a restic on a command line would have to be told for the same, one line each; names in them are shown, not exact. */
  commands: z.array(z.string()),
  /** Seconds that it would take at the rate of this host's last restores; null before the first. */
  secondsExpected: z.number().nonnegative().nullable(),
  /** What it takes and how, also where that follows from a run; a revert of what only created takes from no source. */
  repositoryId: z.string(),
  sources: z.array(restoreSourceSchema),
  manner: restoreMannerSchema,
  follows: furtherRestoreSchema.nullable(),
})
export type RestorePlan = z.infer<typeof restorePlanSchema>

/** Which items of a plan: deletions first, then updates, creations, what is skipped, what is unchanged; each in the order of paths. */
export const planPageInputSchema = z.object({
  hash: z.string(),
  /** Null for all. */
  actions: z.array(planActionSchema).min(1).nullable(),
  /** Only paths that contain it, without regard to case; empty for all. */
  text: z.string().max(1000),
  offset: count,
  limit: z.number().int().min(1).max(5000),
})
export type PlanPageInput = z.infer<typeof planPageInputSchema>

export const planPageSchema = z.object({
  offset: count,
  total: count,
  items: columns({
    /** The snapshot's path; of what would be deleted in place, the host's. */
    path: fileNameSchema,
    type: nodeTypeSchema,
    action: planActionSchema,
    size: bytes,
    differs: z.array(differenceSchema),
    /** The name it comes under where that is another than its own; empty where it is not. */
    comesAs: fileNameSchema,
  }),
})
export type PlanPage = z.infer<typeof planPageSchema>

/** Said by whoever starts a restore over original files. Checked by the console and again by the agent. */
export const inPlaceConfirmationSchema = z.object({
  /** The host's name, typed: the one that its agent says. */
  hostname: z.string(),
  reason: z.string().trim().min(3, REFUSALS.reason_missing).max(500),
  /** Take a snapshot of exactly what would be changed or deleted first; without it there is no way back. */
  safetySnapshot: z.boolean(),
})
export type InPlaceConfirmation = z.infer<typeof inPlaceConfirmationSchema>
