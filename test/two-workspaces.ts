import { randomUUID } from 'node:crypto'
import { type ConsoleClient, consoleContract } from '../contract/console/index.ts'
import type { Permission, Role } from '../contract/procedure.ts'
import type { Run } from '../contract/shapes/run.ts'
import { connect } from '../contract/wire/client.ts'
import { AgentDouble } from './agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from './console-over-double.ts'

/** A workspace with one host, which has a repository and a run. */
export interface Inhabited {
  readonly workspaceId: string
  /** An administrator's, in this workspace. */
  readonly client: ConsoleClient
  readonly hostId: string
  readonly repositoryId: string
  readonly run: Run
  /** A control plane at an address where nobody listens. */
  readonly planeId: string
  readonly double: AgentDouble
}

export interface TwoWorkspaces extends AsyncDisposable {
  readonly world: ConsoleOverDouble
  /** The one that has this computer. */
  readonly own: Inhabited
  readonly foreign: Inhabited
  /** Somebody in one of the two. */
  clientIn(workspaceId: string, role: Role, permissions?: readonly Permission[]): Promise<ConsoleClient>
}

/** The console's own services with two tenants, whose agents are doubles. */
export async function twoWorkspaces(directory: string): Promise<TwoWorkspaces> {
  const doubles = [new AgentDouble(), new AgentDouble()] as const
  const world = await consoleOverDouble(doubles[0], directory, undefined, { dialSsh: () => doubles[1].dial() })
  const clientIn: TwoWorkspaces['clientIn'] = async (workspaceId, role, permissions) => {
    const client = connect(consoleContract, world.serveAs(role, permissions))
    await client.workspaces.enter({ workspaceId })
    return client
  }
  const { id } = (await world.client.system.info(undefined)).workspace
  const other = await world.client.workspaces.create({ name: 'Other tenant', color: 'plum' })
  const there = await clientIn(other.id, 'admin')
  const added = await there.hosts.addThroughSsh({ destination: 'far', name: 'far' })
  const own = { workspaceId: id, client: world.client, hostId: world.hostId, double: doubles[0] }
  const foreign = { workspaceId: other.id, client: there, hostId: added.id, double: doubles[1] }
  return {
    world,
    own: { ...own, ...(await furnish(own)) },
    foreign: { ...foreign, ...(await furnish(foreign)) },
    clientIn,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

async function furnish({ client, hostId, double }: Pick<Inhabited, 'client' | 'hostId' | 'double'>) {
  await client.repositories.add({
    hostId,
    name: `data of ${hostId}`,
    access: { url: '/srv/data', username: '', serverPassword: '', password: 'a password' },
  })
  const run = await client.repositories.createSample({ hostId, requestKey: randomUUID() })
  double.change(run.id, { state: 'succeeded', endedAt: '2026-11-21T03:00:00.000Z' })
  const repositoryId = double.repositories[0]?.id ?? ''
  const plane = { name: 'nobody', url: 'http://127.0.0.1:9', token: null, pin: null }
  return { run, repositoryId, planeId: (await client.planes.add(plane)).id }
}
