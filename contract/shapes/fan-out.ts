import { z } from 'zod'
import { faultSchema } from '../errors.ts'
import { type Language, languageSchema } from './language.ts'
import { inPlaceConfirmationSchema, newRestoreSchema, restorePlanSchema } from './restore.ts'
import { runCountsSchema, runStateSchema } from './run.ts'

/** Hosts at most that one restore is fanned out to. */
export const MOST_HOSTS = 200

/**
 * `passed-over`: nobody asked it, for the fan-out was stopped before. `refused`: no run came of it; `fault` says why. `unknown`
 * with a fault: its run was begun, and what became of it cannot be learnt any more.
 */
export const fanOutHostStateSchema = z.union([
  runStateSchema,
  z.enum(['waiting', 'starting', 'refused', 'passed-over']),
])
export type FanOutHostState = z.infer<typeof fanOutHostStateSchema>

/** What became of a restore on one of its hosts. */
export const fanOutHostSchema = z.object({
  hostId: z.string(),
  /** As it was called when this was started; the host may be gone. */
  name: z.string(),
  repositoryId: z.string(),
  state: fanOutHostStateSchema,
  runId: z.string().nullable(),
  counts: runCountsSchema,
  fault: faultSchema.nullable(),
})
export type FanOutHost = z.infer<typeof fanOutHostSchema>

/** `partial`: it did not succeed on every host. `cancelled`: somebody stopped it. */
export const fanOutStateSchema = z.enum(['running', 'succeeded', 'partial', 'failed', 'cancelled'])
export type FanOutState = z.infer<typeof fanOutStateSchema>

/** One restore on several hosts; each has a run of its own. */
export const fanOutSchema = z.object({
  id: z.uuid(),
  state: fanOutStateSchema,
  /** `user@machine`. */
  startedBy: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** As it was put together on one host; `repositoryId` is that host's. */
  request: newRestoreSchema,
  /** Hosts that restore at the same time. */
  atOnce: z.number().int().min(1).max(32),
  /** After so many hosts on which it did not succeed no other is begun; null for never. */
  stopAfter: z.number().int().min(1).nullable(),
  /** Why it was done in place; empty for other targets. */
  reason: z.string(),
  /** The fan-out of which these are the hosts that failed. */
  follows: z.string().nullable(),
  hosts: z.array(fanOutHostSchema),
})
export type FanOut = z.infer<typeof fanOutSchema>

/** The same without what may be long. */
export const fanOutSummarySchema = fanOutSchema.omit({ request: true, hosts: true }).extend({
  /** What is restored, in words: first paths and how many more. */
  summary: z.string(),
  target: newRestoreSchema.shape.target,
  /** How many hosts are in each state. */
  hosts: z.array(z.object({ state: fanOutHostStateSchema, count: z.number().int().positive() })),
})
export type FanOutSummary = z.infer<typeof fanOutSummarySchema>

/** What a restore would do on one of the hosts, or why it could not be planned there. */
export const fanOutPlanSchema = z.object({
  hostId: z.string(),
  /** The repository of that host which has the snapshots; null where none has. */
  repositoryId: z.string().nullable(),
  /** The name that its agent says; null where it cannot be reached. */
  hostname: z.string().nullable(),
  plan: restorePlanSchema
    .pick({ hash: true, totals: true, files: true, bytes: true, targetPath: true, fresh: true, free: true })
    .nullable(),
  fault: faultSchema.nullable(),
})
export type FanOutPlan = z.infer<typeof fanOutPlanSchema>

/** A host to restore on, as it was planned there. */
export const fanOutTargetSchema = z.object({
  hostId: z.string(),
  repositoryId: z.string(),
  planHash: z.string(),
  /** The name that its agent said when it was planned. In place the agent compares it with its own. */
  hostname: z.string(),
})

export const fanOutConfirmationSchema = inPlaceConfirmationSchema.omit({ hostname: true }).extend({
  /** `fanOutPhrase` for these hosts in any language, typed. */
  phrase: z.string(),
})
export type FanOutConfirmation = z.infer<typeof fanOutConfirmationSchema>

/** No words of a page: what is typed is held against these, whichever of the languages it was shown in. */
const PHRASES: Readonly<Record<Language, (hosts: number) => string>> = {
  en: (hosts) => `restore in place on ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`,
  de: (hosts) => `auf ${hosts} ${hosts === 1 ? 'Host' : 'Hosts'} am Originalort wiederherstellen`,
}

/** What is typed to restore over original files of so many hosts, by whoever reads this language. */
export function fanOutPhrase(hosts: number, language: Language): string {
  return PHRASES[language](hosts)
}

/** Whether this is what is typed for so many hosts, in any language. */
export function isFanOutPhrase(typed: string, hosts: number): boolean {
  return languageSchema.options.some((language) => typed === fanOutPhrase(hosts, language))
}
