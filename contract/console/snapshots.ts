import { z } from 'zod'
import { read } from '../procedure.ts'
import { snapshotColumnsSchema } from '../shapes/snapshot.ts'
import { onHost } from './on-host.ts'

export const snapshots = {
  list: read.input(z.object({ ...onHost, repositoryId: z.string() })).output(snapshotColumnsSchema),
} as const
