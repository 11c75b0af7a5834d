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

/** Who read a directory: our own reader of the format, in milliseconds, or restic, in a second or more. */
export const servedBySchema = z.enum(['native', 'restic'])
export type ServedBy = z.infer<typeof servedBySchema>

/** One page of a directory: directories first, then restic's order (raw name bytes). */
export const treePageSchema = z.object({
  treeId: treeIdSchema,
  offset: z.number().int().nonnegative(),
  /** Nodes in the whole directory. */
  total: z.number().int().nonnegative(),
  nodes: nodeColumnsSchema,
  servedBy: servedBySchema,
})

export const TREE_PAGE_LIMIT = 10_000

export const treeListInputSchema = z.object({
  repositoryId: z.string(),
  treeId: treeIdSchema,
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(TREE_PAGE_LIMIT),
})

/** What lies below a directory, itself not counted. */
export const folderTotalsSchema = z.object({
  /** Bytes of all files, a file with several names counted by each. */
  bytes: z.number().nonnegative(),
  files: z.number().int().nonnegative(),
  directories: z.number().int().nonnegative(),
  /** Links, devices, sockets …. */
  others: z.number().int().nonnegative(),
})
export type FolderTotals = z.infer<typeof folderTotalsSchema>

export const treeInputSchema = z.object({ repositoryId: z.string(), treeId: treeIdSchema })
export const treeNodeInputSchema = treeInputSchema.extend({ name: fileNameSchema })

/** One node as a listing shows it. */
export const nodeFactsSchema = z.object({
  type: nodeTypeSchema,
  size: z.number().nonnegative(),
  modified: z.string(),
  mode: z.number().int().nonnegative(),
  treeId: treeIdSchema.nullable(),
  linkTarget: fileNameSchema.nullable(),
})
export type NodeFacts = z.infer<typeof nodeFactsSchema>

/** One node with the rest of what restic keeps of it. */
export const nodeDetailsSchema = nodeFactsSchema.extend({
  name: fileNameSchema,
  accessed: z.string().nullable(),
  changed: z.string().nullable(),
  uid: z.number().int(),
  gid: z.number().int(),
  /** Empty where the recording machine had no name for it. */
  user: z.string(),
  group: z.string(),
  /** Decimal digits: it may be wider than a number. */
  inode: z.string(),
  /** Names that the file had. */
  links: z.number().int().nonnegative(),
  /** Major and minor of a device, as Linux writes them in one number, in decimal digits; null for what is none. */
  device: z.string().nullable(),
  /** Extended attributes, with the bytes that each holds. */
  attributes: z.array(
    z.object({
      name: z.string(),
      bytes: z.number().int().nonnegative(),
      /** The same for the same value, for as long as the agent runs; it tells nothing of the value. */
      mark: z.string().optional(),
    }),
  ),
  /** Blobs that its content is made of. */
  pieces: z.number().int().nonnegative(),
  /** What restic could not read of it when it was backed up; empty when all went well. */
  error: z.string(),
})
export type NodeDetails = z.infer<typeof nodeDetailsSchema>
