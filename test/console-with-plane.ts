import { join } from 'node:path'
import type { ConsoleClient } from '../contract/console/index.ts'
import type { OwnConsumer } from '../contract/shapes/own-consumer.ts'
import type { Plane } from '../contract/shapes/plane.ts'
import type { Replica, ReplicaBoard } from '../contract/shapes/replica.ts'
import { embeddedConsumers } from '../main/adapters/embedded-consumer.ts'
import { embeddedPlanes } from '../main/adapters/embedded-plane.ts'
import { AgentDouble } from './agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble, keychainInMemory } from './console-over-double.ts'

export interface ConsoleWithPlane extends AsyncDisposable {
  readonly world: ConsoleOverDouble
  readonly client: ConsoleClient
  /** The embedded one, switched on and connected; consumers are let in. */
  readonly plane: Plane
}

/** The console's own services with the embedded control plane that the product has, in a thread. */
export async function consoleWithPlane(directory: string, keychain = keychainInMemory()): Promise<ConsoleWithPlane> {
  const startEmbedded = embeddedPlanes({
    worker: new URL('../control-plane/worker.ts', import.meta.url),
    dataDirectory: join(directory, 'planes'),
    version: '0.0.0',
  })
  const startConsumer = embeddedConsumers({
    worker: new URL('../consumer/worker.ts', import.meta.url),
    dataDirectory: join(directory, 'prove'),
    resticCandidates: [join(import.meta.dirname, '../.tools/bin/restic'), 'restic'],
    scratchRoot: null,
    name: 'somebody@here',
  })
  const world = await consoleOverDouble(new AgentDouble(), directory, keychain, { startEmbedded, startConsumer })
  const { client } = world
  await client.planes.setEmbedded({ on: true, consumerPort: 0 })
  const plane = await planeThat(client, ({ connection }) => connection.state === 'connected')
  return { world, client, plane, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

/** The first plane that is so, as soon as one is. */
export async function planeThat(client: ConsoleClient, isSo: (plane: Plane) => boolean): Promise<Plane> {
  return await firstOf(await client.planes.watch(undefined), (planes) => planes.find(isSo))
}

/** The board, as soon as it is so. */
export async function boardThat(client: ConsoleClient, isSo: (board: ReplicaBoard) => boolean): Promise<ReplicaBoard> {
  return await firstOf(await client.replicas.watch(undefined), (board) => (isSo(board) ? board : undefined))
}

/** The replica of a name, as soon as it is so. */
export async function replicaThat(
  client: ConsoleClient,
  name: string,
  isSo: (replica: Replica) => boolean = () => true,
): Promise<Replica> {
  return await firstOf(await client.replicas.watch(undefined), ({ replicas }) =>
    replicas.find((one) => one.declaration.name === name && isSo(one)),
  )
}

/** The console's own consumer, as soon as it is so. */
export async function ownConsumerThat(
  client: ConsoleClient,
  isSo: (consumer: OwnConsumer) => boolean,
): Promise<OwnConsumer> {
  return await firstOf(await client.consumers.watchOwn(undefined), (own) => (isSo(own) ? own : undefined))
}

async function firstOf<T, R>(stream: AsyncIterable<T>, pick: (value: T) => R | undefined): Promise<R> {
  for await (const value of stream) {
    const found = pick(value)
    if (found !== undefined) return found
  }
  throw new Error('the stream ended')
}
