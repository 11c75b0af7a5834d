import { read } from '../procedure.ts'
import {
  folderTotalsSchema,
  nodeDetailsSchema,
  treeInputSchema,
  treeListInputSchema,
  treeNodeInputSchema,
  treePageSchema,
} from '../shapes/tree.ts'

export const tree = {
  /** One page of a directory by its tree id. Throws what `repository.test` throws, and `not_found`. */
  list: read.input(treeListInputSchema).output(treePageSchema),
  /** All that restic keeps of one node of a directory. Throws as `list` does; `not_found` (`node`). */
  node: read.input(treeNodeInputSchema).output(nodeDetailsSchema),
  /** Bytes and counts of all that lies below a directory. Reads each directory there once; abort it to stop it. Throws as `list` does. */
  totals: read.input(treeInputSchema).output(folderTotalsSchema),
} as const
