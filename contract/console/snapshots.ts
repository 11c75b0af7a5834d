import { z } from 'zod'
import { read } from '../procedure.ts'
import { snapshotColumnsSchema } from '../shapes/snapshot.ts'
import { onHost } from './on-host.ts'

export const snapshots = {
  /**
   * Newest first. While the host, or the server behind it, cannot be reached: the list that was read last, with when
   * that was as `keptSince`; else that is null.
   */
  list: read
    .input(z.object({ ...onHost, repositoryId: z.string() }))
    .output(z.object({ snapshots: snapshotColumnsSchema, keptSince: z.iso.datetime().nullable() })),
} as const
