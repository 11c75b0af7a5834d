import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { SecretStoreStatus } from '../../../contract/console/secrets.ts'
import type { Fault } from '../../../contract/errors.ts'
import type { AuditEntry } from '../../../contract/shapes/audit.ts'
import type { FanOut } from '../../../contract/shapes/fan-out.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { type LinkTimes, USUAL_LINK_TIMES } from '../../../contract/shapes/link-times.ts'
import type { NoticeEvent, NoticeSettings } from '../../../contract/shapes/notice.ts'
import type { PastRestore } from '../../../contract/shapes/past-restore.ts'
import type { RepositoryProbe } from '../../../contract/shapes/repository.ts'
import { type RestoreDefaults, USUAL_RESTORE_DEFAULT } from '../../../contract/shapes/restore-default.ts'
import type { RunProgress } from '../../../contract/shapes/run.ts'
import type { HostRun } from '../../../contract/shapes/run-page.ts'
import { summariseRun } from '../../../contract/shapes/run-summary.ts'
import type { SavedView } from '../../../contract/shapes/saved-view.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import type { ServedBy } from '../../../contract/shapes/tree.ts'
import type { UpdateState } from '../../../contract/shapes/update.ts'
import type { WorkspaceView } from '../../../contract/shapes/workspace.ts'
import { AUDIT } from './audit.ts'
import { backupRun } from './backup-runs.ts'
import { fanOutsOfEachKind } from './fan-outs.ts'
import { emptyLocalHost, fleet } from './fleet.ts'
import { largeFleet } from './large-fleet.ts'
import { before } from './moments.ts'
import { manyPastRestores, newestFirst, pastRestoresOf } from './past-restores.ts'
import { busyPlanes, emptyPlanes, type PlaneWorld } from './plane-world.ts'
import { newPlanning, type Planning } from './planning.ts'
import { restoresOfEachKind, runningIn } from './restores-of-each-kind.ts'
import { type RecordedRun, restoresInEveryState, sampleRun } from './runs.ts'
import { nightlySnapshots } from './snapshots.ts'
import { Topic } from './topic.ts'

export type SystemInfo = Awaited<ReturnType<ConsoleClient['system']['info']>>

/** All that the in-memory console knows; a scene or a test makes one and changes what it is about. */
export interface World {
  system: SystemInfo
  /** By id; the hosts of this world are in the one that `system` names. */
  readonly workspaces: Map<string, WorkspaceView>
  noticeSettings: NoticeSettings
  linkTimes: LinkTimes
  restoreDefaults: RestoreDefaults
  updates: UpdateState
  /** What a window is told as soon as it follows. */
  readonly notices: readonly NoticeEvent[]
  /** What there is in other workspaces, by their ids; nothing where none is given. */
  readonly elsewhere: Map<string, World>
  secrets: SecretStoreStatus
  passphrase: string
  readonly hosts: Map<string, HostView>
  /** By repository. */
  readonly snapshots: Map<string, readonly Snapshot[]>
  /** When what is listed was kept from, while the host is away; null when it was just read. */
  keptSince: string | null
  /** Who reads directories. */
  servedBy: ServedBy
  /** Repositories in which a search tells what it found first, and then no more. */
  readonly slow: Set<string>
  /** Snapshots that are compared hold the same. */
  alike: boolean
  /** Searches that were stopped before their end. */
  stopped: number
  readonly runs: Map<string, RecordedRun>
  /** The newest last. */
  readonly fanOuts: Map<string, FanOut>
  /** Runs of which nobody asks more than that they were. */
  history: readonly HostRun[]
  audit: readonly AuditEntry[]
  /** Newest first. */
  pastRestores: readonly PastRestore[]
  savedViews: readonly SavedView[]
  /** Days that a proof may be old: by host and repository; of all the others under no name. */
  readonly proofBounds: Map<string, number>
  readonly planning: Planning
  readonly plane: PlaneWorld
  probe: RepositoryProbe
  /** Calls that are answered otherwise than usual, by their path (`snapshots.list`): with a fault, or never. */
  readonly answers: Map<string, Fault | 'never'>
  /** Every call that arrived, in order. */
  readonly calls: { readonly path: string; readonly input: unknown }[]
  /** Milliseconds between two steps of a run that was started here. */
  pace: number
  readonly told: {
    readonly workspaces: Topic<string>
    readonly notices: Topic<NoticeEvent>
    readonly updates: Topic<UpdateState>
    readonly hosts: Topic<HostView | { readonly gone: string }>
    readonly audit: Topic<readonly AuditEntry[]>
    readonly secrets: Topic<SecretStoreStatus>
    readonly runs: Topic<string>
    readonly fanOuts: Topic<string>
  }
}

