import { hostname } from 'node:os'
import { servePort } from '../../contract/wire/serve-port.ts'
import { WireHandler } from '../../contract/wire/server-codec.ts'
import { type Agent, type AgentOptions, composeAgent } from '../compose.ts'
import type { Connection } from '../connection.ts'
import { requirePrivateDirectory } from '../../engine/sealed/private-file.ts'
import { administrationRouter } from '../trust/administration.ts'
import { Codes } from '../trust/codes.ts'
import { disposedOnce } from '../../engine/disposed-once.ts'
import { openIdentity, openSecretsKey } from '../../engine/identity/identity.ts'
import { Peers } from '../trust/peers.ts'
import { openAgentSocket } from './agent-socket.ts'
import { type ListenAddress, writeAddress } from '../../engine/identity/listen-address.ts'
import { type ListenerLimits, openTlsListener, type TlsListener, type TlsListenerOptions } from './tls-listener.ts'

/** Calls and streams that one console may have open. */
const MOST_OPEN = 128

export interface DaemonOptions extends Omit<AgentOptions, 'secretsKey'> {
  /** Null where nobody is to reach it over the network. */
  readonly listen: ListenAddress | null
  /** `host:port` at which consoles reach it, where that is another address than it listens on. */
  readonly advertise: string | null
  readonly limits?: Partial<ListenerLimits>
}

/** An agent with its doors open. */
export interface Daemon extends AsyncDisposable {
  readonly agent: Agent
  /** The pin of its key. */
  readonly pin: string
  /** Where it listens. */
  readonly address: ListenAddress | null
  /** Connections on its own socket now. */
  readonly socketConnections: () => number
}

/**
 * Open the agent's data, its own socket, and its listener. Throws what `composeAgent` throws, and `conflict`:
 * `open_to_others`, `readable_by_others`, `identity_damaged`, `secrets_key_damaged`, `secrets_key_missing`,
 * `path_too_long`, `cannot_listen`.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { dataDirectory, advertise } = options
  requirePrivateDirectory(dataDirectory)
  await using building = new AsyncDisposableStack()
  const agent = building.use(await composeAgent({ ...options, secretsKey: openSecretsKey(dataDirectory) }))
  const { logger } = agent.trust
  const identity = await openIdentity(dataDirectory)
  const peers = new Peers(agent.trust)
  const codes = new Codes(agent.trust, peers)

  const listener = await listen(options, { agent, identity, peers, codes })
  const address = listener === null ? null : { host: listener.host, port: listener.port }
  if (listener !== null) building.use(listener)
  const router = administrationRouter({
    codes,
    peers,
    pin: identity.pin,
    address: () => advertise ?? reachableAt(address),
  })
  const administration = new WireHandler<Connection>(router, agent.report)
  const socket = building.use(
    await openAgentSocket({
      dataDirectory,
      logger,
      serve: (contract, port, connection) =>
        servePort(port, contract === 'agent' ? agent.handler : administration, connection),
    }),
  )
  const { pin } = identity
  logger.info('agent.started', { agentId: agent.id, pin, listening: address && writeAddress(address) })
  building.defer(() => logger.info('agent.stopping'))
  return {
    agent,
    pin,
    address,
    socketConnections: socket.connections,
    ...disposedOnce(building.move()),
  }
}

interface Known extends Pick<TlsListenerOptions, 'identity' | 'peers' | 'codes'> {
  readonly agent: Agent
}

async function listen(
  { listen: address, limits = {} }: DaemonOptions,
  { agent, ...known }: Known,
): Promise<TlsListener | null> {
  if (address === null) return null
  const { logger, clock } = agent.trust
  return openTlsListener({
    ...known,
    listen: address,
    about: { agentId: agent.id, hostname: hostname() },
    serve: (port, connection) => servePort(port, agent.handler, connection, { maxOpen: MOST_OPEN }),
    clock,
    logger,
    limits,
  })
}

/** An address that means every one of this host is none that a console could dial: then its name is the best guess. */
function reachableAt(address: ListenAddress | null): string | null {
  if (address === null) return null
  const isAny = address.host === '0.0.0.0' || address.host === '::'
  return writeAddress({ ...address, host: isAny ? hostname() : address.host })
}
