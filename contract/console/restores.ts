import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import {
  inPlaceConfirmationSchema,
  planPageInputSchema,
  planPageSchema,
  restorePlanSchema,
  restoreRequestSchema,
} from '../shapes/restore.ts'
import { restoreDefaultSchema, restoreDefaultsSchema } from '../shapes/restore-default.ts'
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
  /** How a restore is meant until somebody says otherwise: what the page begins with. Of this console, and of the workspace. */
  defaults: read.output(restoreDefaultsSchema),
  /** For every host of the workspace that has nothing of its own. Audited. */
  changeDefault: write.input(z.object({ chosen: restoreDefaultSchema })).output(restoreDefaultsSchema),
  /** For one host; null for what holds for all. Audited. Throws `not_found`. */
  changeDefaultOn: write
    .input(z.object({ ...onHost, chosen: restoreDefaultSchema.nullable() }))
    .output(restoreDefaultsSchema),
} as const