const madeAt = before({ days: 400 })
const CLINICS = { id: 'first', name: 'Northern clinics', color: 'teal', madeAt } as const
const LABORATORY = { id: 'laboratory', name: 'Laboratory', color: 'plum', madeAt } as const

/** A console on its first day: this computer, and nothing on it. */
export function emptyWorld(fields: Partial<World> = {}): World {
  return {
    system: {
      version: '0.1.0',
      shell: 'electron',
      actor: 'maria@ops-laptop',
      workspace: CLINICS,
      capabilities: { openFolder: true, pickFolder: true },
    },
    secrets: { store: 'keychain', state: 'ready', reason: '' },
    workspaces: new Map([CLINICS, LABORATORY].map((one) => [one.id, { ...one, hosts: 3 }])),
    elsewhere: new Map(),
    noticeSettings: {
      inWindow: true,
      bySystem: true,
      fileNames: false,
      proofs: true,
      quiet: { from: '22:00', until: '06:30' },
    },
    linkTimes: USUAL_LINK_TIMES,
    restoreDefaults: { everywhere: USUAL_RESTORE_DEFAULT, hosts: [] },
    updates: { version: '0.1.0', obstacle: null, feed: null, misread: null, lookedAt: null, step: { at: 'idle' } },
    notices: [],
    passphrase: 'correct horse battery',
    hosts: new Map([['local', emptyLocalHost()]]),
    snapshots: new Map(),
    keptSince: null,
    servedBy: 'native',
    slow: new Set(),
    alike: false,
    stopped: 0,
    runs: new Map(),
    fanOuts: new Map(),
    history: [],
    audit: [],
    pastRestores: [],
    savedViews: [],
    proofBounds: new Map(),
    planning: newPlanning(),
    plane: emptyPlanes(),
    probe: { snapshots: 96, lockedBy: null },
    answers: new Map(),
    calls: [],
    pace: 250,
    told: {
      workspaces: new Topic(),
      notices: new Topic(),
      updates: new Topic(),
      hosts: new Topic(),
      audit: new Topic(),
      secrets: new Topic(),
      runs: new Topic(),
      fanOuts: new Topic(),
    },
    ...fields,
  }
}

/** A console with a thousand hosts. */
export function crowdedWorld(): World {
  return emptyWorld({ hosts: new Map(largeFleet(1000).map((host) => [host.id, host])) })
}

/** Hosts of the busy world on which things were restored before. */
const PROVEN_HOSTS = ['db-01', 'db-02', 'files-north', 'web-01'] as const

/** A console of a thousand hosts on which ten thousand restores were done. */
export function worldOfManyRestores(): World {
  const world = crowdedWorld()
  const hosts = [...world.hosts.keys()]
  world.pastRestores = newestFirst(manyPastRestores(10_000, { hosts, days: 700 }))
  return world
}

/** A console in use: a fleet, a thousand snapshots, a run in every state. */
export function busyWorld(fields: Partial<World> = {}): World {
  const backups = (['running', 'succeeded', 'partial'] as const).map(backupRun)
  const runs = [
    ...restoresInEveryState(),
    ...restoresOfEachKind(),
    sampleRun('running'),
    sampleRun('succeeded'),
    ...backups,
  ]
  const lastRestore = (host: HostView): AuditEntry | null =>
    AUDIT.find((entry) => entry.hostId === host.id && entry.action === 'host.restore' && entry.outcome !== 'refused') ??
    null
  const running = runs.find(({ run }) => run.state === 'running')
  const hosts = fleet().map((host): [string, HostView] => [
    host.id,
    {
      ...host,
      lastRestore: lastRestore(host),
      activeRun: running?.hostId === host.id ? summariseRun(running.run) : null,
    },
  ])
  const repositories = fleet().flatMap((host) => host.repositories)
  return emptyWorld({
    hosts: new Map(hosts),
    snapshots: new Map(repositories.map(({ id }) => [id, nightlySnapshots(id, id === 'db-01' ? 1_000 : 24)])),
    runs: new Map(runs.map((recorded) => [recorded.run.id, recorded])),
    fanOuts: new Map(fanOutsOfEachKind().map((fanOut) => [fanOut.id, fanOut])),
    audit: AUDIT,
    plane: busyPlanes(),
    pastRestores: newestFirst([
      ...pastRestoresOf(runs, AUDIT),
      ...manyPastRestores(240, { hosts: PROVEN_HOSTS, days: 88 }),
    ]),
    ...fields,
  })
}

/** The same, where the run that goes on is a restore over original files, in one of its phases. */
export function worldRunning(phase: RunProgress['phase']): World {
  const world = busyWorld()
  const recorded = runningIn(phase)
  const host = world.hosts.get(recorded.hostId)
  world.runs.set(recorded.run.id, recorded)
  if (host !== undefined) world.hosts.set(host.id, { ...host, activeRun: summariseRun(recorded.run) })
  return world
}
