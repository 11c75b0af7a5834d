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

const start = z.object({ request: restoreRequestSchema, requestKey: requestKeySchema })

export const restore = {
  /**
   * What a restore would do; writes nothing. Throws `conflict` (`target_unusable`, `target_in_repository`, `two_versions`,
   * `same_name`, `nothing_to_resume`, `nothing_to_retry`, `no_way_back`), `not_found` (`path`, `snapshot`, `run`),
   * `invalid_input` when nothing of what is selected can be restored, and what `repository.test` throws.
   */
  plan: read.input(z.object({ request: restoreRequestSchema })).output(restorePlanSchema),
  /** Some items of a plan that was made here. Throws `not_found` (`plan`) when it is not remembered any more: plan again. */
  planItems: read.input(planPageInputSchema).output(planPageSchema),
  /**
   * Start a restore. The same request key gives the same run. Throws `host_busy`, `no_space`, what `plan` throws, and for an
   * in-place one `conflict` (`confirmation_needed`). With a hash: `plan_drifted` when each item would not be as it was said
   * to be there; without one only a fresh target is taken, else `conflict` (`plan_needed`). Over what is there already it takes
   * an administrator: `forbidden`.
   */
  start: write.input(start.extend({ planHash: z.string().nullable() })).output(runSchema),
  /** Start a restore over the original files. Throws what `start` throws, and `conflict` (`wrong_host_name`). */
  startInPlace: administer
    .input(start.extend({ planHash: z.string(), confirmation: inPlaceConfirmationSchema }))
    .output(runSchema),
} as const
