import { z } from 'zod'
import { fileNameSchema } from './file-name.ts'
import { planTotalsSchema } from './restore.ts'
import { evidenceSchema, runStateSchema } from './run.ts'

const count = z.number().int().nonnegative()
const time = z.iso.datetime()

export const targetKindSchema = z.enum(['staging', 'path', 'in-place'])
export type TargetKind = z.infer<typeof targetKindSchema>

/** How a restore ended, as one looks for it. `under-way`: it has not ended, as far as is known. */
export const pastOutcomeSchema = z.enum([
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'interrupted',
  'refused',
  'under-way',
])
export type PastOutcome = z.infer<typeof pastOutcomeSchema>

/**
 * What its evidence says. `verified`: what was written was read back, and all of it equals the snapshot. `differs`: some does
 * not, or could not be read. `none`: nothing was read back.
 */
export const pastProofSchema = z.enum(['verified', 'differs', 'none'])
export type PastProof = z.infer<typeof pastProofSchema>

/** A restore that was asked for: a run of a host, whoever started it, or what this console asked and no host carried out. */
export const pastRestoreSchema = z.object({
  hostId: z.string(),
  /** Names it on its host: the run, or the audit's entry where there is no run. */
  id: z.string(),
  runId: z.string().nullable(),
  /** When it was asked for; the host's clock where there is a run. */
  at: time,
  endedAt: time.nullable(),
  /** `user@machine`. */
  actor: z.string(),
  repositoryId: z.string().nullable(),
  /** The first, where it is taken from several. */
  snapshotId: z.string().nullable(),
  snapshotTime: z.string().nullable(),
  /** The first path that was selected; where there is no run, what was selected in words. Empty for a revert that takes from no snapshot. */
  what: fileNameSchema,
  /** How many paths were selected in all; 0 where only words are known. */
  paths: count,
  /** Null where that was not settled. */
  target: targetKindSchema.nullable(),
  targetPath: fileNameSchema.nullable(),
  state: z.union([runStateSchema, z.enum(['pending', 'refused', 'done'])]),
  outcome: pastOutcomeSchema,
  /** Files and bytes that were brought where they belong; null until it has ended. */
  files: count.nullable(),
  bytes: z.number().nonnegative().nullable(),
  /** From its start to its end; null until then. */
  seconds: z.number().nonnegative().nullable(),
  proof: pastProofSchema,
  evidence: evidenceSchema.nullable(),
  reason: z.string(),
})
export type PastRestore = z.infer<typeof pastRestoreSchema>

/** Which of them. An empty list is no condition. */
export const pastRestoreFilterSchema = z.object({
  hostIds: z.array(z.string()).max(2000),
  actors: z.array(z.string()).max(200),
  targets: z.array(targetKindSchema).max(10),
  outcomes: z.array(pastOutcomeSchema).max(10),
  proofs: z.array(pastProofSchema).max(10),
  /** Each word of it stands somewhere in what was selected, where it went, who, why, the snapshot or the host's name. */
  text: z.string().max(200),
  /** Asked for at or after, and before. */
  from: time.nullable(),
  until: time.nullable(),
})
export type PastRestoreFilter = z.infer<typeof pastRestoreFilterSchema>

/** Newest first. */
export const pastRestorePageSchema = z.object({ offset: count, total: count, items: z.array(pastRestoreSchema) })
export type PastRestorePage = z.infer<typeof pastRestorePageSchema>

export const outcomeCountsSchema = z.object({
  succeeded: count,
  partial: count,
  failed: count,
  cancelled: count,
  interrupted: count,
  refused: count,
  'under-way': count,
})
export type OutcomeCounts = z.infer<typeof outcomeCountsSchema>

export const NO_OUTCOMES: OutcomeCounts = {
  succeeded: 0,
  partial: 0,
  failed: 0,
  cancelled: 0,
  interrupted: 0,
  refused: 0,
  'under-way': 0,
}

/** How much there was of what fits a filter. */
export const pastRestoreTotalsSchema = z.object({
  outcomes: outcomeCountsSchema,
  /** Those that ended with files in their places, and of them those that were read back and equal. */
  written: count,
  verified: count,
  inPlace: count,
  files: count,
  bytes: z.number().nonnegative(),
  /** The median of those that succeeded; null where none did. */
  usualSeconds: z.number().nonnegative().nullable(),
})
export type PastRestoreTotals = z.infer<typeof pastRestoreTotalsSchema>

export const pastRestoreDaySchema = z.object({
  /** When the day begins where the asker is. */
  from: time,
  outcomes: outcomeCountsSchema,
  bytes: z.number().nonnegative(),
})
export type PastRestoreDay = z.infer<typeof pastRestoreDaySchema>

/** The median of the restores of one host that succeeded and wrote something. */
export const hostDurationSchema = z.object({ hostId: z.string(), restores: count, seconds: z.number().nonnegative() })
export type HostDuration = z.infer<typeof hostDurationSchema>

/** The plan that somebody looked at in this console before a restore was started by it. */
export const keptPlanSchema = z.object({
  hash: z.string(),
  madeAt: time,
  totals: planTotalsSchema,
  files: count,
  bytes: z.number().nonnegative(),
  commands: z.array(z.string()),
})
export type KeptPlan = z.infer<typeof keptPlanSchema>
