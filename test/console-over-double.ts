import { type ConsoleClient, consoleContract } from '../contract/console/index.ts'
import { type Permission, permissionSchema, type Role } from '../contract/procedure.ts'
import type { UpdateObstacle } from '../contract/shapes/update.ts'
import { connect } from '../contract/wire/client.ts'
import { memoryPorts } from '../contract/wire/memory-port.ts'
import type { Port } from '../contract/wire/port.ts'
import { makeIdentity } from '../main/adapters/console-identity.ts'
import { openControlPlane } from '../main/adapters/control-plane-client.ts'
import { sshDoor } from '../main/adapters/ssh-link.ts'
import { dialTls, redeem } from '../main/adapters/tls-link.ts'
import { composeServices, type Services } from '../main/compose-services.ts'
import type { StartConsumer } from '../main/services/consumers/index.ts'
import type { Doors } from '../main/services/hosts/index.ts'
import type { Notifier } from '../main/services/notices/index.ts'
import type { StartEmbedded } from '../main/services/planes/index.ts'
import type { Keychain } from '../main/services/secrets/index.ts'
import type { Shell } from '../main/services/system/index.ts'
import type { Updater } from '../main/services/updates/index.ts'
import type { AgentDouble } from './agent-double.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export interface ConsoleOverDouble extends AsyncDisposable {
  readonly client: ConsoleClient
  readonly hostId: string
  /** What the shell can do, to be changed by a test. */
  readonly shell: Mutable<Shell>
  readonly services: Services
  /** A port to the console for somebody of another role, with every permission unless these are given. */
  serveAs(role: Role, permissions?: readonly Permission[]): Port
  /** From now on nobody answers, and this is why; null lets them answer again. */
  refuseToDial(reason: string | null): void
}

interface Given {
  readonly notifier?: Notifier | null
  readonly startEmbedded?: StartEmbedded
  readonly startConsumer?: StartConsumer
  readonly updater?: Updater | UpdateObstacle
}

const notHere: StartEmbedded = async () => {
  throw new Error('this test has no embedded plane')
}

const noConsumer: StartConsumer = () => {
  throw new Error('this test has no consumer')
}

/**
 * The console's own services over an agent that is a double, with secrets in memory and a client to ask them. A
 * keychain that is given outlives a restart; other hosts are reached as in the product, but for doors that are given.
 */
export async function consoleOverDouble(
  double: Pick<AgentDouble, 'dial'>,
  dataDirectory: string,
  keychain: Keychain = keychainInMemory(),
  {
    notifier = null,
    startEmbedded = notHere,
    startConsumer = noConsumer,
    updater = 'headless',
    ...doors
  }: Partial<Doors> & Given = {},
): Promise<ConsoleOverDouble> {
  const shell: Mutable<Shell> = { kind: 'headless' }
  let refusal: string | null = null
  const services = await composeServices(
    {
      dataDirectory,
      version: '0.0.0',
      shell,
      notifier,
      updater,
      log: { info: () => undefined, warning: () => undefined, error: () => undefined },
    },
    {
      keychain,
      dialLocal: async () => {
        if (refusal !== null) throw new Error(refusal)
        return double.dial()
      },
      doors: { makeIdentity, dialTls, redeem, dialSsh: sshDoor(), ...doors },
      openPlane: (address) => openControlPlane(address, { operator: 'somebody@here' }),
      startEmbedded,
      startConsumer,
    },
  )
  const serveAs = (role: Role, permissions: readonly Permission[] = permissionSchema.options): Port => {
    const [ours, theirs] = memoryPorts()
    services.serve(theirs, { role, permissions, origin: 'a test' })
    return ours
  }
  const client = connect(consoleContract, serveAs('admin'))
  const [host] = await client.hosts.list(undefined)
  if (host === undefined) throw new Error('this computer is missing')
  const refuseToDial = (reason: string | null): void => {
    refusal = reason
  }
  return {
    client,
    hostId: host.id,
    shell,
    services,
    serveAs,
    refuseToDial,
    [Symbol.asyncDispose]: () => services[Symbol.asyncDispose](),
  }
}

/** A keychain that forgets with the process. */
export function keychainInMemory(): Keychain {
  const kept = new Map<string, string>()
  return {
    get: async (name) => kept.get(name) ?? null,
    set: async (name, value) => void kept.set(name, value),
    delete: async (name) => void kept.delete(name),
    tryOut: async () => undefined,
  }
}
