import type { z } from 'zod'
import type { DiffStart, LiveContents, liveContentsInputSchema } from '../../../contract/shapes/compare.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Run } from '../../../contract/shapes/run.ts'
import type { AuditService } from '../audit/index.ts'
import type { HostsService } from '../hosts/index.ts'
import { neverAborted } from '../signals.ts'

interface Deps {
  readonly hosts: HostsService
  readonly audit: AuditService
}

interface OnHost {
  readonly hostId: string
  /** The door the asker came through. */
  readonly origin: string
}

/** What differs between snapshots, and between a snapshot and its host. */
export class CompareService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * The beginning of a file of the host now, audited before it is asked for. It takes no signal: what was asked for is
   * read, whether or not its asker still looks. Throws what the agent's `compare.liveContents` throws.
   */
  liveContents({ hostId, origin }: OnHost, query: z.infer<typeof liveContentsInputSchema>): Promise<LiveContents> {
    const { hosts, audit } = this.#deps
    const { repositoryId, snapshotId, path } = query
    const summary = `${showFileName(path)}, on the host now`
    return audit.perform(
      { action: 'file.preview', origin, hostId, repositoryId, snapshotId, summary },
      () => hosts.ask(hostId, (agent) => agent.compare.liveContents(query), neverAborted()),
      ({ bytes }) => ({ bytes: Buffer.byteLength(bytes, 'base64') }),
    )
  }

  /** Start a run that has restic compare two snapshots. Throws what the agent's `compare.start` throws. */
  async start({ hostId, origin }: OnHost, wanted: DiffStart): Promise<Run> {
    const { hosts, audit } = this.#deps
    const { repositoryId, requestKey, before, after } = wanted
    const summary = `snapshots ${before.slice(0, 8)} and ${after.slice(0, 8)}`
    const dispatch = { origin, hostId, repositoryId, requestKey, snapshotId: before, summary }
    const run = await audit.start({ action: 'host.diff', ...dispatch }, () =>
      hosts.ask(hostId, (agent) => agent.compare.start(wanted), neverAborted()),
    )
    hosts.note(hostId, run)
    return run
  }
}
