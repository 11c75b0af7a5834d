import type { z } from 'zod'
import { Fault, isFault, refused } from '../../contract/errors.ts'
import type { AuditEntry } from '../../contract/shapes/audit.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { type Preview, previewInputSchema } from '../../contract/shapes/preview.ts'
import { readContents } from '../../engine/repository/contents.ts'
import { stat } from '../../engine/repository/resolve.ts'
import type { StoredNode } from '../../engine/repository/stored-node.ts'
import type { TreeReader } from '../../engine/repository/tree-reader.ts'
import type { AuditLog, AuditSubject } from '../audit/audit-log.ts'
import type { Connection } from '../connection.ts'
import type { Repositories } from '../repositories/repositories.ts'

type PreviewRequest = z.infer<typeof previewInputSchema>

/** What the caller may have named that is not there; of what the repository has lost, the caller named nothing. */
const NAMED = ['repository', 'snapshot', 'file']

interface PreviewsDeps {
  readonly repositories: Repositories
  readonly audit: AuditLog
}

/** Looking into files: who looked into which is in the audit before any of it is read. */
export class Previews {
  readonly #deps: PreviewsDeps

  constructor(deps: PreviewsDeps) {
    this.#deps = deps
  }

  /** The beginning of a file. Throws as the contract says. */
  async read(request: PreviewRequest, by: Connection, signal: AbortSignal): Promise<Preview> {
    const { audit } = this.#deps
    const entry = audit.open(by, subjectOf(request))
    const { size, bytes } = await this.#beginning(request, signal).catch((error: unknown) => {
      audit.close(entry, { outcome: outcomeOf(error) })
      throw error
    })
    audit.close(entry, { outcome: 'done', bytes: bytes.length })
    return { size, bytes: bytes.toString('base64') }
  }

  async #beginning(request: PreviewRequest, signal: AbortSignal): Promise<{ size: number; bytes: Buffer }> {
    const { repositoryId, snapshotId, path, limit } = request
    const { treeId } = await this.#deps.repositories.snapshot(repositoryId, snapshotId, signal)
    const reader = await this.#deps.repositories.reader(repositoryId)
    const node = await fileAt(reader, { treeId, path }, signal)
    return { size: node.size, bytes: await readContents(reader, node, { limit, signal }) }
  }
}

async function fileAt(
  reader: TreeReader,
  place: { readonly treeId: string; readonly path: string },
  signal: AbortSignal,
): Promise<StoredNode> {
  const node = await stat(reader, place, { signal })
  if (node === undefined) throw new Fault('not_found', { what: 'file', id: place.path })
  if (node.type === 'file') return node
  throw refused(['path'], 'not_a_file')
}

/** What somebody asked to look into who may not; `request` is as it came. */
export function subjectOfPreview(request: unknown): AuditSubject {
  const asked = previewInputSchema.safeParse(request)
  return asked.success ? subjectOf(asked.data) : { action: 'file.preview', summary: 'Something that is no file' }
}

function subjectOf({ repositoryId, snapshotId, path }: PreviewRequest): AuditSubject {
  return { action: 'file.preview', summary: showFileName(path), repositoryId, snapshotId }
}

function outcomeOf(error: unknown): AuditEntry['outcome'] {
  if (isFault(error, 'cancelled')) return 'cancelled'
  const isRefused = isFault(error, 'invalid_input') || (isFault(error, 'not_found') && NAMED.includes(error.data.what))
  return isRefused ? 'refused' : 'failed'
}
