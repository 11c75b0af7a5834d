import { read, write } from '../procedure.ts'
import { restorePlanSchema, restoreRequestSchema } from '../shapes/restore.ts'
import { requestKeySchema, runSchema } from '../shapes/run.ts'
import { onHost } from './on-host.ts'

export const restores = {
  plan: read.input(restoreRequestSchema.extend(onHost)).output(restorePlanSchema),
  /** Audited before it is dispatched. The same request key gives the same run. */
  start: write.input(restoreRequestSchema.extend({ ...onHost, requestKey: requestKeySchema })).output(runSchema),
} as const
