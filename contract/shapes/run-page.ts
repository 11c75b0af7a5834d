import { z } from 'zod'
import { runKindSchema, runStateSchema } from './run.ts'
import { runSummarySchema } from './run-summary.ts'

/** Which runs are wanted; null, or an empty text, for all. */
export const runFilterSchema = z.object({
  hostId: z.string().nullable(),
  kinds: z.array(runKindSchema).min(1).nullable(),
  states: z.array(runStateSchema).min(1).nullable(),
  /** `user@machine`, exactly. */
  startedBy: z.string().nullable(),
  /** The run that they resume, retry or revert. */
  follows: z.string().nullable(),
  /** What some of it must contain, without regard to case: its id, paths, starter, the name of its host or repository. */
  text: z.string().max(500),
  /** Begun (queued) at or after, and before. */
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
})
export type RunFilter = z.infer<typeof runFilterSchema>

/** The filter that leaves none out. */
export const ALL_RUNS: RunFilter = {
  hostId: null,
  kinds: null,
  states: null,
  startedBy: null,
  follows: null,
  text: '',
  from: null,
  to: null,
}

export const pageInputSchema = runFilterSchema.extend({
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
})
export type RunPageInput = z.infer<typeof pageInputSchema>

export const hostRunSchema = z.object({ hostId: z.string(), run: runSummarySchema })
export type HostRun = z.infer<typeof hostRunSchema>

export const runPageSchema = z.object({
  offset: z.number().int().nonnegative(),
  /** How many fit the filter. */
  total: z.number().int().nonnegative(),
  runs: z.array(hostRunSchema),
})
export type RunPage = z.infer<typeof runPageSchema>

/** What has changed since the event before. */
export const runNewsSchema = z.object({
  /** Runs that go on, or have just ended, as they are now. */
  runs: z.array(hostRunSchema),
  /** Runs have begun, ended or become known: any page may be another one. */
  moved: z.boolean(),
})
export type RunNews = z.infer<typeof runNewsSchema>

/** Seconds that the last runs of the same host, kind, repository and kind of target took, of those that succeeded. */
export const usualDurationSchema = z.object({
  /** How many it is taken from. */
  runs: z.number().int().positive(),
  median: z.number().nonnegative(),
  /** Nine of ten took no longer. */
  ninetieth: z.number().nonnegative(),
})
export type UsualDuration = z.infer<typeof usualDurationSchema>
