import { z } from 'zod'
import {
  type RepositoryVerification,
  type Restorability,
  repositoryVerificationSchema,
} from '../../../contract/shapes/restorability.ts'
import type { SettingStore } from '../../store/index.ts'
import type { HostsService } from '../hosts/index.ts'
import type { Log } from '../log.ts'
import {
  groupsTold,
  keyOfRepository,
  type PlaneMirror,
  type PlanesService,
  type ReplicaOfPlane,
  type SeenPlane,
  type VerificationOfPlane,
} from '../planes/index.ts'

interface Deps {
  readonly planes: Pick<PlanesService, 'ask'>
  readonly mirror: Pick<PlaneMirror, 'of'>
  readonly hosts: Pick<HostsService, 'namesOf'>
  readonly settings: SettingStore
  readonly log: Log
}

interface Place {
  readonly hostId: string
  readonly repositoryId: string
}

export type WhatWasVerified = Pick<Restorability, 'lastVerified' | 'failing'>

const NOTHING: WhatWasVerified = { lastVerified: null, failing: null }

const keptSchema = z.object({
  /** By repository, its group: a group has one repository, that in which its snapshots are. */
  groups: z.record(z.string(), z.string()),
  /** By group: of each of its replicas and machines the last report, and the last that was healthy. */
  reported: z.record(z.string(), z.array(repositoryVerificationSchema)),
})
type Kept = z.infer<typeof keptSchema>

/** Of so many is asked at once what was started; of the others the next time. */
const ASKED = 40
/** Reports of one replica and machine in which the one that is meant is looked for. */
const READ = 20
const PATIENCE = 5000

type Repository = Place & { readonly key: string; readonly snapshotId: string | null }

/**
 * What consumers have shown of the repositories that hosts see. It is remembered: a plane that is away has proven no less, and a backup
 * that it does not know yet takes nothing back.
 */
export class VerifiedRepositories {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** By repository. Asks the planes only what was started of what is newly reported. */
  async of(workspaceId: string): Promise<(place: Place) => WhatWasVerified> {
    const repositories = this.#repositoriesOf(workspaceId)
    const planes = await Promise.all(
      this.#deps.mirror.of(workspaceId).map((plane) => this.#ofPlane(plane, repositories)),
    )
    const keys = new Map(repositories.map(({ hostId, repositoryId, key }) => [`${hostId} ${repositoryId}`, key]))
    return ({ hostId, repositoryId }) => {
      const key = keys.get(`${hostId} ${repositoryId}`) ?? ''
      const all = planes.flatMap(({ groups, reported }) => reported[groups[key] ?? ''] ?? [])
      return all.length === 0
        ? NOTHING
        : {
            lastVerified: newest(all.filter(({ healthy }) => healthy)),
            failing: newest(all.filter(({ healthy }) => !healthy)),
          }
    }
  }

  async #ofPlane({ planeId, board }: SeenPlane, repositories: readonly Repository[]): Promise<Kept> {
    const { settings } = this.#deps
    const text = settings.get(settingOf(planeId))
    const kept: Kept = text === null ? { groups: {}, reported: {} } : keptSchema.parse(JSON.parse(text))
    if (board === null) return kept
    const groups = {
      ...groupsTold(settings, planeId),
      ...kept.groups,
      ...groupsBySnapshot(board.replicas, repositories),
    }
    const known = new Map(Object.values(kept.reported).flatMap((all) => all.map((one) => [keyOf(one), one])))
    const wanted = new Set(Object.values(groups))
    const fresh = board.replicas
      .filter(({ declaration }) => wanted.has(declaration.groupId))
      .flatMap((replica) =>
        reportsOf(planeId, replica).map((one) => ({ ...one, told: known.get(keyOf(one.report)) ?? null })),
      )
    const asked = new Set(fresh.filter(({ told, report }) => told === null && report.healthy).slice(0, ASKED))
    const reports = await Promise.all(
      fresh.map(async (one) => ({
        groupId: one.groupId,
        report: one.told ?? (asked.has(one) ? { ...one.report, started: await this.#startedOf(one) } : one.report),
      })),
    )
    const reported: Record<string, RepositoryVerification[]> = {}
    for (const { groupId, report } of reports) (reported[groupId] ??= []).push(report)
    const now = { groups, reported }
    const written = JSON.stringify(now)
    if (written !== text) settings.set(settingOf(planeId), written)
    return now
  }

  /** Null where the plane does not say. */
  async #startedOf({ report, machineId, groupId }: Reported): Promise<RepositoryVerification['started']> {
    const { planes, log } = this.#deps
    const signal = AbortSignal.timeout(PATIENCE)
    const filter = { replicaId: report.replicaId, machineId, groupId, consumerId: null }
    try {
      const page = await planes.ask(
        report.planeId,
        (client) => client.activity(filter, { before: null, limit: READ }, signal),
        signal,
      )
      const found = page.items.find(({ observedAt }) => observedAt === report.at)
      return found === undefined ? null : startedOf(found)
    } catch (error) {
      log.info('a control plane did not say what was started', { reason: String(error) })
      return null
    }
  }

