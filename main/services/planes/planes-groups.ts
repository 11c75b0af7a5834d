import type { PlaneGroup } from '../../../contract/shapes/plane.ts'
import type { HostsService } from '../hosts/index.ts'
import type { GroupOfPlane, NewGroupAccess } from './plane-client.ts'
import type { PlanesService } from './planes-service.ts'

interface Deps {
  readonly planes: PlanesService
  readonly hosts: Pick<HostsService, 'listOf'>
}

interface Where {
  readonly planeId: string
  readonly workspaceId: string
  readonly origin: string
}

/** The groups of a plane, and what it reads them with. */
export class PlaneGroups {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async list({ planeId, workspaceId }: Omit<Where, 'origin'>, signal: AbortSignal): Promise<PlaneGroup[]> {
    const groups = await this.#deps.planes.ask(planeId, (client) => client.groups(signal), signal)
    return groups.map((group) => this.#withHosts(group, workspaceId))
  }

  /** What it is read with is in no summary. */
  async connect({ planeId, workspaceId, origin }: Where, group: NewGroupAccess): Promise<PlaneGroup> {
    const act = {
      action: 'plane.group',
      origin,
      summary: `${group.name}: may be read, at ${group.access.url}`,
    } as const
    const made = await this.#deps.planes.perform(planeId, act, (client) => client.connectGroup(group))
    return this.#withHosts(made, workspaceId)
  }

  async disconnect({ planeId, workspaceId, origin }: Where, groupId: string): Promise<PlaneGroup> {
    const act = { action: 'plane.group', origin, summary: `${groupId}: may not be read any more` } as const
    const left = await this.#deps.planes.perform(planeId, act, (client) => client.disconnectGroup(groupId))
    return this.#withHosts(left, workspaceId)
  }

  /** A machine is the host that calls itself so, where one alone does. */
  #withHosts(group: GroupOfPlane, workspaceId: string): PlaneGroup {
    const hosts = this.#deps.hosts.listOf(workspaceId)
    return {
      ...group,
      machines: group.machines.map((machine) => {
        const named = hosts.filter(({ agent }) => agent?.hostname.toLowerCase() === machine.name.toLowerCase())
        return { ...machine, hostId: named.length === 1 ? (named[0]?.id ?? null) : null }
      }),
    }
  }
}
