import type { LinkedPlace } from '../../../contract/shapes/notice.ts'
import type { HostsService, RunMirror } from '../hosts/index.ts'
import type { NoticesService } from '../notices/index.ts'
import type { PlanesService } from '../planes/index.ts'
import type { SnapshotsService } from '../snapshots/index.ts'
import { type Link, readLink } from './link.ts'

interface Deps {
  readonly hosts: Pick<HostsService, 'get' | 'workspaceOf'>
  readonly mirror: Pick<RunMirror, 'hostsOf'>
  readonly snapshots: Pick<SnapshotsService, 'list'>
  readonly planes: Pick<PlanesService, 'workspaceOf'>
  readonly notices: Pick<NoticesService, 'lead'>
}

interface Found {
  readonly workspaceId: string
  readonly place: LinkedPlace
}

/** Finds what a link from elsewhere names, in whichever workspace it is, and has the window show it. */
export class LinksService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** False for what is no link of ours: then nothing is shown. What is not known here is said in the window. */
  async open(text: string, signal: AbortSignal): Promise<boolean> {
    const link = readLink(text)
    if (link === null) return false
    this.#deps.notices.lead(await this.#find(link, signal), link.kind)
    return true
  }

  async #find(link: Link, signal: AbortSignal): Promise<Found | null> {
    const { hosts, mirror, planes } = this.#deps
    switch (link.kind) {
      case 'run': {
        const [hostId] = mirror.hostsOf(link.runId)
        const workspaceId = hostId === undefined ? null : hosts.workspaceOf(hostId)
        return hostId === undefined || workspaceId === null ? null : { workspaceId, place: { ...link, hostId } }
      }
      case 'host': {
        const workspaceId = hosts.workspaceOf(link.hostId)
        return workspaceId === null ? null : { workspaceId, place: link }
      }
      case 'snapshot':
        return this.#findSnapshot(link, signal)
      case 'replica': {
        const workspaceId = planes.workspaceOf(link.planeId)
        return workspaceId === null ? null : { workspaceId, place: link }
      }
    }
  }

  /** A snapshot's link names no repository: it is looked for in those of its host, as they are or were last seen. */
  async #findSnapshot(link: Extract<Link, { kind: 'snapshot' }>, signal: AbortSignal): Promise<Found | null> {
    const { hosts, snapshots } = this.#deps
    const { hostId, snapshotId: asked } = link
    const workspaceId = hosts.workspaceOf(hostId)
    if (workspaceId === null) return null
    const found = await Promise.all(
      hosts.get(hostId).repositories.map(async ({ id: repositoryId }) => {
        // A repository that cannot be read now is one in which it is not found.
        const list = await snapshots.list({ hostId, repositoryId }, signal).catch(() => null)
        const ids = list?.snapshots.id.filter((id) => id.startsWith(asked)) ?? []
        return ids.map((snapshotId) => ({ kind: 'snapshot', hostId, repositoryId, snapshotId }) as const)
      }),
    )
    // Short ids can be those of several: then it is not said which one was meant.
    const [place, ...others] = found.flat()
    return place === undefined || others.some(({ snapshotId }) => snapshotId !== place.snapshotId)
      ? null
      : { workspaceId, place }
  }
}
