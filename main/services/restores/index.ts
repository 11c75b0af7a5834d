import type { RestorePlan, RestoreRequest } from '../../../contract/shapes/restore.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import type { AuditService } from '../audit/index.ts'
import { os } from '../console.ts'
import type { HostsService } from '../hosts/index.ts'
import { neverAborted, signalOf } from '../signals.ts'
import { summariseSelection } from './summary.ts'

interface Deps {
  readonly hosts: HostsService
  readonly audit: AuditService
}

export type RestoreOnHost = RestoreRequest & { readonly hostId: string }

/** Restores: what one would do, and starting it. */
export class RestoresService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** What a restore would do; writes nothing, here or there. Throws what the agent's `restore.plan` throws. */
  plan({ hostId, ...request }: RestoreOnHost, signal: AbortSignal): Promise<RestorePlan> {
    return this.#deps.hosts.ask(hostId, (agent) => agent.restore.plan(request, { signal }), signal)
  }

  /**
   * Start a restore, audited before it is dispatched. The same request key gives the same run. It takes no signal: a
   * page that leaves does not call back what was asked. Throws what the agent's `restore.start` throws.
   */
  async start(restore: RestoreOnHost & { readonly requestKey: string }, origin: string): Promise<Run> {
    const { hosts, audit } = this.#deps
    const { hostId, ...request } = restore
    const { repositoryId, snapshotId, requestKey } = request
    const summary = summariseSelection(request.selection)
    const run = await audit.start(
      { action: 'host.restore', origin, hostId, repositoryId, snapshotId, requestKey, summary },
      () => hosts.ask(hostId, (agent) => agent.restore.start(request), neverAborted()),
    )
    hosts.note(hostId, run)
    return run
  }
}

/** `restores.*` of the console's contract. */
export function restoreHandlers(restores: RestoresService) {
  return {
    plan: os.restores.plan.handler(({ input, signal }) => restores.plan(input, signalOf({ signal }))),
    start: os.restores.start.handler(({ input, context }) => restores.start(input, context.origin)),
  }
}
