import { z } from 'zod'
import { columns, type RowOf } from './columns.ts'
import { fileNameSchema } from './file-name.ts'
import { treeIdSchema } from './tree.ts'

/** SHA-256 of the snapshot file, 64 hexadecimal digits; never restic's `latest`, which may be another host's. */
export const snapshotIdSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** Snapshots of a repository, newest first. */
export const snapshotColumnsSchema = columns({
  id: snapshotIdSchema,
  /** RFC 3339 with the recording machine's offset. */
  time: z.string(),
  /** The name of the machine that was backed up; often, not always, the host that holds the repository. */
  hostname: z.string(),
  username: z.string(),
  paths: z.array(fileNameSchema),
  tags: z.array(z.string()),
  /** The root directory's listing. */
  treeId: treeIdSchema,
  /** Files and bytes that the backup saw; null in snapshots written before restic 0.17. */
  files: z.number().int().nonnegative().nullable(),
  bytes: z.number().nonnegative().nullable(),
})
export type SnapshotColumns = z.infer<typeof snapshotColumnsSchema>
export type Snapshot = RowOf<SnapshotColumns>
