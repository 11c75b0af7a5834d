import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read } from '../procedure.ts'
import { auditEntrySchema } from '../shapes/audit.ts'

const query = z.object({ hostId: z.string().nullable(), limit: z.number().int().min(1).max(1000) })

export const audit = {
  /** Newest first; `hostId` null for all hosts. */
  recent: read.input(query).output(z.array(auditEntrySchema)),
  /** The same list, again whenever it changes. */
  watch: read.input(query).output(eventIterator(z.array(auditEntrySchema))),
} as const
