import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read, write } from '../procedure.ts'
import { cancelInputSchema, ledgerInputSchema, ledgerPageSchema, runEventSchema, runSchema } from '../shapes/run.ts'
import { onHost } from './on-host.ts'

const one = z.object({ ...onHost, runId: z.string() })

export const runs = {
  /** Newest first. */
  list: read
    .input(z.object({ hostId: z.string().nullable(), limit: z.number().int().min(1).max(1000) }))
    .output(z.array(z.object({ hostId: z.string(), run: runSchema }))),
  get: read.input(one).output(runSchema),
  /** As the agent's `run.follow`; outlives a link that drops. */
  follow: read.input(one).output(eventIterator(runEventSchema)),
  ledger: read.input(ledgerInputSchema.extend(onHost)).output(ledgerPageSchema),
  cancel: write.input(cancelInputSchema.extend(onHost)).output(runSchema),
} as const
