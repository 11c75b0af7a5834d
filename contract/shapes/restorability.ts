import { z } from 'zod'
import { snapshotIdSchema } from './snapshot.ts'

const time = z.iso.datetime()

/**
 * Whether a repository was shown to give its data back. `failed`: the last attempt, or the last report of a replica after it, failed or read back what differs.
 * `never`: nothing was proven. `stale`: what was proven is older than its bound.
 */
export const proofStateSchema = z.enum(['failed', 'never', 'stale', 'fresh'])
export type ProofState = z.infer<typeof proofStateSchema>

/** Days that a proof may be old. */
export const proofBoundSchema = z.number().int().min(1).max(3650)
export const USUAL_PROOF_BOUND = 30

/** A restore that succeeded, was read back whole, and equals the snapshot. */
export const restoreProofSchema = z.object({
  runId: z.string(),
  at: time,
  bytes: z.number().nonnegative().nullable(),
  seconds: z.number().nonnegative().nullable(),
})
export type RestoreProof = z.infer<typeof restoreProofSchema>

/** What a consumer has shown of a repository: it restored one of its snapshots somewhere else, and proved what came of it. */
export const repositoryVerificationSchema = z.object({
  planeId: z.uuid(),
  replicaId: z.string(),
  /** What the replica is called. */
  replica: z.string(),
  machine: z.string().nullable(),
  /** When the consumer saw it, by its own clock. */
  at: z.iso.datetime({ offset: true }),
  healthy: z.boolean(),
  snapshotId: z.string().nullable(),
  /** In full, as the consumer said it. */
  error: z.string().nullable(),
  /** What was started of it; null where nothing was, or nobody said. */
  started: z.object({ postgres: z.string().nullable(), databases: z.number().int().nullable() }).nullable(),
})
export type RepositoryVerification = z.infer<typeof repositoryVerificationSchema>

/** One repository as one host sees it. */
export const restorabilitySchema = z.object({
  hostId: z.string(),
  repositoryId: z.string(),
  state: proofStateSchema,
  /** The newest that it was last known to hold; its time keeps the offset of the machine that made it. */
  lastSnapshot: z.object({ id: snapshotIdSchema, time: z.string() }).nullable(),
  lastProof: restoreProofSchema.nullable(),
  /** The newest that was healthy; it proves as much as a restore that was read back. */
  lastVerified: repositoryVerificationSchema.nullable(),
  /** The newest of a replica whose last report is not healthy. */
  failing: repositoryVerificationSchema.nullable(),
  /** The last restore that ended with something to learn from; cancelled ones say nothing. */
  lastAttempt: z.object({ runId: z.string(), at: time, failed: z.boolean() }).nullable(),
  boundDays: proofBoundSchema,
  /** The bound is this repository's own. */
  ownBound: z.boolean(),
  /** Bytes per second of the last proofs, from old to new. */
  rates: z.array(z.number().nonnegative()),
})
export type Restorability = z.infer<typeof restorabilitySchema>

export const restorabilityBoardSchema = z.object({
  usualBoundDays: proofBoundSchema,
  /** Worst first. */
  repositories: z.array(restorabilitySchema),
})
export type RestorabilityBoard = z.infer<typeof restorabilityBoardSchema>
