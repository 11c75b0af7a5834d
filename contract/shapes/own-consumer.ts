import { z } from 'zod'
import { workerReplicaSchema } from '../control-plane/consumer-worker.ts'
import { whySchema } from '../reasons.ts'

const moment = z.iso.datetime({ offset: true })

/** A replica as the console's own consumer has it. */
export const provenReplicaSchema = workerReplicaSchema
export type ProvenReplica = z.infer<typeof provenReplicaSchema>

/**
 * The restore consumer that the console carries beside its embedded control plane. `waiting`: it is switched on, and the plane is off or
 * not there yet.
 */
export const ownConsumerSchema = z.object({
  planeId: z.uuid(),
  state: z.enum(['off', 'waiting', 'starting', 'working', 'failed']),
  /** Why it failed, in its own words. */
  reason: z.string().nullable(),
  /** As the plane knows it; null before it was enrolled. */
  consumerId: z.string().nullable(),
  fetchedAt: moment.nullable(),
  /** Why the worklist could not be fetched since. */
  fetchError: z.string().nullable(),
  /** The code of whichever of the two there is. */
  why: whySchema,
  /** Verifications that the plane was not told yet. */
  untold: z.number().int().nonnegative(),
  /** Where it restores to, and bytes that are taken there now. */
  scratch: z.string().nullable(),
  scratchBytes: z.number().nonnegative(),
  replicas: z.array(provenReplicaSchema),
})
export type OwnConsumer = z.infer<typeof ownConsumerSchema>
