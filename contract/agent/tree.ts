import { read } from '../procedure.ts'
import { treeListInputSchema, treePageSchema } from '../shapes/tree.ts'

export const tree = {
  /** One page of a directory by its tree id. Throws what `repository.test` throws, and `not_found`. */
  list: read.input(treeListInputSchema).output(treePageSchema),
} as const
