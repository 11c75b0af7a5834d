import { z } from 'zod'
import { snapshotIdSchema } from '../../contract/shapes/snapshot.ts'
import { treeIdSchema } from '../../contract/shapes/tree.ts'
import type { ResticRepository } from './repository.ts'
import { askRestic, type ResticCommand } from './run-restic.ts'

/** A snapshot with all that restic says of it, in its order. */
const recordSchema = z.looseObject({ id: snapshotIdSchema, time: z.string(), tree: treeIdSchema })
export type SnapshotRecord = z.infer<typeof recordSchema>

/** What was checked is given as restic wrote it: the order of its fields is part of it. */
const records: ResticCommand<SnapshotRecord[]> = {
  args: ['snapshots', '--json', '--no-lock'],
  parse: (stdout) => {
    const found: unknown = JSON.parse(stdout)
    z.array(recordSchema).parse(found)
    return found as SnapshotRecord[]
  },
}

/** All snapshots as restic prints them, in its order. Throws what `completeRestic` throws. */
export function listSnapshotRecords(
  repository: ResticRepository,
  options: { readonly signal?: AbortSignal },
): Promise<SnapshotRecord[]> {
  return askRestic(repository, records, options)
}
