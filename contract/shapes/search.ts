import { z } from 'zod'
import { REFUSALS } from '../refusals.ts'
import { columns } from './columns.ts'
import { fileNameSchema } from './file-name.ts'
import { snapshotIdSchema } from './snapshot.ts'
import { nodeTypeSchema, treeIdSchema } from './tree.ts'

/** What a person types to find a file. */
export const patternSchema = z.object({
  /** `text`: the name holds it. `glob`: as `restic find` takes it. `regular-expression`: the name holds a match. */
  kind: z.enum(['text', 'glob', 'regular-expression']),
  text: z.string().min(1, REFUSALS.pattern_missing).max(1000),
  ignoreCase: z.boolean(),
})
export type SearchPattern = z.infer<typeof patternSchema>

export const SEARCH_LIMIT = 100_000

/** What is looked for, wherever. */
export const searchQuerySchema = z.object({
  pattern: patternSchema,
  /** Null for all. */
  types: z.array(nodeTypeSchema).min(1).nullable(),
  /** Bytes, both inclusive; null where there is no bound. */
  size: z.object({ least: z.number().nullable(), most: z.number().nullable() }),
  /** When it was last modified, milliseconds since 1970: from `from`, before `until`; null where there is no bound. */
  modified: z.object({ from: z.number().nullable(), until: z.number().nullable() }),
  /** Paths after which the search of a repository ends. */
  limit: z.number().int().min(1).max(SEARCH_LIMIT),
})
export type SearchQuery = z.infer<typeof searchQuerySchema>

/** Snapshots that are looked at together, oldest first; others name them by their position here. */
export const seriesSchema = columns({
  id: snapshotIdSchema,
  time: z.string(),
  hostname: z.string(),
  treeId: treeIdSchema,
})
export type Series = z.infer<typeof seriesSchema>

/** Found paths: a row for each distinct state of what is there; the rows of one path stand together. */
export const hitColumnsSchema = columns({
  /** In the snapshot, with a slash first. */
  path: fileNameSchema,
  type: nodeTypeSchema,
  size: z.number().nonnegative(),
  modified: z.string(),
  mode: z.number().int().nonnegative(),
  treeId: treeIdSchema.nullable(),
  linkTarget: fileNameSchema.nullable(),
  /** Which snapshots of the series hold it so: first and last position of each unbroken stretch, one after the other. */
  held: z.array(z.number().int().nonnegative()),
})
export type HitColumns = z.infer<typeof hitColumnsSchema>

/** What a search tells, in this order: `begun` once, `found` and `looked` in turns, `ended` once. */
export const searchEventSchema = z.discriminatedUnion('kind', [
  /** A search that is repeated after a lost connection begins anew, also with this. */
  z.object({ kind: z.literal('begun'), series: seriesSchema }),
  z.object({ kind: z.literal('found'), hits: hitColumnsSchema }),
  /** How far it has come: directories visited, how many there are is not known before the end. */
  z.object({ kind: z.literal('looked'), directories: z.number().int().nonnegative(), at: fileNameSchema }),
  /** `complete` is false when the limit ended it. */
  z.object({ kind: z.literal('ended'), directories: z.number().int().nonnegative(), complete: z.boolean() }),
])
export type SearchEvent = z.infer<typeof searchEventSchema>
