import type { Outside } from './compose-services.ts'
import type { AuditService } from './services/audit/index.ts'
import type { Clock } from './services/clock.ts'
import { ConsumersService, consumerHandlers, OwnConsumers } from './services/consumers/index.ts'
import type { HostsService, RunMirror } from './services/hosts/index.ts'
import type { KeptListings } from './services/kept/index.ts'
import type { Log } from './services/log.ts'
import { type NoticesService, ProofNotices } from './services/notices/index.ts'
import { HostFeed, PlaneGroups, PlaneMirror, PlanesService, planeHandlers } from './services/planes/index.ts'
import { LostChanges, ReplicasService, replicaHandlers } from './services/replicas/index.ts'
import type { SecretsService } from './services/secrets/index.ts'
import { SnapshotsService } from './services/snapshots/index.ts'
import { VerificationsService, VerifiedRepositories, verificationHandlers } from './services/verifications/index.ts'
import type { WorkspacesService } from './services/workspaces/index.ts'
import type { ConsoleStore } from './store/index.ts'

interface Deps {
  readonly store: ConsoleStore
  readonly clock: Clock
  readonly log: Log
  readonly installation: string
  readonly outside: Pick<Outside, 'openPlane' | 'startEmbedded' | 'startConsumer'>
  readonly hosts: HostsService
  readonly workspaces: WorkspacesService
  readonly mirror: RunMirror
  readonly kept: KeptListings
  readonly secrets: SecretsService
  readonly audit: AuditService
  readonly notices: NoticesService
}

/** Control planes: what should be restorable, who restores it, and what came of that. */
export function composePlanes(deps: Deps) {
  const stack = new AsyncDisposableStack()
  const { store, clock, log, installation, hosts, workspaces, mirror, kept, secrets, audit, notices } = deps
  const { openPlane: open, startEmbedded, startConsumer: start } = deps.outside
  const reached = { open, startEmbedded, installation, clock, random: Math.random }
  const planes = stack.use(new PlanesService({ store: store.planes, secrets, audit, ...reached }))
  const seen = stack.use(new PlaneMirror({ planes, clock, log }))
  stack.use(new ProofNotices({ notices, mirror: seen, settings: store.settings, clock, log }))
  const snapshots = new SnapshotsService({ hosts, kept, clock })
  stack.use(new HostFeed({ planes, hosts, snapshots, settings: store.settings, clock, log }))
  const own = stack.use(new OwnConsumers({ planes, settings: store.settings, audit, clock, log, start }))
  const lost = stack.use(new LostChanges({ mirror: seen, settings: store.settings, audit, clock, log }))
  workspaces.onRemoved((workspaceId) => planes.forgetWorkspace(workspaceId))
  return {
    planes,
    verified: new VerifiedRepositories({ planes, mirror: seen, hosts, settings: store.settings, log }),
    handlers: {
      planes: planeHandlers(planes, new PlaneGroups({ planes, hosts })),
      consumers: consumerHandlers(new ConsumersService({ planes, mirror: seen, clock }), own),
      replicas: replicaHandlers(new ReplicasService({ planes, mirror: seen, lost })),
      verifications: verificationHandlers(new VerificationsService({ planes, runs: mirror, hosts, audit })),
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
