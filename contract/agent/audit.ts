import { z } from 'zod'
import { read } from '../procedure.ts'
import { auditEntrySchema } from '../shapes/audit.ts'
import { auditAnchorSchema, auditCheckSchema } from '../shapes/audit-chain.ts'

export const audit = {
  /** What was done on this host, newest first, and whether the hash chain over it is intact. */
  list: read
    .input(z.object({ limit: z.number().int().min(1).max(1000) }))
    .output(z.object({ entries: z.array(auditEntrySchema), chainIntact: z.boolean() })),
  /**
   * Check the whole audit anew, from its first entry, and say which is the first that is not as it was written. Throws `conflict` (`other_anchor`) for an anchor of another agent.
   */
  verify: read.input(z.object({ anchor: auditAnchorSchema.nullable() })).output(auditCheckSchema),
  /** Where the audit stands now, to be kept elsewhere. Throws `conflict` (`audit_broken`) where it is not whole. */
  anchor: read.output(auditAnchorSchema),
} as const
