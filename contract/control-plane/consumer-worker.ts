import { z } from 'zod'
import { whySchema } from '../reasons.ts'

/** What the console starts its own restore consumer with. */
export const consumerWorkerDataSchema = z.object({
  dataDirectory: z.string(),
  scratch: z.string(),
  resticCandidates: z.array(z.string()),
  /** The consumer's API of the plane that it works for, where it is now. */
  planeUrl: z.url(),
  planePin: z.string(),
  /** Null where it was enrolled before. */
  code: z.string().nullable(),
  name: z.string(),
  /** Bytes that all restores together may take; null for all that is free. */
  budget: z.number().int().nonnegative().nullable(),
})
export type ConsumerWorkerData = z.infer<typeof consumerWorkerDataSchema>

export const workerReplicaSchema = z.object({
  key: z.string(),
  replicaId: z.string(),
  machineId: z.string(),
  name: z.string(),
  type: z.string(),
  intent: z.string(),
  snapshotId: z.string().nullable(),
  verifiedSnapshotId: z.string().nullable(),
  verifiedAt: z.string().nullable(),
  /** `running`, `queued`, or why it waits. */
  state: z.string(),
  /** Until when it waits; null where that is not a matter of time. */
  until: z.string().nullable(),
  /** Which in the queue, from 1. */
  position: z.number().int().nullable(),
  step: z.string().nullable(),
  error: z.string().nullable(),
})
export type WorkerReplica = z.infer<typeof workerReplicaSchema>

/** What it posts: when it is enrolled, and how it stands, whenever that has changed. */
export const consumerWorkerMessageSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('enrolled'), deviceId: z.string() }),
  z.object({
    say: z.literal('standing'),
    /** When the worklist was last fetched, and why not since. */
    fetchedAt: z.string().nullable(),
    fetchError: z.string().nullable(),
    why: whySchema,
    untold: z.number().int(),
    /** Bytes of scratch that are taken now. */
    scratchBytes: z.number().nonnegative(),
    replicas: z.array(workerReplicaSchema),
  }),
])
export type ConsumerWorkerMessage = z.infer<typeof consumerWorkerMessageSchema>

/** What it is told. */
export const consumerWorkerOrderSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('close') }),
  /** Restore one again, also where it was verified or is to wait. */
  z.object({ do: z.literal('verify-now'), key: z.string() }),
])
export type ConsumerWorkerOrder = z.infer<typeof consumerWorkerOrderSchema>
