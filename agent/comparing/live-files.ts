import type { z } from 'zod'
import { Fault, isFault } from '../../contract/errors.ts'
import type { AuditEntry } from '../../contract/shapes/audit.ts'
import {
  type ChangeListEvent,
  type LiveContents,
  type LiveLevel,
  type LiveNode,
  type liveChangesInputSchema,
  liveContentsInputSchema,
  type liveInputSchema,
  type liveLevelInputSchema,
  type RollUpEvent,
} from '../../contract/shapes/compare.ts'
import { baseName, showFileName } from '../../contract/shapes/file-name.ts'
import { isHidden } from '../../engine/compare/hidden-folders.ts'
import { listLiveChanges, liveModifierOf, liveRollUps } from '../../engine/compare/live-changes.ts'
import { beginningOf, holdsSame, openLiveFile } from '../../engine/compare/live-contents.ts'
import { liveLevel } from '../../engine/compare/live-level.ts'
import { liveDetails } from '../../engine/compare/live-node.ts'
import { isPlain, type LivePlace, livePlaceOf } from '../../engine/compare/live-place.ts'
import type { LiveFolder } from '../../engine/compare/live-rows.ts'
import { resolve, stat } from '../../engine/repository/resolve.ts'
import type { TreeReader } from '../../engine/repository/tree-reader.ts'
import type { AuditLog, AuditSubject } from '../audit/audit-log.ts'
import type { Connection } from '../connection.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { changeColumns } from './change-columns.ts'
import { changeEvents, UNREAD } from './change-events.ts'
import { rollUpEvents } from './roll-up-events.ts'

type Asked = z.infer<typeof liveInputSchema>

/** What the caller may have named that is not there; of what the repository has lost, the caller named nothing. */
const NAMED = ['repository', 'snapshot', 'host_path', 'file']

interface LiveFilesDeps {
  readonly repositories: Repositories
  readonly audit: AuditLog
}

interface FoundPlace {
  readonly reader: TreeReader
  /** The snapshot's. */
  readonly treeId: string
  readonly place: LivePlace
}

/** What this host has now where a snapshot has something. Each throws as the contract says. */
export class LiveFiles {
  readonly #deps: LiveFilesDeps

  constructor(deps: LiveFilesDeps) {
    this.#deps = deps
  }

  /** One page of a folder of a snapshot beside the same folder of this host. */
  async level(query: z.infer<typeof liveLevelInputSchema>, signal: AbortSignal): Promise<LiveLevel> {
    const { offset, limit, all } = query
    const { reader, folder } = await this.#findFolder(query, signal)
    const rows = await liveLevel(reader, folder, { all, signal })
    const page = changeColumns(rows.slice(offset, offset + limit))
    return { offset, total: rows.length, rows: page, hostPath: folder.place.path }
  }

  /** All below a folder of a snapshot and of this host, rolled up by folder. */
  async rollUps(query: Asked, signal: AbortSignal): Promise<AsyncGenerator<RollUpEvent, void, void>> {
    const { reader, folder } = await this.#findFolder(query, signal)
    return rollUpEvents({ folders: (stop) => liveRollUps(reader, folder, { signal: stop }), skip: 0, signal })
  }

  /** Every change below a folder of a snapshot and of this host. */
  async changes(
    { filter, limit, metadata, ...query }: z.infer<typeof liveChangesInputSchema>,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<ChangeListEvent, void, void>> {
    const { reader, folder } = await this.#findFolder(query, signal)
    const changes = async function* (stop: AbortSignal) {
      for await (const change of listLiveChanges(reader, folder, { signal: stop })) {
        if ('unread' in change) yield UNREAD
        else yield { ...change, modifier: liveModifierOf(change, { metadata }) }
      }
    }
    return changeEvents({ changes, filter, limit, signal })
  }

  async node(query: Asked, signal: AbortSignal): Promise<LiveNode> {
    const { place } = await this.#find(query, signal)
    if (await isHidden(place.path)) throw new Fault('forbidden', { needs: 'read-folder' })
    const node = (await isReached(place)) ? await liveDetails(place.path, baseName(query.path)) : undefined
    return { hostPath: place.path, node: node ?? null }
  }

  /** What a file holds now; who looked is in the audit before it is read. */
  async contents(
    query: z.infer<typeof liveContentsInputSchema>,
    by: Connection,
    signal: AbortSignal,
  ): Promise<LiveContents> {
    const { audit } = this.#deps
    const entry = audit.open(by, subjectOf(query))
    try {
      const { bytes, ...rest } = await this.#read(query, signal)
      audit.close(entry, { outcome: 'done', bytes: bytes.length })
      return { ...rest, bytes: bytes.toString('base64') }
    } catch (error) {
      audit.close(entry, { outcome: outcomeOf(error) })
      throw error
    }
  }

  async #read(query: z.infer<typeof liveContentsInputSchema>, signal: AbortSignal) {
    const { limit, compare, path } = query
    const { reader, treeId, place } = await this.#find(query, signal)
    await using file = await openLiveFile(place)
    const node = compare ? await stat(reader, { treeId, path }, { signal }) : undefined
    if (compare && node?.type !== 'file') throw new Fault('not_found', { what: 'file', id: path })
    const bytes = await beginningOf(file, limit)
    const same = node === undefined ? null : await holdsSame(file, { node, reader, signal })
    return { size: file.size, bytes, same }
  }

  async #findFolder(query: Asked, signal: AbortSignal): Promise<{ reader: TreeReader; folder: LiveFolder }> {
    const { reader, treeId: root, place } = await this.#find(query, signal)
    const treeId = (await resolve(reader, { treeId: root, path: query.path }, { signal })) ?? null
    return { reader, folder: { treeId, place } }
  }

  async #find({ repositoryId, snapshotId, path }: Asked, signal: AbortSignal): Promise<FoundPlace> {
    const { repositories } = this.#deps
    const { treeId, paths } = await repositories.snapshot(repositoryId, snapshotId, signal)
    const reader = await repositories.reader(repositoryId)
    return { reader, treeId, place: await livePlaceOf(reader, { treeId, paths, path }, { signal }) }
  }
}

/** Of a path, the folder that it is in is looked at; what it is itself may be a link. */
async function isReached(place: LivePlace): Promise<boolean> {
  if (place.source === undefined || place.path === place.source) return true
  const folder = place.path.slice(0, place.path.lastIndexOf('/')) || '/'
  return isPlain({ ...place, path: folder })
}

/** What somebody asked to look into who may not; `request` is as it came. */
export function subjectOfLiveContents(request: unknown): AuditSubject {
  const asked = liveContentsInputSchema.safeParse(request)
  return asked.success ? subjectOf(asked.data) : { action: 'file.preview', summary: 'Something that is no file' }
}

function subjectOf({ repositoryId, snapshotId, path }: Asked): AuditSubject {
  return { action: 'file.preview', summary: `${showFileName(path)}, on the host now`, repositoryId, snapshotId }
}

function outcomeOf(error: unknown): AuditEntry['outcome'] {
  if (isFault(error, 'cancelled')) return 'cancelled'
  const refused =
    isFault(error, 'invalid_input') ||
    isFault(error, 'forbidden') ||
    (isFault(error, 'not_found') && NAMED.includes(error.data.what))
  return refused ? 'refused' : 'failed'
}
