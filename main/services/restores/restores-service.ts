import { Fault } from '../../../contract/errors.ts'
import { permits } from '../../../contract/procedure.ts'
import type {
  InPlaceConfirmation,
  PlanPage,
  PlanPageInput,
  RestorePlan,
  RestoreRequest,
} from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import type { AuditService, StartDispatch } from '../audit/index.ts'
import type { KeptPlanStore } from '../../store/index.ts'
import type { HostsService } from '../hosts/index.ts'
import { neverAborted } from '../signals.ts'
import { SeenPlans } from './seen-plans.ts'
import { summariseRequest } from './summary.ts'

interface Deps {
  readonly hosts: HostsService
  readonly audit: AuditService
  /** Where the plans stay that a restore was started by. */
  readonly plans: KeptPlanStore
}

export interface RestoreOnHost {
  readonly hostId: string
  readonly request: RestoreRequest
}

interface Start extends RestoreOnHost {
  readonly requestKey: string
}

/** Restores: what one would do, and starting it. */
export class RestoresService {
  readonly #deps: Deps
  readonly #seen = new SeenPlans()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** What a restore would do; writes nothing, here or there. Throws what the agent's `restore.plan` throws. */
  async plan({ hostId, request }: RestoreOnHost, signal: AbortSignal): Promise<RestorePlan> {
    const plan = await this.#deps.hosts.ask(hostId, (agent) => agent.restore.plan({ request }, { signal }), signal)
    this.#seen.add(hostId, plan)
    return plan
  }

  /** Some items of a plan. Throws what the agent's `restore.planItems` throws. */
  planItems(
    { hostId, ...page }: PlanPageInput & Pick<RestoreOnHost, 'hostId'>,
    signal: AbortSignal,
  ): Promise<PlanPage> {
    return this.#deps.hosts.ask(hostId, (agent) => agent.restore.planItems(page, { signal }), signal)
  }

  /**
   * Start a restore, audited before it is dispatched. The same request key gives the same run. It takes no signal: a
   * page that leaves does not call back what was asked. Throws what the agent's `restore.start` throws.
   */
  start({ hostId, ...input }: Start & { readonly planHash: string | null }, origin: string): Promise<Run> {
    const { hosts } = this.#deps
    return this.#dispatch(dispatchOf({ hostId, ...input }, origin), () =>
      hosts.ask(hostId, (agent) => agent.restore.start(input), neverAborted()),
    )
  }

  /**
   * Start a restore over the original files. What is refused here is in the audit too, as refused. Throws `conflict`
   * (`wrong_host_name`) when what was typed is not the name that the host's agent says, `forbidden` when the host does
   * not grant this console the role, and what the agent's `restore.startInPlace` throws.
   */
  startInPlace(
    { hostId, ...input }: Start & { readonly planHash: string; readonly confirmation: InPlaceConfirmation },
    origin: string,
  ): Promise<Run> {
    const { hosts } = this.#deps
    const dispatch = { ...dispatchOf({ hostId, ...input }, origin), reason: input.confirmation.reason }
    return this.#dispatch(dispatch, async () => {
      this.#requireLeave(hostId, input.confirmation)
      return hosts.ask(hostId, (agent) => agent.restore.startInPlace(input), neverAborted())
    })
  }

  async #dispatch(dispatch: StartDispatch, carryOut: () => Promise<Run>): Promise<Run> {
    const { hosts, audit, plans } = this.#deps
    const plan = this.#seen.find(dispatch.hostId, dispatch.planHash ?? null)
    if (plan !== null) plans.put(dispatch.hostId, plan)
    const run = await audit.start(dispatch, carryOut)
    hosts.note(dispatch.hostId, run)
    return run
  }

  /** The agent checks the same again; a host that was never reached says nothing yet, and cannot be asked either. */
  #requireLeave(hostId: string, { hostname }: InPlaceConfirmation): void {
    const agent = this.#deps.hosts.identity(hostId)
    if (agent === null) return
    if (!permits(agent.granted.role, 'admin')) throw new Fault('forbidden', { needs: 'admin' })
    if (hostname !== agent.hostname) throw new Fault('conflict', { what: 'wrong_host_name', detail: agent.hostname })
  }
}

function dispatchOf(
  { hostId, request, requestKey, planHash }: Start & { readonly planHash: string | null },
  origin: string,
): StartDispatch {
  const summary = summariseRequest(request)
  const dispatch = { action: 'host.restore', origin, hostId, requestKey, summary, planHash } as const
  if (request.kind !== 'new') return dispatch
  const { repositoryId, sources } = request
  const snapshotId = sources[0]?.snapshotId
  return { ...dispatch, repositoryId, ...(snapshotId === undefined ? {} : { snapshotId }) }
}
