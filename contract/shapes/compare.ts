import { z } from 'zod'
import { columns } from './columns.ts'
import { fileNameSchema } from './file-name.ts'
import { requestKeySchema } from './run.ts'
import { snapshotIdSchema } from './snapshot.ts'
import { nodeDetailsSchema, nodeTypeSchema, treeIdSchema } from './tree.ts'

/**
 * What became of a path from one side of a comparison to the other. `retyped`: a file became a link, a folder a file ….
 * `metadata`: the content is the same; owner, rights, times or attributes are not. `inside`: a folder of which only what is
 * in it differs. `undecided`: a file on the host with another time and the same size; nobody has compared what it holds.
 */
export const changeKindSchema = z.enum([
  'added',
  'removed',
  'modified',
  'retyped',
  'metadata',
  'inside',
  'undecided',
  'same',
])
export type ChangeKind = z.infer<typeof changeKindSchema>

/** What differs in and below a folder, the folder itself not counted. */
export const rollUpSchema = z.object({
  /** Files, folders and others that only the later side has. */
  added: z.number().int().nonnegative(),
  addedBytes: z.number().nonnegative(),
  /** That only the earlier side has. */
  removed: z.number().int().nonnegative(),
  removedBytes: z.number().nonnegative(),
  /** Files that hold something else. */
  modified: z.number().int().nonnegative(),
  /** What those had before, and have after. */
  modifiedBytesBefore: z.number().nonnegative(),
  modifiedBytesAfter: z.number().nonnegative(),
  retyped: z.number().int().nonnegative(),
  metadata: z.number().int().nonnegative(),
  /** Of the host now: files with another time and the same size, of which nobody has compared what they hold. */
  undecided: z.number().int().nonnegative().optional(),
  /** Of the host now: folders that the agent cannot look into. What is in them is not counted. */
  unread: z.number().int().nonnegative().optional(),
})
export type RollUp = z.infer<typeof rollUpSchema>

/** The paths of one level that differ, or all of them, in columns. A side's type is null where that side has no such path. */
export const changeColumnsSchema = columns({
  name: fileNameSchema,
  kind: changeKindSchema,
  /** Content changed while nothing else did, which no program does: restic marks it with `?`. */
  bitRot: z.boolean(),
  typeBefore: nodeTypeSchema.nullable(),
  typeAfter: nodeTypeSchema.nullable(),
  sizeBefore: z.number().nonnegative(),
  sizeAfter: z.number().nonnegative(),
  modifiedBefore: z.string(),
  modifiedAfter: z.string(),
  modeBefore: z.number().int().nonnegative(),
  modeAfter: z.number().int().nonnegative(),
  treeBefore: treeIdSchema.nullable(),
  treeAfter: treeIdSchema.nullable(),
  linkBefore: fileNameSchema.nullable(),
  linkAfter: fileNameSchema.nullable(),
  /** Of a folder, where it was rolled up already. */
  rollUp: rollUpSchema.nullable(),
})
export type ChangeColumns = z.infer<typeof changeColumnsSchema>

/** Two directories of a repository; null for a side that has none. */
export const treePairSchema = z.object({
  repositoryId: z.string(),
  before: treeIdSchema.nullable(),
  after: treeIdSchema.nullable(),
})

export const COMPARE_PAGE_LIMIT = 10_000

const pageOf = {
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(COMPARE_PAGE_LIMIT),
  /** Also what is the same on both sides. */
  all: z.boolean(),
} as const

export const compareLevelInputSchema = treePairSchema.extend(pageOf)

/** One page of a level: folders first, then restic's order (raw name bytes). */
export const comparedLevelSchema = z.object({
  offset: z.number().int().nonnegative(),
  /** Rows of the whole level. */
  total: z.number().int().nonnegative(),
  rows: changeColumnsSchema,
})
export type ComparedLevel = z.infer<typeof comparedLevelSchema>

export const rollUpsInputSchema = treePairSchema.extend({
  /** Folders that the caller has heard of already, when it asks again. */
  skip: z.number().int().nonnegative(),
})

/**
 * A whole comparison as it goes: folders that differ, each once all below it was compared, the innermost first; `looked`
 * while nothing else is told; at last `ended`. `folder` paths are from where the comparison began, with a slash first.
 */
