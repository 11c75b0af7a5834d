import { z } from 'zod'
import { type Snapshot, snapshotIdSchema } from '../../contract/shapes/snapshot.ts'
import { treeIdSchema } from '../../contract/shapes/tree.ts'
import type { ResticRepository } from './repository.ts'
import { askRestic, type ResticCommand } from './run-restic.ts'

const summarySchema = z.object({
  total_files_processed: z.number().int().nonnegative(),
  total_bytes_processed: z.number().nonnegative(),
})

/** A snapshot as it is stored; restic prints it with its id. */
const storedSchema = z.object({
  time: z.string(),
  tree: treeIdSchema,
  paths: z.array(z.string()).nullish(),
  hostname: z.string().optional(),
  username: z.string().optional(),
  tags: z.array(z.string()).nullish(),
  summary: summarySchema.optional().catch(undefined),
})
const snapshotSchema = storedSchema.extend({ id: snapshotIdSchema })

/** Without a lock, so that it works on a repository that is read-only or locked. */
const snapshots: ResticCommand<Snapshot[]> = {
  args: ['snapshots', '--json', '--no-lock'],
  parse: (stdout) => newestFirst(z.array(snapshotSchema).parse(JSON.parse(stdout)).map(toSnapshot)),
}

/**
 * All snapshots, newest first. One whose file is damaged is missing: restic says so only on standard error and exits 0.
 * Throws what `completeRestic` throws.
 */
export function listSnapshots(
  repository: ResticRepository,
  options: {
    readonly signal?: AbortSignal
    /** What restic complains of meanwhile, among it that it tries again. */
    readonly onStderrLine?: (line: string) => void
  },
): Promise<Snapshot[]> {
  return askRestic(repository, snapshots, options)
}

/** The stored form of a snapshot, parsed, as restic lists it; undefined when it is none. */
export function readStoredSnapshot(id: string, stored: unknown): Snapshot | undefined {
  const read = storedSchema.safeParse(stored)
  if (!read.success) return undefined
  const { paths, ...others } = toSnapshot({ id, ...read.data })
  return { ...others, paths: paths.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))) }
}

function toSnapshot(found: z.infer<typeof snapshotSchema>): Snapshot {
  return {
    id: found.id,
    time: found.time,
    hostname: found.hostname ?? '',
    username: found.username ?? '',
    paths: found.paths ?? [],
    tags: found.tags ?? [],
    treeId: found.tree,
    files: found.summary?.total_files_processed ?? null,
    bytes: found.summary?.total_bytes_processed ?? null,
  }
}

export function newestFirst(list: readonly Snapshot[]): Snapshot[] {
  const moments = new Map(list.map((snapshot) => [snapshot, Date.parse(snapshot.time)]))
  const momentOf = (snapshot: Snapshot) => moments.get(snapshot) ?? 0
  return list.toSorted((left, right) => momentOf(right) - momentOf(left))
}
