import { z } from 'zod'
import { read } from '../procedure.ts'
import {
  folderTotalsSchema,
  nodeDetailsSchema,
  treeInputSchema,
  treeListInputSchema,
  treeNodeInputSchema,
  treePageSchema,
} from '../shapes/tree.ts'
import { onHost } from './on-host.ts'

/** A page, and when this console read it where it kept it from then; a tree's id is always the same listing. */
export const keptTreePageSchema = treePageSchema.extend({ keptSince: z.iso.datetime().nullable() })
export type KeptTreePage = z.infer<typeof keptTreePageSchema>

/** As the agent's `tree` calls, for one host. */
export const tree = {
  /** Also answered while the host is away, where the page was read before. */
  list: read.input(treeListInputSchema.extend(onHost)).output(keptTreePageSchema),
  node: read.input(treeNodeInputSchema.extend(onHost)).output(nodeDetailsSchema),
  totals: read.input(treeInputSchema.extend(onHost)).output(folderTotalsSchema),
} as const
