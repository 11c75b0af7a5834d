import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { permissionSchema } from '../contract/procedure.ts'
import type { MenuPage } from '../contract/shapes/notice.ts'
import type { Port } from '../contract/wire/port.ts'
import { makeIdentity } from './adapters/console-identity.ts'
import { openControlPlane } from './adapters/control-plane-client.ts'
import { embeddedConsumers } from './adapters/embedded-consumer.ts'
import { embeddedPlanes } from './adapters/embedded-plane.ts'
import { openKeychain } from './adapters/keychain.ts'
import { LocalAgent } from './adapters/local-agent.ts'
import { sshDoor } from './adapters/ssh-link.ts'
import { dialTls, redeem } from './adapters/tls-link.ts'
import { composeServices, operator, type Services } from './compose-services.ts'
import type { Platform } from './platform.ts'
import { followRuns, type GoingRun, type GoingRuns, goingIn } from './services/notices/index.ts'

export interface Console extends AsyncDisposable {
  readonly secrets: Services['secrets']
  /** Answer a page that a front door has let in. Whoever uses this computer's account is the console's admin. */
  serve(port: Port, origin: string): void
  /** Tell how the runs are in the workspaces that are looked at, until the signal. */
  followRuns(tell: (summary: GoingRuns) => void, signal: AbortSignal): Promise<void>
  /** Show a run in the windows of its workspace. */
  openRun(run: GoingRun): void
  /** Show a page in the windows, as a menu of the shell was chosen. */
  showPage(page: MenuPage): void
  /** Show what a link from elsewhere names, or say that it is not known here; false for what is no link of ours. */
  openLink(text: string): Promise<boolean>
  /** The runs that go on in any workspace. */
  goingRuns(): readonly GoingRun[]
}

/**
 * The console as both front doors have it: the services, with what they reach through. Throws `conflict`
 * (`data_directory_in_use`), `version_mismatch`.
 */
export async function compose(platform: Platform): Promise<Console> {
  await using stack = new AsyncDisposableStack()
  const agent = stack.use(
    new LocalAgent({
      worker: platform.agentWorker,
      dataDirectory: join(platform.dataDirectory, 'agent'),
      resticCandidates: platform.resticCandidates,
      stagingRoot: platform.stagingRoot,
      peer: operator(),
      agentVersion: platform.version,
    }),
  )
  const services = stack.use(
    await composeServices(platform, {
      keychain: openKeychain(),
      dialLocal: (secretsKey, signal) => agent.dial(secretsKey, signal),
      doors: { makeIdentity, dialTls, redeem, dialSsh: sshDoor() },
      openPlane: (address) => openControlPlane(address, { operator: operator() }),
      startEmbedded: embeddedPlanes({
        worker: platform.planeWorker,
        dataDirectory: join(platform.dataDirectory, 'planes'),
        version: platform.version,
      }),
      startConsumer: embeddedConsumers({
        worker: platform.consumerWorker,
        dataDirectory: join(platform.dataDirectory, 'prove'),
        resticCandidates: platform.resticCandidates,
        scratchRoot: scratchRootOf(platform),
        name: operator(),
      }),
    }),
  )
  const stop = new AbortController()
  stack.defer(() => stop.abort())
  const workspaces = (): string[] => [...new Set(services.hosts.records().map(({ workspaceId }) => workspaceId))]
  const owned = stack.move()
  return {
    secrets: services.secrets,
    followRuns: (tell, signal) => followRuns({ ...services, pause: pauseFor }, tell, signal),
    openLink: (text) => services.links.open(text, stop.signal),
    goingRuns: () => goingIn(workspaces(), services),
    openRun: ({ hostId, runId }) => services.notices.open(hostId, runId),
    showPage: (page) => services.notices.show(page),
    serve: (port, origin) => services.serve(port, { role: 'admin', permissions: permissionSchema.options, origin }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** root proves as somebody else, who is not let into its own folders. */
function scratchRootOf({ stagingRoot }: Platform): string | null {
  return process.getuid?.() === 0 ? (stagingRoot ?? '/var/restic-restore') : null
}

function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return pause(milliseconds, undefined, { signal })
}
