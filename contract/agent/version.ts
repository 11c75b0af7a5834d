import { read } from '../procedure.ts'
import { versionsInputSchema, versionsSchema } from '../shapes/version.ts'

export const version = {
  /** What became of a file or folder from snapshot to snapshot. Throws `not_found` (`snapshot`), and what `repository.test` throws. */
  list: read.input(versionsInputSchema).output(versionsSchema),
} as const
