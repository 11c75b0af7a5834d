import { join } from 'node:path'
import type { AgentClient } from '../../contract/agent/index.ts'
import { agentContract } from '../../contract/agent/index.ts'
import { type Permission, permissionSchema, type Role } from '../../contract/procedure.ts'
import { connect } from '../../contract/wire/client.ts'
import { memoryPorts } from '../../contract/wire/memory-port.ts'
import { servePort } from '../../contract/wire/serve-port.ts'
import { type Agent, type AgentOptions, composeAgent } from '../compose.ts'

/** The same in every life of a test's agent. */
export const SECRETS_KEY = Buffer.alloc(32, 7)

export interface AgentWorld extends AsyncDisposable {
  readonly agent: Agent
  /** An admin's connection. */
  readonly client: AgentClient
  readonly log: string[]
  /** Another connection, over a wire of its own; with every permission unless given. */
  as(role: Role, permissions?: readonly Permission[]): AgentClient
}

/** A whole agent with its data in `directory`, called over an in-memory wire. */
export async function agentWorld(
  directory: string,
  options: Partial<AgentOptions> & Pick<AgentOptions, 'resticCandidates'>,
): Promise<AgentWorld> {
  const log: string[] = []
  const agent = await composeAgent({
    dataDirectory: join(directory, 'data'),
    secretsKey: SECRETS_KEY,
    stagingRoot: join(directory, 'staging'),
    agentVersion: '0.0.0-test',
    log: (line) => log.push(line),
    ...options,
  })
  const as = (role: Role, permissions: readonly Permission[] = permissionSchema.options): AgentClient => {
    const [ours, theirs] = memoryPorts()
    servePort(theirs, agent.handler, { peer: `${role}@desk`, role, permissions, workspace: null, origin: 'a test' })
    return connect(agentContract, ours)
  }
  return { agent, client: as('admin'), log, as, [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose]() }
}
