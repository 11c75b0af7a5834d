import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import {
  declarationSchema,
  replicaAccessSchema,
  replicaBoardSchema,
  replicaPreviewSchema,
  replicaSchema,
} from '../shapes/replica.ts'
import { onPlane } from './planes.ts'

const one = z.object({ ...onPlane, replicaId: z.uuid() })

/**
 * What should be restorable, and how it stands. Every change is audited here before it is sent. All throw `unreachable`; changes
 * throw `forbidden` (`safety-mode: write`, `safety-mode: danger` where the plane has modes and is in a lower one) and `invalid_input`
 * with the plane's own sentence.
 */
export const replicas = {
  /** Of all planes of the workspace; again whenever something has changed. */
  watch: read.output(eventIterator(replicaBoardSchema)),
  /** Ask the planes again now. */
  refresh: read.output(z.object({})),
  /** Null where the plane cannot say. `replicaId`: what the change of this one would come to. */
  preview: read
    .input(z.object({ ...onPlane, replicaId: z.uuid().nullable(), declaration: declarationSchema }))
    .output(replicaPreviewSchema.nullable()),
  /** Access that would end with it; null where the plane cannot say. */
  revokes: read.input(one).output(z.array(replicaAccessSchema).nullable()),
  /** Throws `conflict` (`replica_exists`, its id as the detail where it is known). */
  declare: write.input(z.object({ ...onPlane, declaration: declarationSchema })).output(replicaSchema),
  /** Throws `not_found`; `conflict`: `replica_exists`, `replica_changed` where it is not as `updatedAt` says any more. */
  change: write.input(one.extend({ declaration: declarationSchema, updatedAt: z.string() })).output(replicaSchema),
  setEnabled: write.input(one.extend({ enabled: z.boolean(), updatedAt: z.string() })).output(replicaSchema),
  /** Its history stays. Throws `not_found`, `conflict` (`wrong_replica_name`). */
  remove: administer.input(one.extend({ typed: z.string() })).output(z.object({})),
} as const
