import { refused } from '../../contract/errors.ts'
import type { StoredNode } from './stored-node.ts'
import type { ListOptions, TreeReader } from './tree-reader.ts'

/**
 * The tree of the directory at a path below a tree, `''` or `/` for itself; undefined when there is no such directory.
 * Throws as `TreeReader.list` does, and `invalid_input` for a path that is none.
 */
export async function resolve(
  reader: TreeReader,
  { treeId, path }: PlaceOfNode,
  options: ListOptions,
): Promise<string | undefined> {
  let here: string | undefined = treeId
  for (const name of namesOf(path)) {
    const listing = await reader.list(here, options)
    here = listing.treeId[listing.name.indexOf(name)] ?? undefined
    if (here === undefined) return undefined
  }
  return here
}

export interface PlaceOfNode {
  readonly treeId: string
  /** In the snapshot, with a slash first. */
  readonly path: string
}

/** The node at a path below a tree; undefined when there is none, or the root is asked for. Throws as `resolve` does. */
export async function stat(
  reader: TreeReader,
  { treeId, path }: PlaceOfNode,
  options: ListOptions,
): Promise<StoredNode | undefined> {
  const names = namesOf(path)
  const name = names.pop()
  const folder = await resolve(reader, { treeId, path: names.map((one) => `/${one}`).join('') }, options)
  if (folder === undefined || name === undefined) return undefined
  const [node] = await reader.nodes(folder, { ...options, names: new Set([name]) })
  return node
}

function namesOf(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '')
  if (names.some((name) => name === '.' || name === '..')) {
    throw refused(['path'], 'path_with_dots')
  }
  return names
}
