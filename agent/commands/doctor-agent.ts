import { once } from 'node:events'
import { connect as connectSocket, createServer } from 'node:net'
import { connect } from 'node:tls'
import type { AgentClient } from '../../contract/agent/index.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import type { RepositoryView } from '../../contract/shapes/repository.ts'
import { type ListenAddress, writeAddress } from '../../engine/identity/listen-address.ts'
import { peerPin } from '../../engine/identity/peer-pin.ts'
import { socketPath } from '../listen/socket-hello.ts'
import { readIdentity } from '../../engine/identity/identity.ts'
import { askAgent } from './ask-agent.ts'
import { type Check, type DoctorContext, type Finding, fail, ok, warn } from './doctor-finding.ts'
import { sentenceOf } from './sentence.ts'

/** Milliseconds that a repository may take to answer. */
const REPOSITORY_PATIENCE = 20_000
const DIAL_PATIENCE = 5000

/** What is asked of the running agent, or of its place. */
export const AGENT_CHECKS: readonly (readonly [string, Check])[] = [
  ['agent', running],
  ['listener', listening],
  ['repositories', repositories],
]

async function running(context: DoctorContext) {
  if (!(await isRunning(context))) {
    return [warn('it is not running', 'Start it: "systemctl start restore-agent", or "restore-agent serve".')]
  }
  const { agentVersion, username } = await ask(context, (client) => client.host.hello({ protocol: AGENT_PROTOCOL }))
  return [ok(`${agentVersion} runs as ${username}`)]
}

async function listening(context: DoctorContext) {
  const { listen, dataDirectory } = context.configuration
  if (listen === null) return [ok('it is to listen nowhere')]
  const address = writeAddress(listen)
  if (!(await isRunning(context))) {
    return (await isFree(listen))
      ? [ok(`${address} is free`)]
      : [fail(`${address} is taken`, 'See by whom ("ss -ltnp"), or name another address in "listen".')]
  }
  const pin = await pinAt(listen)
  const todo = `See what does ("ss -ltnp"), and whether the agent was started with this configuration.`
  if (pin === undefined) return [fail(`nothing listens on ${address}`, todo)]
  if (pin !== readIdentity(dataDirectory)?.pin) return [fail(`something else listens on ${address}`, todo)]
  return [ok(`it listens on ${address}`)]
}

async function repositories(context: DoctorContext) {
  if (!(await isRunning(context))) return [warn('they were not asked, because the agent is not running')]
  return ask(context, async (client) => {
    const known = await client.repository.list()
    if (known.length === 0) return [warn('the agent knows none', 'Add one in the console.')]
    return Promise.all(known.map((repository) => reach(client, repository)))
  })
}

async function reach(client: AgentClient, { id, name }: RepositoryView): Promise<Finding> {
  const signal = AbortSignal.timeout(REPOSITORY_PATIENCE)
  try {
    const { id: ids } = await client.snapshot.list({ repositoryId: id }, { signal })
    return ok(`${name} is there, with ${ids.length} snapshots`)
  } catch (error) {
    const says = signal.aborted ? `it did not answer within ${REPOSITORY_PATIENCE / 1000} seconds` : sentenceOf(error)
    return fail(`${name}: ${says}`, 'Try it from this host with restic, and look at its access in the console.')
  }
}

/** True also of one that may not be asked. */
async function isRunning({ configuration }: DoctorContext): Promise<boolean> {
  const socket = connectSocket(socketPath(configuration.dataDirectory))
  try {
    await once(socket, 'connect')
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES'
  } finally {
    socket.destroy()
  }
}

function ask<T>({ configuration, environment }: DoctorContext, what: (client: AgentClient) => Promise<T>): Promise<T> {
  return askAgent({ environment, dataDirectory: configuration.dataDirectory }, what)
}

async function isFree({ host, port }: ListenAddress): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** Whose key it is that answers there; undefined when nobody does. */
async function pinAt({ host, port }: ListenAddress): Promise<string | undefined> {
  const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  // Only the key is looked at, and nothing is said.
  const socket = connect({ host: local, port, rejectUnauthorized: false })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(DIAL_PATIENCE) })
    return peerPin(socket)
  } catch {
    return undefined
  } finally {
    socket.destroy()
  }
}
