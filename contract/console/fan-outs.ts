import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import {
  fanOutConfirmationSchema,
  fanOutPlanSchema,
  fanOutSchema,
  fanOutSummarySchema,
  fanOutTargetSchema,
  MOST_HOSTS,
} from '../shapes/fan-out.ts'
import { newRestoreSchema } from '../shapes/restore.ts'

const one = z.object({ fanOutId: z.string() })

const start = z.object({
  /** Made by the asker once per intention: the same id gives the same fan-out, however often it is sent. */
  id: z.uuid(),
  request: newRestoreSchema,
  targets: z.array(fanOutTargetSchema).min(1).max(MOST_HOSTS),
  atOnce: fanOutSchema.shape.atOnce,
  stopAfter: fanOutSchema.shape.stopAfter,
  follows: fanOutSchema.shape.follows,
})

/** One restore on several hosts of a workspace. Each host plans, runs and audits it as if it were asked alone. */
export const fanOuts = {
  /**
   * What a restore that was put together on `hostId` would do on each of these hosts, as the answers come, some at a time.
   * Each host's own repository with the same snapshots is found. Writes nothing.
   */
  plan: read
    .input(
      z.object({
        hostId: z.string(),
        request: newRestoreSchema,
        hostIds: z.array(z.string()).min(1).max(MOST_HOSTS),
      }),
    )
    .output(eventIterator(fanOutPlanSchema)),
  /** Each host's start is audited before it is sent. Goes on when this console was closed and is there again. */
  start: write.input(start).output(fanOutSchema),
  /** The same over original files. Throws `conflict` (`wrong_phrase`; the detail is how many hosts it is for). */
  startInPlace: administer.input(start.extend({ confirmation: fanOutConfirmationSchema })).output(fanOutSchema),
  /** Newest first, again whenever one has changed. */
  watch: read
    .input(z.object({ limit: z.number().int().min(1).max(1000) }))
    .output(eventIterator(z.array(fanOutSummarySchema))),
  /** One as it is, and again whenever it has changed, until it has ended. Throws `not_found`. */
  follow: read.input(one).output(eventIterator(fanOutSchema)),
  /** Start no further hosts; `now` also cancels the runs that go on. Throws `not_found`. */
  cancel: write.input(one.extend({ when: z.enum(['between', 'now']) })).output(fanOutSchema),
} as const
