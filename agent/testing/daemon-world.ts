import { join } from 'node:path'
import { type AdministrationClient, administrationContract } from '../../contract/administration/index.ts'
import { type AgentClient, agentContract } from '../../contract/agent/index.ts'
import type { Grant } from '../../contract/procedure.ts'
import { type Enrolment, readEnrolment } from '../../contract/shapes/enrolment.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import { connect } from '../../contract/wire/client.ts'
import { type Daemon, type DaemonOptions, startDaemon } from '../listen/daemon.ts'
import { dialAgent } from '../listen/dial-socket.ts'
import { type Identity, makeIdentity } from '../../engine/identity/identity.ts'
import { dialPinned, type EnrolAnswer, type PinnedHost, postEnrol } from './pinned-console.ts'

const WORKSPACE = 'ops'

/** A console with a key of its own. */
export interface TestConsole {
  readonly identity: Identity
  readonly to: PinnedHost
  redeem(enrolment: Enrolment, changes?: object): Promise<EnrolAnswer>
  /** Over a connection of its own. */
  dial(): Promise<AgentClient>
}

export interface DaemonWorld extends AsyncDisposable {
  readonly daemon: Daemon
  /** What the host's administrator has. */
  readonly administration: AdministrationClient
  /** The host's own agent, over its socket. */
  readonly own: AgentClient
  readonly log: readonly string[]
  invite(changes?: Partial<Grant> & { readonly workspace?: string; readonly seconds?: number }): Promise<Enrolment>
  /** One that the agent does not know yet. */
  stranger(name?: string): Promise<TestConsole>
  /** One that has been enrolled. */
  enrolled(name?: string, grant?: Partial<Grant>): Promise<TestConsole>
}

/** A daemon on loopback with its data in `directory`, and consoles with keys of their own. */
export async function daemonWorld(directory: string, options: Partial<DaemonOptions> = {}): Promise<DaemonWorld> {
  const log: string[] = []
  const dataDirectory = join(directory, 'data')
  const daemon = await startDaemon({
    dataDirectory,
    resticCandidates: [],
    stagingRoot: join(directory, 'staging'),
    agentVersion: '0.0.0-test',
    listen: { host: '127.0.0.1', port: 0 },
    advertise: null,
    log: (line) => log.push(line),
    ...options,
  })
  const hello = { origin: 'a test', peer: 'root@host' }
  const administration = connect(
    administrationContract,
    await dialAgent(dataDirectory, { ...hello, wants: 'administration' }),
  )
  const own = connect(agentContract, await dialAgent(dataDirectory, { ...hello, wants: 'agent' }))
  const { host, port } = daemon.address ?? { host: '', port: 0 }

  const invite: DaemonWorld['invite'] = async (changes = {}) => {
    const { role = 'operator', permissions = [], workspace = WORKSPACE, seconds = 60 } = changes
    const asked = { role, permissions: [...permissions], workspace, seconds, address: null }
    const enrolment = readEnrolment((await administration.enrolment.create(asked)).line)
    if (enrolment === undefined) throw new Error('the line is no enrolment')
    return enrolment
  }
  const stranger: DaemonWorld['stranger'] = async (name = 'ada@desk') => {
    const identity = await makeIdentity(name)
    const to = { host, port, pin: daemon.pin, identity }
    return {
      identity,
      to,
      redeem: ({ code, workspace }, changes = {}) =>
        postEnrol(to, { protocol: AGENT_PROTOCOL, code, workspace, peer: name, ...changes }),
      dial: async () => connect(agentContract, await dialPinned(to)),
    }
  }
  return {
    daemon,
    administration,
    own,
    log,
    invite,
    stranger,
    async enrolled(name, grant = {}) {
      const one = await stranger(name)
      const { status } = await one.redeem(await invite(grant))
      if (status !== 200) throw new Error(`not enrolled: ${status}`)
      return one
    },
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  }
}
