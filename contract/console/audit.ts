import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { read } from '../procedure.ts'
import { auditEntrySchema } from '../shapes/audit.ts'
import { auditAnchorSchema, auditCheckSchema } from '../shapes/audit-chain.ts'
import { onHost } from './on-host.ts'

const query = z.object({ hostId: z.string().nullable(), limit: z.number().int().min(1).max(1000) })

export const audit = {
  /** Newest first; `hostId` null for all hosts. */
  recent: read.input(query).output(z.array(auditEntrySchema)),
  /** The same list, again whenever it changes. */
  watch: read.input(query).output(eventIterator(z.array(auditEntrySchema))),
  /**
   * Have a host's agent check its own audit from the first entry; `anchor` null for no anchor. Throws `unreachable`,
   * `conflict` (`other_anchor`).
   */
  verify: read.input(z.object({ ...onHost, anchor: auditAnchorSchema.nullable() })).output(auditCheckSchema),
  /** Where a host's audit stands now, to be kept away from that host. Throws `unreachable`, `conflict` (`audit_broken`). */
  anchor: read.input(z.object(onHost)).output(auditAnchorSchema),
  /** Check this console's own audit, and that what is listed is what it says. Throws `conflict` (`other_anchor`). */
  verifyOwn: read.input(z.object({ anchor: auditAnchorSchema.nullable() })).output(auditCheckSchema),
  /** Where this console's own audit stands now, to be kept elsewhere. Throws `conflict` (`audit_broken`). */
  anchorOwn: read.output(auditAnchorSchema),
} as const
