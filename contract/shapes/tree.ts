import { z } from 'zod'
import { columns } from './columns.ts'
import { fileNameSchema } from './file-name.ts'

/** The types of node that restic records. */
export const nodeTypeSchema = z.enum(['file', 'dir', 'symlink', 'dev', 'chardev', 'fifo', 'socket', 'irregular'])
export type NodeType = z.infer<typeof nodeTypeSchema>

/** SHA-256 of a tree's stored form, 64 hexadecimal digits; the same id is always the same listing. */
export const treeIdSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** Nodes of one directory, in columns. */
export const nodeColumnsSchema = columns({
  name: fileNameSchema,
  type: nodeTypeSchema,
  /** Bytes; 0 for what has none. */
  size: z.number().nonnegative(),
  /** RFC 3339 with the recording machine's offset and up to nine fractional digits, as restic keeps it. */
  modified: z.string(),
  /** Permission bits with set-uid, set-gid and sticky, as in POSIX: at most 0o7777. */
  mode: z.number().int().nonnegative(),
  /** The directory's own listing; null for what is no directory. */
  treeId: treeIdSchema.nullable(),
  /** Where a symbolic link points; null for all else. */
  linkTarget: fileNameSchema.nullable(),
})
export type NodeColumns = z.infer<typeof nodeColumnsSchema>

/** One page of a directory: directories first, then restic's order (raw name bytes). */
export const treePageSchema = z.object({
  treeId: treeIdSchema,
  offset: z.number().int().nonnegative(),
  /** Nodes in the whole directory. */
  total: z.number().int().nonnegative(),
  nodes: nodeColumnsSchema,
})
export type TreePage = z.infer<typeof treePageSchema>

export const TREE_PAGE_LIMIT = 10_000

export const treeListInputSchema = z.object({
  repositoryId: z.string(),
  treeId: treeIdSchema,
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(TREE_PAGE_LIMIT),
})
