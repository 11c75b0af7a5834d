import { z } from 'zod'
import { fileNameSchema } from './file-name.ts'
import { snapshotIdSchema } from './snapshot.ts'

/** Bytes of a file that may be looked at. */
export const PREVIEW_LIMIT = 4 * 2 ** 20

export const previewInputSchema = z.object({
  repositoryId: z.string(),
  snapshotId: snapshotIdSchema,
  /** In the snapshot, with a slash first. */
  path: fileNameSchema,
  /** Bytes wanted from the file's beginning. */
  limit: z.number().int().min(1).max(PREVIEW_LIMIT),
})

/** The beginning of a file. What it is, is for who shows it to find out; nothing in it is ever run. */
export const previewSchema = z.object({
  /** Bytes of the whole file. */
  size: z.number().nonnegative(),
  bytes: z.base64(),
})
export type Preview = z.infer<typeof previewSchema>
