import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Fault, isFault, refused } from '../../../contract/errors.ts'
import { type Enrolment, readEnrolment } from '../../../contract/shapes/enrolment.ts'
import type { Door, HostView } from '../../../contract/shapes/host.ts'
import type { LinkTimes } from '../../../contract/shapes/link-times.ts'
import type { HostRecord, WorkspaceStore } from '../../store/index.ts'
import type { AuditService, Dispatch } from '../audit/index.ts'
import type { Clock } from '../clock.ts'
import type { OwnWorkspace } from '../console.ts'
import type { HostsService } from './hosts-service.ts'
import type { Admitted, Introduction } from './introduction.ts'
import { requireSameTenant } from './tenancy.ts'

/** Characters of the name that a host gives itself. */
const LONGEST_NAME = 100

interface Deps {
  readonly hosts: HostsService
  readonly audit: AuditService
  readonly clock: Clock
  readonly introduction: Introduction
  readonly workspaces: Pick<WorkspaceStore, 'list'>
  readonly times: () => LinkTimes
}

interface Asked {
  /** Empty for the host's own. */
  readonly name: string
  /** The door the asker came through. */
  readonly origin: string
  /** The one that the host is to come into. */
  readonly workspace: Pick<OwnWorkspace, 'id' | 'requireOwn'>
}

/** What becomes of a host before it is one. */
interface Arrival {
  readonly hostId: string
  readonly workspace: Asked['workspace']
}

