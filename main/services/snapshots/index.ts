import { isFault } from '../../../contract/errors.ts'
import { type SnapshotColumns, snapshotColumnsSchema } from '../../../contract/shapes/snapshot.ts'
import { os } from '../console.ts'
import type { HostsService } from '../hosts/index.ts'
import type { KeptListings, KeptName } from '../kept/index.ts'
import { signalOf } from '../signals.ts'

interface Deps {
  readonly hosts: HostsService
  readonly kept: KeptListings
}

interface OneRepository {
  readonly hostId: string
  readonly repositoryId: string
}

interface SnapshotList {
  readonly snapshots: SnapshotColumns
  readonly keptSince: string | null
}

/** Which snapshots a repository has: asked anew each time, for there are more every day. */
export class SnapshotsService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * The agent's list; while the host, or the server behind it, cannot be reached, the list that was read last. Any
   * other refusal is passed on as it is. Throws what the agent's `snapshot.list` throws.
   */
  async list({ hostId, repositoryId }: OneRepository, signal: AbortSignal): Promise<SnapshotList> {
    const { hosts, kept } = this.#deps
    const name: KeptName = { hostId, repositoryId, what: ['snapshots'] }
    try {
      const snapshots = await hosts.ask(hostId, (agent) => agent.snapshot.list({ repositoryId }, { signal }), signal)
      kept.keep(name, snapshots)
      return { snapshots, keptSince: null }
    } catch (error) {
      const found = isFault(error, 'unreachable') ? await kept.read(name, snapshotColumnsSchema) : null
      if (found === null) throw error
      return { snapshots: found.value, keptSince: found.since }
    }
  }
}

/** `snapshots.*` of the console's contract. */
export function snapshotHandlers(snapshots: SnapshotsService) {
  return {
    list: os.snapshots.list.handler(({ input, signal }) => snapshots.list(input, signalOf({ signal }))),
  }
}
