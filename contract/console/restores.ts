import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import {
  inPlaceConfirmationSchema,
  planPageInputSchema,
  planPageSchema,
  restorePlanSchema,
  restoreRequestSchema,
} from '../shapes/restore.ts'
import { requestKeySchema, runSchema } from '../shapes/run.ts'
import { onHost } from './on-host.ts'

const start = z.object({ ...onHost, request: restoreRequestSchema, requestKey: requestKeySchema })

/** As the agent's `restore` calls, for one host. */
export const restores = {
  plan: read.input(z.object({ ...onHost, request: restoreRequestSchema })).output(restorePlanSchema),
  planItems: read.input(planPageInputSchema.extend(onHost)).output(planPageSchema),
  /** Audited before it is dispatched. The same request key gives the same run. */
  start: write.input(start.extend({ planHash: z.string().nullable() })).output(runSchema),
  /** The same for original files. The host's name and the role are checked here, and again by the agent. */
  startInPlace: administer
    .input(start.extend({ planHash: z.string(), confirmation: inPlaceConfirmationSchema }))
    .output(runSchema),
} as const
