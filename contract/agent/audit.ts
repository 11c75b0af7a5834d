import { z } from 'zod'
import { read } from '../procedure.ts'
import { auditEntrySchema } from '../shapes/audit.ts'

export const audit = {
  /** What was done on this host, newest first, and whether the hash chain over it is intact. */
  list: read
    .input(z.object({ limit: z.number().int().min(1).max(1000) }))
    .output(z.object({ entries: z.array(auditEntrySchema), chainIntact: z.boolean() })),
} as const
