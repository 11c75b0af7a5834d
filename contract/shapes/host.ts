import { z } from 'zod'
import { auditEntrySchema } from './audit.ts'
import { repositoryViewSchema } from './repository.ts'
import { runSchema } from './run.ts'

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
})
export type AgentIdentity = z.infer<typeof agentIdentitySchema>

export const linkSchema = z.object({
  state: z.enum(['connected', 'connecting', 'unreachable']),
  since: z.iso.datetime(),
  /** Why it is not connected; empty when it is. */
  reason: z.string(),
})
export type Link = z.infer<typeof linkSchema>

/** A host as the console shows it. */
export const hostViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** This computer's own agent, which needs no network. */
  local: z.boolean(),
  link: linkSchema,
  agent: agentIdentitySchema.nullable(),
  repositories: z.array(repositoryViewSchema),
  activeRun: runSchema.nullable(),
  lastRestore: auditEntrySchema.nullable(),
})
export type HostView = z.infer<typeof hostViewSchema>
