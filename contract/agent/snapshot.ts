import { z } from 'zod'
import { read } from '../procedure.ts'
import { snapshotColumnsSchema } from '../shapes/snapshot.ts'

export const snapshot = {
  /** All snapshots of a repository, newest first. Throws what `repository.test` throws, and `not_found`. */
  list: read.input(z.object({ repositoryId: z.string() })).output(snapshotColumnsSchema),
} as const
