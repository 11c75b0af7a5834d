import { z } from 'zod'
import { fileNameSchema } from './file-name.ts'
import { seriesSchema } from './search.ts'
import { snapshotIdSchema } from './snapshot.ts'
import { nodeFactsSchema } from './tree.ts'

/** The path, and a snapshot that says whose: what is looked at are the snapshots of that machine in the repository. */
export const versionsInputSchema = z.object({
  repositoryId: z.string(),
  snapshotId: snapshotIdSchema,
  path: fileNameSchema,
})

/** A stretch of snapshots in which a path is one and the same. */
export const versionSpanSchema = z.object({
  /** `first seen`: from here on it is there, for the first time. `back`: it was gone. */
  change: z.enum(['first seen', 'changed', 'gone', 'back']),
  /** Positions in the series, both inclusive. */
  first: z.number().int().nonnegative(),
  last: z.number().int().nonnegative(),
  /** Null while it is gone. */
  node: nodeFactsSchema.nullable(),
})
export type VersionSpan = z.infer<typeof versionSpanSchema>

/**
 * What became of a path, a span for each change. Snapshots that were made of other paths say nothing about this one and
 * are not in the series.
 */
export const versionsSchema = z.object({ series: seriesSchema, spans: z.array(versionSpanSchema) })
export type Versions = z.infer<typeof versionsSchema>
