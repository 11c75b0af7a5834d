import { type ConsoleClient, consoleContract } from '../../../contract/console/index.ts'
import { connect } from '../../../contract/wire/client.ts'
import { memoryPorts } from '../../../contract/wire/memory-port.ts'
import { servePort } from '../../../contract/wire/serve-port.ts'
import { WireHandler } from '../../../contract/wire/server-codec.ts'
import { consoleRouter } from './handlers.ts'
import type { World } from './world.ts'

export { LOCAL_HOST } from './fleet.ts'
export { PRESENT } from './moments.ts'
export { NEWEST_SNAPSHOT } from './snapshots.ts'
export { busyWorld, crowdedWorld, emptyWorld, type World, worldRunning } from './world.ts'

/** A console in memory: the real contract and the real wire over `world`, without a process behind it. */
export function openConsole(world: World): ConsoleClient {
  const [ours, theirs] = memoryPorts()
  const report = (error: unknown): string => {
    // A bug of the gallery's own: its reference is the whole of it.
    return `gallery: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
  servePort(theirs, new WireHandler(consoleRouter(world), report), {})
  return connect(consoleContract, ours)
}
