import { Fault, isFault } from '../../contract/errors.ts'
import { toColumns } from '../../contract/shapes/columns.ts'
import type { SearchEvent, SearchQuery } from '../../contract/shapes/search.ts'
import type { FolderTotals, NodeDetails } from '../../contract/shapes/tree.ts'
import type { Versions } from '../../contract/shapes/version.ts'
import { folderTotals } from '../../engine/repository/folder-totals.ts'
import { compilePattern } from '../../engine/repository/pattern/pattern.ts'
import { versionsOf } from '../../engine/repository/versions.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { nodeDetails, nodeFacts } from './node-details.ts'
import { searchEvents } from './search-events.ts'

interface FolderRequest {
  readonly repositoryId: string
  readonly treeId: string
}

interface SearchRequest extends SearchQuery {
  readonly repositoryId: string
  /** Null for all. */
  readonly snapshotIds: readonly string[] | null
}

interface PathRequest {
  readonly repositoryId: string
  readonly snapshotId: string
  readonly path: string
}

/** Looking into the repositories of this host, beyond one directory at a time. Reads only. */
export class Browsing {
  readonly #repositories: Repositories

  constructor(repositories: Repositories) {
    this.#repositories = repositories
  }

  /** All that is kept of one node of a directory. Throws what `TreeReader.nodes` throws, and `not_found` (`node`). */
  async node(
    { repositoryId, treeId, name }: FolderRequest & { readonly name: string },
    signal: AbortSignal,
  ): Promise<NodeDetails> {
    const reader = await this.#repositories.reader(repositoryId)
    const [node] = await reader.nodes(treeId, { names: new Set([name]), signal })
    if (node === undefined) throw new Fault('not_found', { what: 'node', id: name })
    return nodeDetails(node)
  }

  /** Bytes and counts of all below a directory. Throws as `folderTotals` does. */
  async totals({ repositoryId, treeId }: FolderRequest, signal: AbortSignal): Promise<FolderTotals> {
    return folderTotals(await this.#repositories.reader(repositoryId), treeId, { signal })
  }

  /**
   * A search, begun when its first event is asked for. A bad pattern is refused before anything is read. Throws
   * `invalid_input`, `not_found` (`snapshot`) and what listing snapshots throws; the events throw as `search` does.
   */
  async search(request: SearchRequest, signal: AbortSignal): Promise<AsyncGenerator<SearchEvent, void, void>> {
    const { repositoryId, snapshotIds } = request
    compilePattern(request.pattern)
    const { snapshots } = this.#repositories
    const newestFirst =
      snapshotIds === null
        ? await snapshots.recent(repositoryId, signal)
        : await snapshots.these(repositoryId, new Set(snapshotIds), signal)
    const reader = await this.#repositories.reader(repositoryId)
    const events = searchEvents({ reader, snapshots: newestFirst.toReversed(), query: request, signal })
    return this.#doubting(repositoryId, events)
  }

  /** What became of a path in the snapshots of the machine that a snapshot is of. Throws as the contract says. */
  async versions({ repositoryId, snapshotId, path }: PathRequest, signal: AbortSignal): Promise<Versions> {
    const { hostname } = await this.#repositories.snapshot(repositoryId, snapshotId, signal)
    const recent = await this.#repositories.snapshots.recent(repositoryId, signal)
    const snapshots = recent.filter((one) => one.hostname === hostname).toReversed()
    const reader = await this.#repositories.reader(repositoryId)
    const { series, spans } = await versionsOf(reader, { snapshots, path }, { signal })
    const saying = new Set(series)
    return {
      series: toColumns(
        snapshots.filter(({ id }) => saying.has(id)),
        ['id', 'time', 'hostname', 'treeId'],
      ),
      spans: spans.map((span) => ({ ...span, node: span.node === null ? null : nodeFacts(span.node) })),
    }
  }

  /** Trees that are lost may have been pruned with snapshots that are still listed: the next search asks for the list. */
  async *#doubting(
    repositoryId: string,
    events: AsyncGenerator<SearchEvent, void, void>,
  ): AsyncGenerator<SearchEvent, void, void> {
    try {
      yield* events
    } catch (error) {
      if (isFault(error, 'not_found')) this.#repositories.snapshots.forget(repositoryId)
      throw error
    }
  }
}
