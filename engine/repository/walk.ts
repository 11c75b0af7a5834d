import { release } from './native/release.ts'
import { openStoredNodes, type StoredNode } from './stored-node.ts'
import type { ListOptions, TreeReader } from './tree-reader.ts'

export interface WalkedNode {
  /** From the tree at which the walk began, with a slash first. */
  readonly path: string
  readonly node: StoredNode
}

/**
 * Every node below a tree, in the order of `restic ls`: by the bytes of the names, a directory followed by what is in it.
 * One directory of each level is in memory at a time, as restic stores it. Throws as `TreeReader.nodes` does.
 */
export async function* walk(
  reader: TreeReader,
  treeId: string,
  options: ListOptions,
): AsyncGenerator<WalkedNode, void, void> {
  const open = (id: string, path: string): Promise<Level> =>
    reader.read(id, (_, stored) => openLevel(id, path, Buffer.from(stored)), { ...options, passing: true })
  const levels = [await open(treeId, '')]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const { value: node } = level.nodes.next()
    if (node === undefined) {
      release(level.stored)
      levels.pop()
      continue
    }
    const path = `${level.path}/${node.name}`
    yield { path, node }
    if (node.treeId !== null) levels.push(await open(node.treeId, path))
  }
}

/** A directory in which a walk is; of its nodes only the next one is more than bytes. */
interface Level {
  readonly path: string
  readonly stored: Buffer
  readonly nodes: IteratorObject<StoredNode, undefined>
}

function openLevel(treeId: string, path: string, stored: Buffer): Level {
  return { path, stored, nodes: openStoredNodes(treeId, stored) }
}
