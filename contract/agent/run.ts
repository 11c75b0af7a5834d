import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read, write } from '../procedure.ts'
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
  /** Newest first. */
  list: read.input(z.object({ limit: z.number().int().min(1).max(1000) })).output(z.array(runSchema)),
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
  watch: read.output(eventIterator(runSchema)),
} as const
