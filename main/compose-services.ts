import { hostname, userInfo } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Port } from '../contract/wire/port.ts'
import { openListingVault } from './adapters/listing-vault.ts'
import { openSecretsFile } from './adapters/secrets-file.ts'
import { composePlanes } from './compose-planes.ts'
import { installationOf } from './data-directory.ts'
import type { Surroundings } from './platform.ts'
import { serveConsole } from './serve-console.ts'
import {
  AuditService,
  auditHandlers,
  chainHandlers,
  ownChainHandlers,
  ownProof,
  RefusedCalls,
  refusedCalls,
} from './services/audit/index.ts'
import type { Clock } from './services/clock.ts'
import { CompareService, compareHandlers } from './services/compare/index.ts'
import type { Caller } from './services/console.ts'
import type { StartConsumer } from './services/consumers/index.ts'
import { FanOutsService, fanOutHandlers } from './services/fan-outs/index.ts'
import {
  type Doors,
  dialDoor,
  EnrolmentService,
  HostsService,
  hostHandlers,
  Introduction,
  knownHosts,
  LinkTimesSetting,
  openHosts,
  ownIdentity,
  ownPin,
  RunMirror,
  Wakes,
  WholeRuns,
} from './services/hosts/index.ts'
import { KeptListings, openKept } from './services/kept/index.ts'
import { LinksService } from './services/links/index.ts'
import type { Log } from './services/log.ts'
import { NoticesService, noticeHandlers } from './services/notices/index.ts'
import { PastRestoresService, pastRestoreHandlers, RestoreNews } from './services/past-restores/index.ts'
import { type OpenPlane, openPlanes, type StartEmbedded } from './services/planes/index.ts'
import { PreviewService, previewHandlers } from './services/preview/index.ts'
import { RepositoriesService, repositoryHandlers } from './services/repositories/index.ts'
import { RestorabilityService, restorabilityHandlers } from './services/restorability/index.ts'
import { RestoreDefaultsService, RestoresService, restoreHandlers } from './services/restores/index.ts'
import { RunsService, runHandlers } from './services/runs/index.ts'
import { SavedViewsService, savedViewHandlers } from './services/saved-views/index.ts'
import { SearchService, searchHandlers } from './services/search/index.ts'
import { type Keychain, SecretsService, secretHandlers } from './services/secrets/index.ts'
import { SnapshotsService, snapshotHandlers } from './services/snapshots/index.ts'
import { rememberLog, systemHandlers } from './services/system/index.ts'
import { TreeService, treeHandlers } from './services/tree/index.ts'
import { updateHandlers } from './services/updates/index.ts'
import type { VerifiedRepositories } from './services/verifications/index.ts'
import { versionHandlers } from './services/versions/index.ts'
import { WorkspacesService, workspaceHandlers } from './services/workspaces/index.ts'
import { type ConsoleStore, claimDataDirectory, KeptStore, openConsoleStore } from './store/index.ts'

/** What the services reach through; a test hands in its own. */
export interface Outside {
  readonly keychain: Keychain
  /** Start this computer's agent with the key of its secrets file (base64), and open a port to it. */
  readonly dialLocal: (secretsKey: string, signal: AbortSignal) => Promise<Port>
  /** The ways to the agents of other hosts. */
  readonly doors: Doors
  /** The way to control planes. */
  readonly openPlane: OpenPlane
  readonly startEmbedded: StartEmbedded
  /** A restore consumer of this console's own. */
  readonly startConsumer: StartConsumer
}

export interface Services extends AsyncDisposable {
  readonly secrets: SecretsService
  readonly hosts: HostsService
  readonly notices: NoticesService
  readonly links: LinksService
  /** Answer somebody whom a front door has let in. */
  serve(port: Port, caller: Caller): void
}

/** Bytes of what is kept of what was seen: some thousand large directories. */
const KEPT_BYTES = 256 << 20

const clock: Clock = {
  now: () => new Date(),
  pause: (milliseconds, signal) => pause(milliseconds, undefined, { signal }),
}

