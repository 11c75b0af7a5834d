import { reasonOf } from '../../../contract/reasons.ts'
import type { AgentIdentity } from '../../../contract/shapes/host.ts'
import { LinkFailure } from './doors.ts'

/**
 * A name of ssh's may come to mean another machine, and an agent may have lost all that it knew. `agentId` is null before
 * the host was first reached. Throws `LinkFailure` (`other_key`).
 */
export function requireSameAgent(agentId: string | null, identity: AgentIdentity | null): void {
  if (agentId === null || identity === null || identity.agentId === agentId) return
  throw new LinkFailure('other_key', reasonOf('other_agent'))
}
