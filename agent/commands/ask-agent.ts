import { hostname, userInfo } from 'node:os'
import { type AdministrationClient, administrationContract } from '../../contract/administration/index.ts'
import { type AgentClient, agentContract } from '../../contract/agent/index.ts'
import { isFault } from '../../contract/errors.ts'
import { connect } from '../../contract/wire/client.ts'
import type { Port } from '../../contract/wire/port.ts'
import { dialAgent } from '../listen/dial-socket.ts'
import type { SocketContract } from '../listen/socket-hello.ts'
import type { Surroundings } from '../../engine/command-line/command.ts'

type Where = Pick<Surroundings, 'environment'> & { readonly dataDirectory: string }

/** Ask the running agent something over its own socket. Throws what it answers, and a sentence when it cannot be asked. */
export async function askAgent<T>(where: Where, ask: (client: AgentClient) => Promise<T>): Promise<T> {
  const port = await dial(where, 'agent')
  return finished(port, ask(connect(agentContract, port)))
}

/** The same with what only the host's administrator may ask. */
export async function askAdministration<T>(
  where: Where,
  ask: (client: AdministrationClient) => Promise<T>,
): Promise<T> {
  const port = await dial(where, 'administration')
  return finished(port, ask(connect(administrationContract, port)))
}

async function finished<T>(port: Port, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } finally {
    port.close('it has been answered')
  }
}

async function dial({ dataDirectory, environment }: Where, wants: SocketContract): Promise<Port> {
  try {
    return await dialAgent(dataDirectory, { origin: 'a terminal on this host', peer: whoAsks(environment), wants })
  } catch (cause) {
    throw new Error(whyNot(cause, dataDirectory), { cause })
  }
}

/** `user@machine`; whoever used sudo is named, not root. */
function whoAsks(environment: Surroundings['environment']): string {
  return `${environment['SUDO_USER'] || userInfo().username}@${hostname()}`
}

function whyNot(error: unknown, dataDirectory: string): string {
  if (isFault(error, 'forbidden')) {
    return `The agent in ${dataDirectory} is another user's: ask it as that user, or with sudo.`
  }
  if (isFault(error, 'unreachable')) {
    return `The agent in ${dataDirectory} is not running. Start it: "systemctl start restore-agent", or "restore-agent serve".`
  }
  return error instanceof Error ? error.message : String(error)
}
