import type { Verification, VerificationPage } from '../../../contract/shapes/verification.ts'
import type { AuditService } from '../audit/index.ts'
import type { HostsService, RunMirror } from '../hosts/index.ts'
import type { ActivityFilter, PlanesService, VerificationOfPlane } from '../planes/index.ts'

interface Deps {
  readonly planes: PlanesService
  readonly runs: Pick<RunMirror, 'hostsOf'>
  readonly hosts: Pick<HostsService, 'workspaceOf'>
  readonly audit: Pick<AuditService, 'record'>
}

interface Where {
  readonly planeId: string
  readonly workspaceId: string
}

interface Wanted {
  readonly filter: ActivityFilter
  readonly before: string | null
  readonly limit: number
}

const EXPORTED = 500

/** What was reported of the restores of replicas. */
export class VerificationsService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Newest first. */
  async page({ planeId, workspaceId }: Where, wanted: Wanted, signal: AbortSignal): Promise<VerificationPage> {
    const { filter, ...part } = wanted
    const { items, next } = await this.#deps.planes.ask(
      planeId,
      (client) => client.activity(filter, part, signal),
      signal,
    )
    return { items: items.map((one) => this.#view(one, { planeId, workspaceId })), next }
  }

  /** All of them, a page at a time. Written down before the first is given. */
  async *export(
    { origin, ...where }: Where & { readonly origin: string },
    { filter, format }: { readonly filter: ActivityFilter; readonly format: 'csv' | 'json' },
    signal: AbortSignal,
  ): AsyncGenerator<VerificationPage> {
    const { planes, audit } = this.#deps
    const summary = `Verifications of ${planes.nameOf(where.planeId)}, as ${format}`
    audit.record({ action: 'console.export', origin, workspaceId: where.workspaceId, summary, outcome: 'done' })
    let before: string | null = null
    do {
      const page: VerificationPage = await this.page(where, { filter, before, limit: EXPORTED }, signal)
      yield page
      before = page.next
    } while (before !== null)
  }

  /** With the run that it was, where one of this workspace's hosts has that. */
  #view(one: VerificationOfPlane, { planeId, workspaceId }: Where): Verification {
    const { runs, hosts } = this.#deps
    const { runId } = one
    const hostId = runId === null ? undefined : runs.hostsOf(runId).find((id) => hosts.workspaceOf(id) === workspaceId)
    return { planeId, ...one, run: runId === null || hostId === undefined ? null : { hostId, runId } }
  }
}