  #repositoriesOf(workspaceId: string): Repository[] {
    return this.#deps.hosts.namesOf(workspaceId).flatMap(({ id: hostId, repositories, lastSnapshots }) =>
      repositories.map(({ id: repositoryId, url }) => ({
        hostId,
        repositoryId,
        key: keyOfRepository({ hostId, repositoryId, url }),
        snapshotId: lastSnapshots.find((last) => last.repositoryId === repositoryId)?.snapshotId ?? null,
      })),
    )
  }
}

interface Reported {
  readonly groupId: string
  readonly machineId: string | null
  readonly report: RepositoryVerification
}

/** A snapshot's id is of no other repository: whose newest one a plane knows of a group, that is the group's. */
function groupsBySnapshot(
  replicas: readonly ReplicaOfPlane[],
  repositories: readonly Repository[],
): Readonly<Record<string, string>> {
  const bySnapshot = new Map(
    replicas.flatMap(({ declaration: { groupId }, standings }) =>
      standings.flatMap(({ latestSnapshotId, lastReport }) =>
        [latestSnapshotId, lastReport?.snapshotId].flatMap((id) => (id ? [[id, groupId] as const] : [])),
      ),
    ),
  )
  return Object.fromEntries(
    repositories.flatMap(({ key, snapshotId }) => {
      const groupId = snapshotId === null ? undefined : bySnapshot.get(snapshotId)
      return groupId === undefined ? [] : [[key, groupId]]
    }),
  )
}

/** The last report of each machine, and the last that was healthy; one that is switched off fails no more. */
function reportsOf(planeId: string, { id: replicaId, declaration, standings }: ReplicaOfPlane): Reported[] {
  return standings.flatMap(({ machineId, machineName: machine, lastReport, lastHealthy }) =>
    (lastReport?.healthy === true ? [lastReport] : [declaration.enabled ? lastReport : null, lastHealthy]).flatMap(
      (one) => {
        if (one === null) return []
        const { observedAt: at, healthy, snapshotId, error } = one
        const report = { planeId, replicaId, replica: declaration.name, machine, at, healthy, snapshotId, error }
        return [{ groupId: declaration.groupId, machineId, report: { ...report, started: null } }]
      },
    ),
  )
}

function startedOf({ postgresVersion, health }: VerificationOfPlane): RepositoryVerification['started'] {
  const sizes = z.object({ sizes: z.record(z.string(), z.unknown()) }).safeParse(health)
  if (postgresVersion === null && !sizes.success) return null
  return { postgres: postgresVersion, databases: sizes.success ? Object.keys(sizes.data.sizes).length : null }
}

function newest(all: readonly RepositoryVerification[]): RepositoryVerification | null {
  return all.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null
}

function keyOf({ replicaId, machine, at }: RepositoryVerification): string {
  return `${replicaId} ${machine} ${at}`
}

function settingOf(planeId: string): string {
  return `verified by ${planeId}`
}
