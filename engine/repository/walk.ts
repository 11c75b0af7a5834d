import type { StoredNode } from './stored-node.ts'
import type { ListOptions, TreeReader } from './tree-reader.ts'

export interface WalkedNode {
  /** From the tree at which the walk began, with a slash first. */
  readonly path: string
  readonly node: StoredNode
}

/**
 * Every node below a tree, in the order of `restic ls`: by the bytes of the names, a directory followed by what is in it.
 * One directory of each level is in memory at a time. Throws as `TreeReader.nodes` does.
 */
export async function* walk(
  reader: TreeReader,
  treeId: string,
  options: ListOptions,
): AsyncGenerator<WalkedNode, void, void> {
  const passing = { ...options, passing: true }
  const levels = [{ path: '', nodes: (await reader.nodes(treeId, passing)).values() }]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const { value: node } = level.nodes.next()
    if (node === undefined) {
      levels.pop()
      continue
    }
    const path = `${level.path}/${node.name}`
    yield { path, node }
    if (node.treeId !== null) levels.push({ path, nodes: (await reader.nodes(node.treeId, passing)).values() })
  }
}
