import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import { consumerCodeSchema, consumerConnectionSchema, consumerSchema, issuedAccessSchema } from '../shapes/consumer.ts'
import { ownConsumerSchema } from '../shapes/own-consumer.ts'
import { plannedRestoreSchema } from '../shapes/replica.ts'
import { onPlane } from './planes.ts'

const one = z.object({ ...onPlane, consumerId: z.uuid() })

/** Who restores replicas. All throw `unreachable`. */
export const consumers = {
  /** Of all planes of the workspace, by name; again whenever something has changed. */
  watch: read.output(eventIterator(z.array(consumerSchema))),
  /** What it would be sent if it asked now; null where the plane cannot say. */
  worklist: read.input(one).output(z.array(plannedRestoreSchema).nullable()),
  /** Newest first; null where the plane cannot say. `before`: the `next` of the page before. */
  issuances: read
    .input(one.extend({ before: z.string().nullable() }))
    .output(z.object({ items: z.array(issuedAccessSchema), next: z.string().nullable() }).nullable()),
  connections: read.input(one).output(z.array(consumerConnectionSchema).nullable()),
  /** A one-time code for a new one. Audited. Throws `conflict` (`plane_without_enrolment`). */
  code: administer.input(z.object({ ...onPlane, name: z.string().trim().min(1).max(100) })).output(consumerCodeSchema),
  /** Take the role away: it is refused from then on, and what it may read ends. Audited. */
  dismiss: administer.input(one).output(z.object({})),
  /** The one that this console carries itself, for the workspace's embedded plane; again whenever it has changed. */
  watchOwn: read.output(eventIterator(ownConsumerSchema)),
  /** Switch it on, or off; what it knows stays. Audited. Throws `conflict` (`embedded_plane_off`). */
  setOwn: administer.input(z.object({ on: z.boolean() })).output(ownConsumerSchema),
  /** Have it restore one again now, also where it was verified. Audited. Throws `not_found`, `conflict` (`own_consumer_off`). */
  verifyNow: write.input(z.object({ key: z.string() })).output(z.object({})),
} as const
