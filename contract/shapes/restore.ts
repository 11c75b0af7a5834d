import { z } from 'zod'
import { fileNameSchema } from './file-name.ts'
import { snapshotIdSchema } from './snapshot.ts'

const path = fileNameSchema.regex(/^\//, 'A path begins with "/".')

/**
 * What is to be restored, as rules and never as a list of leaves: everything at or below a path in `include`, but
 * for what is at or below a path in `exclude`, where the nearest rule decides. `/` is the whole snapshot.
 */
export const selectionSchema = z.object({
  include: z.array(path).min(1, 'Nothing is selected.').max(100_000),
  exclude: z.array(path).max(100_000),
})
export type Selection = z.infer<typeof selectionSchema>

/**
 * Where it goes. `staging`: a fresh folder made for the run. `path`: a folder of the operator's choice that is empty
 * or does not exist yet. Ownership is not applied by either. `in-place` comes with its own plan and confirmation.
 */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('staging') }),
  z.object({ kind: z.literal('path'), path }),
])
export type Target = z.infer<typeof targetSchema>

export const restoreRequestSchema = z.object({
  repositoryId: z.string(),
  snapshotId: snapshotIdSchema,
  selection: selectionSchema,
  target: targetSchema,
})
export type RestoreRequest = z.infer<typeof restoreRequestSchema>

/** What a restore would do; making it writes nothing anywhere. */
export const restorePlanSchema = z.object({
  files: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  /** The folder it would write to; `<run-id>` stands where only the run will know. */
  targetPath: fileNameSchema,
  /** Bytes free where it would write; null where that cannot be told. */
  free: z.number().nonnegative().nullable(),
  /** SHA-256 over what was asked and what was found. */
  hash: z.string(),
  madeAt: z.iso.datetime(),
})
export type RestorePlan = z.infer<typeof restorePlanSchema>
