import { z } from 'zod'
import { permissionSchema, roleSchema } from '../procedure.ts'
import { whySchema } from '../reasons.ts'
import { REFUSALS } from '../refusals.ts'
import { auditEntrySchema } from './audit.ts'
import { agentAddressSchema, keyPinSchema } from './enrolment.ts'
import { repositoryViewSchema } from './repository.ts'
import { runSummarySchema } from './run-summary.ts'
import { snapshotIdSchema } from './snapshot.ts'

export const AGENT_PROTOCOL = 1

/** What an agent says of itself and its host. */
export const agentIdentitySchema = z.object({
  protocol: z.number().int(),
  agentVersion: z.string(),
  hostname: z.string(),
  platform: z.string(),
  architecture: z.string(),
  /** The user the agent runs as, and whether that user is root. */
  username: z.string(),
  privileged: z.boolean(),
  /** The restic it will use; null with the reason beside it when there is none that will do. */
  restic: z.object({ version: z.string(), path: z.string() }).nullable(),
  resticFound: z.string().nullable(),
  /** Where a restore goes by default. */
  stagingRoot: z.string(),
  /** The same for as long as the agent keeps its data, wherever it is reached. */
  agentId: z.string(),
  /** What this connection may do, and in which workspace the host is; null while it is in none. */
  granted: z.object({ role: roleSchema, permissions: z.array(permissionSchema), workspace: z.string().nullable() }),
  /** What its clock said when it answered. */
  time: z.iso.datetime().optional(),
})
export type AgentIdentity = z.infer<typeof agentIdentitySchema>

/** As `ssh` takes it: a name of its configuration, `host` or `user@host`, never an option. */
export const sshDestinationSchema = z
  .string()
  .trim()
  .regex(/^(?!-)[A-Za-z0-9._@%:[\]-]+$/, REFUSALS.ssh_destination)
  .max(300)

export const linkSchema = z.object({
  /** `refused`: it answers and does not let this console in, or is not the host that was enrolled; nothing is tried until somebody asks. */
  state: z.enum(['connected', 'connecting', 'unreachable', 'refused']),
  since: z.iso.datetime(),
  /** Why it is not connected; empty when it is. */
  reason: z.string(),
  why: whySchema,
  /** When an answer last came from it; null before the first one. */
  lastSeenAt: z.iso.datetime().nullable(),
  /** Milliseconds by which its clock is ahead of the console's, but for the way of one answer; absent where it has not told. */
  clockAhead: z.number().optional(),
})
export type Link = z.infer<typeof linkSchema>

/** By which way a host's agent is reached: in this process, over TLS with both keys pinned, or through `ssh`. */
export const doorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local') }),
  z.object({ kind: z.literal('tls'), address: agentAddressSchema, pin: keyPinSchema }),
  z.object({ kind: z.literal('ssh'), destination: sshDestinationSchema }),
])
export type Door = z.infer<typeof doorSchema>

/** What a host tells without being asked. */
export const hostNewsSchema = z.object({
  /** The newest snapshot of each repository that could be read. */
  lastSnapshots: z.array(
    z.object({ repositoryId: z.string(), snapshotId: snapshotIdSchema, time: z.string(), at: z.iso.datetime() }),
  ),
})
export type HostNews = z.infer<typeof hostNewsSchema>

export const hostLabelSchema = z.string().trim().min(1).max(40)

/** A host as the console shows it. */
export const hostViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** This computer's own agent, which needs no network. */
  local: z.boolean(),
  door: doorSchema,
  labels: z.array(hostLabelSchema),
  /** Kept at the top of the list. */
  pinned: z.boolean(),
  /** The newest snapshot that its repositories were last known to hold. */
  lastSnapshotAt: z.string().nullable(),
  link: linkSchema,
  agent: agentIdentitySchema.nullable(),
  repositories: z.array(repositoryViewSchema),
  activeRun: runSummarySchema.nullable(),
  lastRestore: auditEntrySchema.nullable(),
})
export type HostView = z.infer<typeof hostViewSchema>