/** `user@machine` as it stands in the audit. */
export function operator(): string {
  return `${userInfo().username}@${hostname()}`
}

/**
 * The services in the order in which they are made; they are ended in reverse. Throws `conflict`
 * (`data_directory_in_use`), `version_mismatch`.
 */
export async function composeServices(surroundings: Surroundings, outside: Outside): Promise<Services> {
  await using stack = new AsyncDisposableStack()
  const { dataDirectory } = surroundings
  const { log, recent } = rememberLog(surroundings.log, clock.now)
  const actor = operator()

  const store = stack.use(openDirectory(dataDirectory, log))
  const { keychain, dialLocal, doors } = outside
  const audit = new AuditService({ store: store.audit, clock, actor, ...askedLater(() => hosts) })
  audit.settleOwn()
  const file = openSecretsFile(dataDirectory)
  const secrets = new SecretsService({ keychain, file, settings: store.settings, audit })
  const mirror = new RunMirror(store.runs)
  const openStore = (mark: Buffer): KeptStore => new KeptStore(dataDirectory, { mark, limit: KEPT_BYTES })
  const kept = stack.use(new KeptListings({ clock, log, openVault: openListingVault, openStore }))
  const installation = installationOf(dataDirectory)
  const identity = ownIdentity({ doors, secrets, installation })
  const linkTimes = new LinkTimesSetting({ settings: store.settings, audit })
  const times = () => linkTimes.now()
  const dial = dialDoor({ doors, identity, secrets, installation, dialLocal, times })
  const around = { clock, random: Math.random, wakes: stack.use(new Wakes(clock)), times }
  const hosts = stack.use(new HostsService({ store: store.hosts, runs: mirror, audit, log, kept, dial, ...around }))
  const introduction = new Introduction({ doors, identity, actor, times })
  const enrolment = new EnrolmentService({ hosts, audit, clock, introduction, workspaces: store.workspaces, times })
  const workspaces = new WorkspacesService({ store: store.workspaces, settings: store.settings, hosts, clock })
  const restores = new RestoresService({ hosts, audit, plans: store.keptPlans })
  const runs = new RunsService({ hosts, mirror, audit, clock, whole: new WholeRuns(kept) })
  const fanOuts = stack.use(new FanOutsService({ store: store.fanOuts, hosts, restores, runs, clock, log, actor }))
  const notices = stack.use(noticesOf({ store, hosts }, surroundings))
  const snapshots = new SnapshotsService({ hosts, kept, clock })
  const fleet = { hosts, workspaces, mirror, kept, secrets, audit, notices }
  const { planes, verified, handlers } = stack.use(
    composePlanes({ store, clock, log, installation, outside, ...fleet }),
  )
  hosts.onPopulation(() => workspaces.hostsChanged())
  hosts.add(...knownHosts(store.hosts, { id: installation, name: hostname(), addedAt: clock.now().toISOString() }))
  fanOuts.resume()
  stack.use(openWithSecrets({ hosts, kept, planes, secrets, log, installation }))

  const proof = ownProof({ store, clock, owner: { agentId: installation, hostname: hostname() } })
  const own = { localHostId: installation, actor, pin: () => ownPin(identity) }
  const router = refusedCalls(stack.use(new RefusedCalls(audit))).router({
    system: systemHandlers({ surroundings, recent, runs, workspaces, ...own }),
    workspaces: workspaceHandlers(workspaces, audit),
    notices: noticeHandlers(notices, audit),
    secrets: secretHandlers(secrets),
    hosts: hostHandlers(hosts, enrolment, linkTimes),
    ...lookingInside({ hosts, audit, kept, log, snapshots }),
    restores: restoreHandlers(restores, new RestoreDefaultsService({ settings: store.settings, hosts, audit })),
    fanOuts: fanOutHandlers(fanOuts),
    runs: runHandlers(runs),
    audit: { ...auditHandlers(audit), ...chainHandlers(hosts), ...ownChainHandlers(proof) },
    updates: updateHandlers({ ...surroundings, audit }),
    ...lookingBack({ store, hosts, audit, mirror, verified }),
    ...handlers,
  })
  const serve = serveConsole(router, { workspaces, hosts, mirror, fanOuts, planes, audit, log })
  const links = new LinksService({ hosts, mirror, snapshots, planes, notices })
  const owned = stack.move()
  return { secrets, hosts, notices, links, serve, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

interface LookingInside {
  readonly hosts: HostsService
  readonly audit: AuditService
  readonly kept: KeptListings
  readonly log: Log
  readonly snapshots: SnapshotsService
}

/** Repositories, and what is in them. */
function lookingInside({ hosts, audit, kept, log, snapshots }: LookingInside) {
  return {
    repositories: repositoryHandlers(new RepositoriesService({ hosts, audit })),
    snapshots: snapshotHandlers(snapshots),
    tree: treeHandlers(new TreeService({ hosts, kept }), hosts),
    search: searchHandlers(new SearchService({ hosts, clock, log })),
    versions: versionHandlers(hosts),
    preview: previewHandlers(new PreviewService({ hosts, audit })),
    compare: compareHandlers(new CompareService({ hosts, audit }), hosts),
  }
}

/** What is told of runs that end. */
function noticesOf({ store, hosts }: Pick<LookingBack, 'store' | 'hosts'>, { notifier }: Surroundings): NoticesService {
  const notices = new NoticesService({ settings: store.settings, clock, hosts, notifier })
  hosts.onRunNews((hostId, run) => notices.note(hostId, run))
  return notices
}

interface LookingBack {
  readonly store: ConsoleStore
  readonly hosts: HostsService
  readonly audit: AuditService
  readonly mirror: RunMirror
  readonly verified: VerifiedRepositories
}

/** What was restored, what can be, and the views that are kept of it. */
function lookingBack({ store, hosts, audit, mirror, verified }: LookingBack) {
  const { pastRestores, keptPlans: plans, restorability, settings } = store
  const workspaceOf = (hostId: string): string | null => hosts.workspaceOf(hostId)
  return {
    pastRestores: pastRestoreHandlers(
      new PastRestoresService({ hosts, store: pastRestores, audit: store.audit, plans, acts: audit, clock }),
      new RestoreNews({ audit, runs: mirror, workspaceOf, clock }),
    ),
    restorability: restorabilityHandlers(
      new RestorabilityService({ hosts, store: restorability, settings, clock, acts: audit, verified }),
    ),
    savedViews: savedViewHandlers(new SavedViewsService(store.savedViews)),
  }
}

/** This console's own directory, held for it alone, and its database. Throws what `composeServices` throws. */
function openDirectory(dataDirectory: string, log: Log): ConsoleStore {
  using stack = new DisposableStack()
  stack.use(claimDataDirectory(dataDirectory))
  const store = stack.use(openConsoleStore(dataDirectory, clock.now()))
  if (store.movedAside !== null) log.warning('the database was damaged and is moved aside', { to: store.movedAside })
  const owned = stack.move()
  return { ...store, [Symbol.dispose]: () => owned.dispose() }
}

/** What the audit has to know of hosts, which need the audit first. */
function askedLater(hosts: () => HostsService): Pick<AuditDeps, 'identity' | 'workspaceOf'> {
  return { identity: (hostId) => hosts().identity(hostId), workspaceOf: (hostId) => hosts().workspaceOf(hostId) }
}

type AuditDeps = ConstructorParameters<typeof AuditService>[0]
type WithSecrets = Parameters<typeof openHosts>[0] & Parameters<typeof openKept>[0] & Parameters<typeof openPlanes>[0]

/** What needs the console's secrets begins as soon as they are open; ends when it is disposed. */
function openWithSecrets(deps: WithSecrets): AsyncDisposable {
  const stop = new AbortController()
  const opened = [
    openHosts(deps, stop.signal),
    openPlanes(deps, stop.signal),
    openKept(deps, stop.signal).then(() => deps.hosts.recall()),
  ]
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(opened)
    },
  }
}
