import { Fault, writeFault } from '../../../contract/errors.ts'
import type { FanOutPlan } from '../../../contract/shapes/fan-out.ts'
import type { NewRestore } from '../../../contract/shapes/restore.ts'
import type { HostsService } from '../hosts/index.ts'

/** Hosts that are asked for a plan at the same time: each walks trees on a machine of its own. */
const AT_ONCE = 8

export interface PlansWanted {
  /** The host on which the restore was put together. */
  readonly hostId: string
  readonly request: NewRestore
  readonly hostIds: readonly string[]
}

/** What a restore would do on each host, as the answers come. */
export async function* planOnHosts(
  hosts: HostsService,
  { hostId, request, hostIds }: PlansWanted,
  signal: AbortSignal,
): AsyncGenerator<FanOutPlan> {
  const url = hosts.get(hostId).repositories.find(({ id }) => id === request.repositoryId)?.url ?? null
  const waiting = [...new Set(hostIds)]
  const going = new Map<string, Promise<FanOutPlan>>()
  while (waiting.length > 0 || going.size > 0) {
    while (going.size < AT_ONCE && waiting.length > 0) {
      const next = waiting.shift() ?? ''
      going.set(next, planOn(hosts, { hostId: next, request, url }, signal))
    }
    const plan = await Promise.race(going.values())
    going.delete(plan.hostId)
    yield plan
  }
}

interface OnHost {
  readonly hostId: string
  readonly request: NewRestore
  /** Where the repository is, as the first host sees it. */
  readonly url: string | null
}

/** Never rejects but for what is unforeseen. */
async function planOn(hosts: HostsService, { hostId, request, url }: OnHost, signal: AbortSignal): Promise<FanOutPlan> {
  const none: FanOutPlan = { hostId, repositoryId: null, hostname: null, plan: null, fault: null }
  try {
    const hostname = hosts.identity(hostId)?.hostname ?? null
    const repositoryId = await repositoryWith(hosts, { hostId, request, url }, signal)
    const found = { ...none, hostname, repositoryId }
    try {
      const here = { ...request, repositoryId }
      const plan = await hosts.ask(hostId, (agent) => agent.restore.plan({ request: here }, { signal }), signal)
      const { hash, totals, files, bytes, targetPath, fresh, free } = plan
      return { ...found, plan: { hash, totals, files, bytes, targetPath, fresh, free } }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { ...found, fault: writeFault(error) }
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ...none, fault: writeFault(error) }
  }
}

/**
 * The repository of a host in which all snapshots of a restore are: one at the same address first. Throws `not_found`
 * (`snapshot`), and what the host throws where it cannot be asked.
 */
async function repositoryWith(
  hosts: HostsService,
  { hostId, request, url }: OnHost,
  signal: AbortSignal,
): Promise<string> {
  const { repositories } = hosts.get(hostId)
  const [same, others] = [repositories.filter((one) => one.url === url), repositories.filter((one) => one.url !== url)]
  const wanted = request.sources.map(({ snapshotId }) => snapshotId)
  let trouble: Error | undefined
  for (const { id: repositoryId } of [...same, ...others]) {
    try {
      const { id } = await hosts.ask(hostId, (agent) => agent.snapshot.list({ repositoryId }, { signal }), signal)
      if (wanted.every((snapshotId) => id.includes(snapshotId))) return repositoryId
    } catch (error) {
      if (!(error instanceof Error)) throw error
      // Another of its repositories may have them.
      trouble ??= error
    }
  }
  throw trouble ?? new Fault('not_found', { what: 'snapshot', id: wanted[0] ?? '' })
}
