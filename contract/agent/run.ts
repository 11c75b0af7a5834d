import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read, write } from '../procedure.ts'
import { runChangesInputSchema, runChangesSchema, runSummarySchema } from '../shapes/run-summary.ts'
import {
  cancelInputSchema,
  ledgerInputSchema,
  ledgerPageSchema,
  requestKeySchema,
  runEventSchema,
  runSchema,
} from '../shapes/run.ts'

const one = z.object({ runId: z.string() })

export const run = {
  /** Newest first; `before` is the last of the page before, null for the first page. Throws `not_found` for one that is none. */
  list: read
    .input(z.object({ before: z.string().nullable().default(null), limit: z.number().int().min(1).max(1000) }))
    .output(z.array(runSummarySchema)),
  /** Every run that has changed since a change: asked for until `through` is `last`, that is all there is to know. */
  changes: read.input(runChangesInputSchema).output(runChangesSchema),
  get: read.input(one).output(runSchema),
  /** The run that a start with this request key began, or was given; null where there is none. */
  byKey: read.input(z.object({ requestKey: requestKeySchema })).output(z.object({ run: runSchema.nullable() })),
  /**
   * Everything that happened in a run and then what happens, until it has ended. Event ids are sequence numbers: a
   * reader that comes back is given what it has not seen. Of old progress only the last samples are replayed.
   */
  follow: read.input(one).output(eventIterator(runEventSchema)),
  ledger: read.input(ledgerInputSchema).output(ledgerPageSchema),
  /**
   * Really end a run. `now`: SIGTERM, a grace, SIGKILL; answers when it has ended, or at once when it had. `between`: after the
   * part that it is at (`progress.part`); answers at once, and may be followed by `now`.
   */
  cancel: write.input(cancelInputSchema).output(runSchema),
  /** Every run of the host whenever its state or progress changes; the active run first, if there is one. */
  watch: read.output(eventIterator(runSummarySchema)),
} as const