export const rollUpEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folders'), folders: columns({ path: fileNameSchema, rollUp: rollUpSchema }) }),
  z.object({
    kind: z.literal('looked'),
    /** Pairs of directories compared. */
    directories: z.number().int().nonnegative(),
    at: fileNameSchema,
  }),
  z.object({ kind: z.literal('ended'), directories: z.number().int().nonnegative(), rollUp: rollUpSchema }),
])
export type RollUpEvent = z.infer<typeof rollUpEventSchema>

const listOf = {
  /** Also what has only other metadata, as `restic diff --metadata`. */
  metadata: z.boolean(),
  /** Only paths that hold this text, without regard to case; all where it is empty. */
  filter: z.string().max(1000),
  limit: z.number().int().min(1).max(1_000_000),
} as const

export const changesInputSchema = treePairSchema.extend(listOf)

/** Changes one after the other, as restic lists them; a removed or added folder is followed by all that is in it. */
export const changeListEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('changes'),
    changes: columns({
      /** From where the comparison began, with a slash first and, for a folder, last. */
      path: fileNameSchema,
      kind: changeKindSchema,
      /** As restic prints it: `+`, `-`, `M`, `M?`, `T`, `TU`, `U`; `?` for a file of the host that is `undecided`. */
      modifier: z.string(),
      typeBefore: nodeTypeSchema.nullable(),
      typeAfter: nodeTypeSchema.nullable(),
      sizeBefore: z.number().nonnegative(),
      sizeAfter: z.number().nonnegative(),
    }),
  }),
  z.object({
    kind: z.literal('ended'),
    /** False when the limit ended it. */
    complete: z.boolean(),
    /** Folders of the host now that the agent cannot look into: nothing in them is listed. */
    unread: z.number().int().nonnegative().optional(),
  }),
])
export type ChangeListEvent = z.infer<typeof changeListEventSchema>
export type ChangeList = Extract<ChangeListEvent, { kind: 'changes' }>['changes']

/** A path that was moved: what one side has of it is what the other side has elsewhere. */
export const renamesSchema = z.object({
  /** From where the comparison began. */
  renames: columns({ from: fileNameSchema, to: fileNameSchema, type: nodeTypeSchema }),
  /** False where there was too much to look for all of them. */
  complete: z.boolean(),
})
export type Renames = z.infer<typeof renamesSchema>

/** A folder of a snapshot beside the same folder of the host now. */
export const liveInputSchema = z.object({
  repositoryId: z.string(),
  snapshotId: snapshotIdSchema,
  /** In the snapshot, with a slash first. */
  path: fileNameSchema,
})
export const liveLevelInputSchema = liveInputSchema.extend(pageOf)

/** As `comparedLevelSchema`; `hostPath` is where the folder is on the host. */
export const liveLevelSchema = comparedLevelSchema.extend({ hostPath: fileNameSchema })
export type LiveLevel = z.infer<typeof liveLevelSchema>

export const liveChangesInputSchema = liveInputSchema.extend(listOf)

/** What a path is on the host now; null where there is none. */
export const liveNodeSchema = z.object({ hostPath: fileNameSchema, node: nodeDetailsSchema.nullable() })
export type LiveNode = z.infer<typeof liveNodeSchema>

export const liveContentsInputSchema = liveInputSchema.extend({
  /** Bytes wanted from the file's beginning; 0 to only compare. */
  limit: z
    .number()
    .int()
    .nonnegative()
    .max(4 * 2 ** 20),
  /** Read it wholly and compare it with what the snapshot holds. */
  compare: z.boolean(),
})

/** A file of the host now. */
export const liveContentsSchema = z.object({
  size: z.number().nonnegative(),
  bytes: z.base64(),
  /** Whether it holds what the snapshot's file holds; null where that was not asked. */
  same: z.boolean().nullable(),
})
export type LiveContents = z.infer<typeof liveContentsSchema>

/** Two snapshots to be compared by restic, as a run. */
export const diffStartSchema = z.object({
  repositoryId: z.string(),
  before: snapshotIdSchema,
  after: snapshotIdSchema,
  /** Also what has only other metadata. */
  metadata: z.boolean(),
  requestKey: requestKeySchema,
})
export type DiffStart = z.infer<typeof diffStartSchema>
