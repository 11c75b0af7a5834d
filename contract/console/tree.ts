import { read } from '../procedure.ts'
import { treeListInputSchema, treePageSchema } from '../shapes/tree.ts'
import { onHost } from './on-host.ts'

export const tree = {
  list: read.input(treeListInputSchema.extend(onHost)).output(treePageSchema),
} as const