/** How hosts come to this console, and leave it. */
export class EnrolmentService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * Trust the agent that a line names, be trusted by it, and connect. A host whose key is known is enrolled anew, and
   * found where the line says. Throws what `hosts.enrol` of the contract throws.
   */
  async enrol(line: string, { name, origin, workspace: into }: Asked): Promise<HostView> {
    const { hosts } = this.#deps
    const enrolment = readEnrolment(line)
    if (enrolment === undefined) throw refused(['line'], 'enrolment_line')
    const { address, pin, role, workspace } = enrolment
    const known = hosts.records().find(({ door }) => door.kind === 'tls' && door.pin === pin)
    const hostId = known?.id ?? randomUUID()
    if (known !== undefined) into.requireOwn('hosts.enrol', { hostId })
    const arrival: Arrival = { hostId, workspace: into }
    const summary = `${address} (key ${pin}), as ${role} of ${workspace}`
    const dispatch = { action: 'host.enrol', origin, hostId, workspaceId: into.id, summary } as const
    const admitted = await this.#written(dispatch, async () => {
      this.#requireTenant(arrival, workspace)
      return this.#requireNew(arrival, await this.#redeem(enrolment, known !== undefined))
    })
    const door: Door = { kind: 'tls', address, pin }
    if (known === undefined) return await this.#add(arrival, { door, admitted, name: name || admitted.hostname })
    const { agentId } = admitted
    hosts.change(hostId, { door, agentId, workspace: admitted.workspace, name: name || known.name })
    hosts.reach(hostId)
    return await this.#settled(hostId)
  }

  /** Reach a host's agent through `ssh`. Throws what `hosts.addThroughSsh` of the contract throws. */
  async addThroughSsh(destination: string, { name, origin, workspace }: Asked): Promise<HostView> {
    const { hosts, introduction } = this.#deps
    const door: Door = { kind: 'ssh', destination }
    const same = hosts.records().find((record) => isDeepStrictEqual(record.door, door))
    if (same !== undefined) {
      workspace.requireOwn('hosts.addThroughSsh', { hostId: same.id })
      throw new Fault('conflict', { what: 'host_exists', detail: same.name })
    }
    const arrival: Arrival = { hostId: randomUUID(), workspace }
    const summary = `${destination} through ssh`
    const dispatch = {
      action: 'host.enrol',
      origin,
      hostId: arrival.hostId,
      workspaceId: workspace.id,
      summary,
    } as const
    const admitted = await this.#written(dispatch, async () =>
      this.#requireNew(arrival, await introduction.greetThroughSsh(destination)),
    )
    return await this.#add(arrival, { door, admitted, name: name || admitted.hostname })
  }

  /**
   * Forget a host, its name typed. Its agent is not asked: it may be away for good, and it still knows this console.
   * What is refused is audited too. Throws `not_found`, `forbidden` for this computer, `conflict` (`wrong_host_name`).
   */
  async remove(hostId: string, typed: string, origin: string): Promise<void> {
    const { hosts, audit } = this.#deps
    const { name, local } = hosts.get(hostId)
    await audit.perform({ action: 'host.remove', origin, hostId, summary: name }, async () => {
      if (local) throw new Fault('forbidden', { needs: 'a host other than this computer' })
      if (typed !== name) throw new Fault('conflict', { what: 'wrong_host_name', detail: name })
      await hosts.remove(hostId)
    })
  }

  /** Call a host otherwise, or label it so; both are what is read before something is done to it, so both are audited. */
  async change(
    hostId: string,
    change: Pick<Partial<HostRecord>, 'name' | 'labels' | 'pinned'>,
    origin: string,
  ): Promise<HostView> {
    const { hosts, audit } = this.#deps
    const said = wordsFor(hosts.get(hostId), change)
    if (said.length === 0) return hosts.change(hostId, change)
    const summary = `${hosts.get(hostId).name}: ${said.join(', ')}`
    return await audit.perform({ action: 'console.settings', origin, hostId, summary }, async () =>
      hosts.change(hostId, change),
    )
  }

  /** Written down before it is done. What is left in doubt of a host that is not there stays so: nobody can be asked later. */
  async #written<T>(dispatch: Dispatch & { readonly hostId: string }, carryOut: () => Promise<T>): Promise<T> {
    const { audit, hosts } = this.#deps
    try {
      return await audit.perform(dispatch, carryOut)
    } catch (error) {
      const isHost = hosts.records().some(({ id }) => id === dispatch.hostId)
      if (!isHost) await audit.settle(dispatch.hostId, async () => null)
      throw error
    }
  }

  async #redeem(enrolment: Enrolment, isKnown: boolean): Promise<Admitted> {
    const { introduction } = this.#deps
    try {
      return await introduction.redeem(enrolment)
    } catch (error) {
      const isUsed = isFault(error, 'conflict') && error.data.what === 'code_used'
      // It may have let this console in, which ended before it could write that down.
      const admitted = isUsed && !isKnown ? await introduction.greetEnrolled(enrolment) : null
      if (admitted === null) throw error
      return admitted
    }
  }

  #requireNew(arrival: Arrival, admitted: Admitted): Admitted {
    const { hostId, workspace } = arrival
    const same = this.#deps.hosts.records().find(({ id, agentId }) => agentId === admitted.agentId && id !== hostId)
    if (same !== undefined) {
      workspace.requireOwn('hosts.enrol', { hostId: same.id })
      throw new Fault('conflict', { what: 'host_exists', detail: same.name })
    }
    this.#requireTenant(arrival, admitted.workspace)
    return admitted
  }

  #requireTenant({ hostId, workspace }: Arrival, named: string | null): void {
    const { hosts, workspaces } = this.#deps
    // A host that is enrolled anew may have another name for its tenant now, where it is alone.
    const records = hosts.records().filter(({ id }) => id !== hostId)
    requireSameTenant(named, { records, workspaces, workspaceId: workspace.id })
  }

  async #add(
    arrival: Arrival,
    { door, admitted, name }: Pick<HostRecord, 'door' | 'name'> & { readonly admitted: Admitted },
  ): Promise<HostView> {
    const { hosts, clock } = this.#deps
    const { agentId, workspace } = this.#requireNew(arrival, admitted)
    const { hostId: id, workspace: into } = arrival
    const shown = name.trim().slice(0, LONGEST_NAME) || 'a host without a name'
    const addedAt = clock.now().toISOString()
    const nothing = { labels: [], pinned: false, lastSeenAt: null }
    hosts.add({ id, door, agentId, workspaceId: into.id, workspace, addedAt, name: shown, ...nothing })
    return await this.#settled(id)
  }

  async #settled(hostId: string): Promise<HostView> {
    const { hosts, times } = this.#deps
    // So long it may take to be reached: then it is shown as it is.
    await hosts.settled(hostId, AbortSignal.timeout(times().reachWithin * 1000))
    return hosts.get(hostId)
  }
}

/** What will be another than it was; whether a host is pinned concerns only who looks. */
function wordsFor(before: HostView, { name, labels }: Pick<Partial<HostRecord>, 'name' | 'labels'>): string[] {
  const renamed = name === undefined || name === before.name ? [] : [`called ${name}`]
  const same = labels === undefined || isDeepStrictEqual([...labels], before.labels)
  return [...renamed, ...(same ? [] : [labels.length === 0 ? 'without labels' : `labelled ${labels.join(', ')}`])]
}
