import { type ConsoleClient, consoleContract } from '../../../contract/console/index.ts'
import { connect } from '../../../contract/wire/client.ts'
import { memoryPorts } from '../../../contract/wire/memory-port.ts'
import type { Port } from '../../../contract/wire/port.ts'
import { servePort } from '../../../contract/wire/serve-port.ts'
import { WireHandler } from '../../../contract/wire/server-codec.ts'
import { ConnectionState } from '../../client/connection.ts'
import type { ConnectedClient, Enter } from '../../client/create-client.ts'
import { consoleRouter } from './handlers.ts'
import { emptyWorld, type World } from './world.ts'

export { LOCAL_HOST } from './fleet.ts'
export { PRESENT } from './moments.ts'
export { busyPlanes, crowdedPlanes, emptyPlanes } from './plane-world.ts'
export { CANOPY_PLANE, EMBEDDED_PLANE } from './planes.ts'
export { replicaId } from './replicas.ts'
export { NEWEST_SNAPSHOT } from './snapshots.ts'
export { busyWorld, crowdedWorld, emptyWorld, type World, worldOfManyRestores, worldRunning } from './world.ts'

/** A console in memory: the real contract and the real wire over `world`, without a process behind it. */
export function openConsole(world: World): ConsoleClient {
  return connect(consoleContract, dialConsole(world))
}

/** A port to it. */
export function dialConsole(world: World): Port {
  const [ours, theirs] = memoryPorts()
  const report = (error: unknown): string => {
    // A bug of the gallery's own: its reference is the whole of it.
    return `gallery: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
  servePort(theirs, new WireHandler(consoleRouter(world), report), {})
  return ours
}

/** What a window needs to work in a world, and to go from there to the workspaces that it knows. */
export function openWindow(
  world: World,
  connection = connected(),
): { readonly first: ConnectedClient; readonly enter: Enter } {
  const enter: Enter = (workspaceId) =>
    clientIn(workspaceId === null ? world : worldOf(world, workspaceId), connected())
  return { first: clientIn(world, connection), enter }
}

function clientIn(world: World, connection: ConnectionState): ConnectedClient {
  return { client: openConsole(world), connection, leave: () => undefined }
}

function worldOf(world: World, workspaceId: string): World {
  const known = world.elsewhere.get(workspaceId)
  const workspace = world.workspaces.get(workspaceId)
  if (known !== undefined || workspace === undefined) return known ?? world
  const { workspaces, calls } = world
  return emptyWorld({ workspaces, calls, hosts: new Map(), system: { ...world.system, workspace } })
}

function connected(): ConnectionState {
  const connection = new ConnectionState()
  connection.set({ state: 'connected' })
  return connection
}
