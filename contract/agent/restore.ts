import { read, write } from '../procedure.ts'
import { restorePlanSchema, restoreRequestSchema } from '../shapes/restore.ts'
import { requestKeySchema, runSchema } from '../shapes/run.ts'

export const restore = {
  /** What a restore would do; writes nothing. Throws `conflict` (`target_not_empty`, `target_unusable`), `no_space`. */
  plan: read.input(restoreRequestSchema).output(restorePlanSchema),
  /** Start a restore. The same request key gives the same run. Throws `host_busy` and what `plan` throws. */
  start: write.input(restoreRequestSchema.extend({ requestKey: requestKeySchema })).output(runSchema),
} as const
