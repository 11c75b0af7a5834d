import type { z } from 'zod'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Preview, previewInputSchema } from '../../../contract/shapes/preview.ts'
import type { AuditService } from '../audit/index.ts'
import { os } from '../console.ts'
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

/** What is in a file, for those who may see it. Nothing of it is kept on the way. */
export class PreviewService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /**
   * The beginning of a file, audited before it is asked for, with the bytes that were shown. It takes no signal: what
   * was asked for is read, whether or not its asker still looks. Throws what the agent's `preview.read` throws.
   */
  read({ hostId, origin }: OnHost, query: z.infer<typeof previewInputSchema>): Promise<Preview> {
    const { hosts, audit } = this.#deps
    const { repositoryId, snapshotId, path } = query
    return audit.perform(
      { action: 'file.preview', origin, hostId, repositoryId, snapshotId, summary: showFileName(path) },
      () => hosts.ask(hostId, (agent) => agent.preview.read(query), neverAborted()),
      ({ bytes }) => ({ bytes: Buffer.byteLength(bytes, 'base64') }),
    )
  }
}

/** `preview.*` of the console's contract. */
export function previewHandlers(preview: PreviewService) {
  return {
    read: os.preview.read.handler(({ input: { hostId, ...query }, context: { origin } }) =>
      preview.read({ hostId, origin }, query),
    ),
  }
}
