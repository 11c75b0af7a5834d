import { z } from 'zod'

/**
 * An entry of a plane's worklist as this consumer needs it, read loosely: fields of other versions are left alone. The first Canopy calls
 * a machine a server.
 */
export const entrySchema = z
  .looseObject({
    replica_id: z.uuid(),
    group_id: z.uuid(),
    machine_id: z.uuid().optional(),
    server_id: z.uuid().optional(),
    type: z.string(),
    intent: z.string(),
    name: z.string().optional(),
    params: z.record(z.string(), z.unknown()).default({}),
    snapshot_id: z.string().nullish(),
    snapshot_at: z.string().nullish(),
    storage: z.string().default('s3'),
    bucket: z.string().default(''),
    prefix: z.string().default(''),
    region: z.string().default(''),
    repository_url: z.string().optional(),
  })
  .transform((entry, context) => {
    const machineId = entry.machine_id ?? entry.server_id
    if (machineId === undefined) {
      context.addIssue('an entry names no machine')
      return z.NEVER
    }
    return {
      replicaId: entry.replica_id,
      groupId: entry.group_id,
      machineId,
      type: entry.type,
      intent: entry.intent,
      name: entry.name ?? entry.intent,
      params: entry.params,
      snapshotId: entry.snapshot_id ?? null,
      snapshotAt: entry.snapshot_at ?? null,
      storage: entry.storage,
      bucket: entry.bucket,
      prefix: entry.prefix,
      region: entry.region,
      repositoryUrl: entry.repository_url ?? null,
    }
  })
export type Entry = z.infer<typeof entrySchema>

/** An entry as the ledger keeps it. */
export const keptEntrySchema = z.object({
  replicaId: z.string(),
  groupId: z.string(),
  machineId: z.string(),
  type: z.string(),
  intent: z.string(),
  name: z.string(),
  params: z.record(z.string(), z.unknown()),
  snapshotId: z.string().nullable(),
  snapshotAt: z.string().nullable(),
  storage: z.string(),
  bucket: z.string(),
  prefix: z.string(),
  region: z.string(),
  repositoryUrl: z.string().nullable(),
}) satisfies z.ZodType<Entry>

/** What an entry is of: a declaration of several machines has an entry for each. */
export function keyOf({ replicaId, machineId }: Pick<Entry, 'replicaId' | 'machineId'>): string {
  return `${replicaId} ${machineId}`
}
