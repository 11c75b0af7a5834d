import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read, write } from '../procedure.ts'
import { verificationPageSchema } from '../shapes/verification.ts'
import { onPlane } from './planes.ts'

const filter = z.object({
  ...onPlane,
  replicaId: z.string().nullable(),
  machineId: z.string().nullable(),
  groupId: z.string().nullable(),
  consumerId: z.string().nullable(),
})

/** What was reported of the restores of replicas, newest first. All throw `unreachable`. */
export const verifications = {
  /** `before`: the `next` of the page before. A plane without `history` gives its last 50 of a group, and no `next`. */
  page: read
    .input(filter.extend({ before: z.string().nullable(), limit: z.number().int().min(1).max(1000) }))
    .output(verificationPageSchema),
  /** All of them, to be kept as a file. Audited before the first is given. */
  export: write.input(filter.extend({ format: z.enum(['csv', 'json']) })).output(eventIterator(verificationPageSchema)),
} as const
