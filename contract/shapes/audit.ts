import { z } from 'zod'
import { evidenceSchema, runCountsSchema, runStateSchema } from './run.ts'

/** In place of a host's id, of what a console did by itself. */
export const NO_HOST = ''

/** Who did what, written before it is carried out and completed with the outcome. */
export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  action: z.enum([
    'host.restore',
    'host.initialise',
    'host.sample',
    'host.cancel',
    'host.backup',
    'host.diff',
    'host.enrol',
    'host.remove',
    'repository.change',
    'file.preview',
    'repository.add',
    'repository.remove',
    'peer.invite',
    'peer.enrol',
    'peer.revoke',
    'call.refused',
    // What a console did by itself, without a host.
    'console.export',
    'console.settings',
    'console.unlock-failed',
    'console.refused',
    'workspace.change',
    // What was asked of a control plane.
    'plane.add',
    'plane.change',
    'plane.remove',
    'plane.embedded',
    'plane.mode',
    'plane.group',
    'consumer.invite',
    'consumer.own',
    'consumer.verify',
    'consumer.dismiss',
    'replica.declare',
    'replica.change',
    'replica.enable',
    'replica.disable',
    'replica.remove',
  ]),
  /** `user@machine`. */
  actor: z.string(),
  /** The door it came through: this desktop's window, a browser on loopback, a paired console. */
  origin: z.string(),
  /** Empty for what a console did by itself, without a host. */
  hostId: z.string(),
  repositoryId: z.string().nullable(),
  runId: z.string().nullable(),
  requestKey: z.string().nullable(),
  /** The first, where it is taken from several. */
  snapshotId: z.string().nullable(),
  /** What was selected, in words a reader of the audit understands; first paths and how many more. */
  summary: z.string(),
  targetPath: z.string().nullable(),
  planHash: z.string().nullable(),
  /** `refused`: it was asked and not carried out; `pending`: it is under way. */
  outcome: z.union([runStateSchema, z.enum(['pending', 'refused', 'done'])]),
  files: z.number().int().nonnegative().nullable(),
  bytes: z.number().nonnegative().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Why, as the one who did it said; empty where nobody was asked. */
  reason: z.string().default(''),
  /** Of a restore that has ended: what became of its items, what was read back, and with what it was done. */
  proof: z
    .object({
      counts: runCountsSchema,
      evidence: evidenceSchema.nullable(),
      safetySnapshot: z.string().nullable(),
      restic: z.string(),
      agent: z.string(),
    })
    .nullable()
    .default(null),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>
