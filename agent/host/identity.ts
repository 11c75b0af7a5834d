import { arch, hostname, platform, userInfo } from 'node:os'
import { Fault } from '../../contract/errors.ts'
import { AGENT_PROTOCOL, type AgentIdentity } from '../../contract/shapes/host.ts'
import type { ResticTool } from '../../engine/restic/restic-tool.ts'

/** True where this process may do anything on its host. */
export function isPrivileged(): boolean {
  return process.getuid?.() === 0
}

/** Throws `version_mismatch` when the other side speaks another protocol. */
export function requireProtocol(theirs: number): void {
  if (theirs === AGENT_PROTOCOL) return
  throw new Fault('version_mismatch', { ours: String(AGENT_PROTOCOL), theirs: String(theirs) })
}

export interface AboutAgent {
  readonly agentId: string
  readonly agentVersion: string
  readonly stagingRoot: string
  readonly resticTool: ResticTool
}

/** What this agent says of itself, and of what the connection was granted. restic is looked for anew: the operator may just have installed it. */
export async function identify(about: AboutAgent, granted: AgentIdentity['granted']): Promise<AgentIdentity> {
  about.resticTool.forget()
  const { restic, found } = await about.resticTool.look()
  return {
    protocol: AGENT_PROTOCOL,
    agentVersion: about.agentVersion,
    hostname: hostname(),
    platform: platform(),
    architecture: arch(),
    username: userInfo().username,
    privileged: isPrivileged(),
    restic: restic === null ? null : { version: restic.version, path: restic.path },
    resticFound: found,
    stagingRoot: about.stagingRoot,
    agentId: about.agentId,
    granted,
    time: new Date().toISOString(),
  }
}
