import { Fault } from '../../contract/errors.ts'
import { toRows } from '../../contract/shapes/columns.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { NodeColumns } from '../../contract/shapes/tree.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import { nameOf, parentOf } from './paths.ts'

export interface SnapshotRoot {
  readonly treeId: string
  readonly reader: Pick<TreeReader, 'list'>
  readonly signal?: AbortSignal
}

/** Names and tree ids of one directory's entries; the id is null for what is no directory. */
export type Entries = ReadonlyMap<string, string | null>

/** Directories of one snapshot by path, each found from the root and listed once. */
export class Directories {
  readonly #root: SnapshotRoot
  readonly #listings = new Map<string, Promise<Entries>>()

  constructor(root: SnapshotRoot) {
    this.#root = root
  }

  /** Throws `not_found` (path) when there is no such directory. */
  entries(path: string): Promise<Entries> {
    const known = this.#listings.get(path)
    if (known !== undefined) return known
    const listing = this.#read(path)
    this.#listings.set(path, listing)
    return listing
  }

  /** Whether the snapshot has something of this path, whatever it is. */
  async has(path: string): Promise<boolean> {
    if (path === '/') return true
    try {
      return (await this.entries(parentOf(path))).has(nameOf(path))
    } catch (error) {
      if (error instanceof Fault && error.code === 'not_found') return false
      throw error
    }
  }

  /** The tree of a directory. Throws as `entries` does. */
  async treeOf(path: string): Promise<string> {
    if (path === '/') return this.#root.treeId
    const treeId = (await this.entries(parentOf(path))).get(nameOf(path))
    if (treeId === undefined || treeId === null) throw pathNotFound(path)
    return treeId
  }

  async #read(path: string): Promise<Entries> {
    const { signal } = this.#root
    return entriesOf(await this.#root.reader.list(await this.treeOf(path), signal === undefined ? {} : { signal }))
  }
}

/** The fault that says that a snapshot has no such path. */
export function pathNotFound(path: string): Fault<'not_found'> {
  return new Fault('not_found', { what: 'path', id: showFileName(path) })
}

function entriesOf(listing: NodeColumns): Entries {
  return new Map(toRows({ name: listing.name, treeId: listing.treeId }).map((node) => [node.name, node.treeId]))
}
