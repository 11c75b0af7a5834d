import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read, write } from '../procedure.ts'
import { cancelInputSchema, ledgerInputSchema, ledgerPageSchema, runEventSchema, runSchema } from '../shapes/run.ts'
import {
  hostRunSchema,
  pageInputSchema,
  runNewsSchema,
  runPageSchema,
  usualDurationSchema,
} from '../shapes/run-page.ts'
import { onHost } from './on-host.ts'

const one = z.object({ ...onHost, runId: z.string() })

export const runs = {
  /** Some of the runs that this console knows of, newest first, also of hosts that cannot be reached. */
  page: read.input(pageInputSchema).output(runPageSchema),
  /** What has changed of any run, at most a few times a second; the first event says which runs go on. */
  watch: read.output(eventIterator(runNewsSchema)),
  /** Everybody who has started a run, in the order of their names. */
  starters: read.output(z.array(z.string())),
  /** What is known of one run without asking its host. Throws `not_found`. */
  known: read.input(one).output(hostRunSchema),
  /** How long runs like this one usually take on its host; null before there were enough. Throws `not_found`. */
  usual: read.input(one).output(usualDurationSchema.nullable()),
  get: read.input(one).output(runSchema),
  /** As the agent's `run.follow`; outlives a link that drops. */
  follow: read.input(one).output(eventIterator(runEventSchema)),
  ledger: read.input(ledgerInputSchema.extend(onHost)).output(ledgerPageSchema),
  cancel: write.input(cancelInputSchema.extend(onHost)).output(runSchema),
} as const
