import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read, write } from '../procedure.ts'
import { auditEntrySchema } from '../shapes/audit.ts'
import {
  keptPlanSchema,
  pastRestoreDaySchema,
  pastRestoreFilterSchema,
  pastRestorePageSchema,
  pastRestoreSchema,
  pastRestoreTotalsSchema,
  hostDurationSchema,
} from '../shapes/past-restore.ts'
import { onHost } from './on-host.ts'

const filtered = z.object({ filter: pastRestoreFilterSchema })

/** What was restored on the hosts, whoever asked for it, and what was asked for here and refused. */
export const pastRestores = {
  page: read
    .input(filtered.extend({ offset: z.number().int().nonnegative(), limit: z.number().int().min(1).max(1000) }))
    .output(pastRestorePageSchema),
  totals: read.input(filtered).output(pastRestoreTotalsSchema),
  /**
   * What was restored on each day. Only the asker knows when a day begins where it is: `days` are these moments, from old
   * to new, and one more that ends the last.
   */
  days: read
    .input(filtered.extend({ days: z.array(z.iso.datetime()).min(2).max(400) }))
    .output(z.array(pastRestoreDaySchema)),
  durations: read.input(filtered).output(z.array(hostDurationSchema)),
  /** Everybody who has restored something, by name. */
  actors: read.output(z.array(z.string())),
  /** One of them, with what this console wrote down when it asked for it and the plan that was looked at; null where others did. */
  get: read.input(z.object({ ...onHost, id: z.string() })).output(
    z.object({
      restore: pastRestoreSchema,
      entry: auditEntrySchema.nullable(),
      plan: keptPlanSchema.nullable(),
    }),
  ),
  /** Tells that something is new, at once and then again; what, is to be asked. */
  watch: read.output(eventIterator(z.object({}))),
  /** All that fit, to be kept as a file. Audited before the first is given. */
  export: write
    .input(filtered.extend({ format: z.enum(['csv', 'json']) }))
    .output(eventIterator(pastRestorePageSchema)),
} as const
