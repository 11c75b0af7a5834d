import type { NodePair } from '../repository/differing-nodes.ts'
import type { StoredNode } from '../repository/stored-node.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'
import { type Change, changeOf } from './change.ts'
import { PairsAhead, type TreePair } from './tree-pairs.ts'

export interface ListedChange extends NodePair {
  /** From where the comparison began, with a slash first and, for what is a folder on the later side it has, last. */
  readonly path: string
  readonly change: Change
}

/** A pair of directories on the way. */
interface Level {
  readonly path: string
  readonly nodes: readonly NodePair[]
  /** The next node. */
  at: number
}

/**
 * Every change between two directories, in the order of `restic diff`: by the bytes of the names, what is in a folder after
 * it. A folder that only one side has is followed by all that is in it; below one that became something else nothing is
 * listed, as restic has it. Directories with one id are never read. Throws as `TreeReader.read` does.
 */
export async function* listChanges(
  reader: TreeReader,
  pair: TreePair,
  options: ListOptions,
): AsyncGenerator<ListedChange, void, void> {
  const ahead = new PairsAhead(reader, options)
  const levels: Level[] = []
  const open = async (next: TreePair, path: string): Promise<void> => {
    const level = { path, nodes: await ahead.get(next), at: 0 }
    for (const each of [level, levels.at(-1)]) if (each !== undefined) ahead.prefetch(coming(each))
    levels.push(level)
  }
  await open(pair, '/')
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const node = level.nodes[level.at]
    level.at += 1
    if (node === undefined) {
      levels.pop()
      continue
    }
    const path = pathOf(level.path, node)
    const change = changeOf(node)
    if (change.kind !== 'same') yield { ...node, path, change }
    const inside = insideOf(node)
    if (inside !== undefined) await open(inside, path)
  }
}

function* coming({ nodes, at }: Level): Generator<TreePair, void, void> {
  for (let next = at; next < nodes.length; next += 1) {
    const node = nodes[next]
    const inside = node === undefined ? undefined : insideOf(node)
    if (inside !== undefined) yield inside
  }
}

/** The directories to be compared below a node; undefined where there is nothing to compare. */
export function insideOf({ before, after }: NodePair): TreePair | undefined {
  if (before !== null && after !== null && before.type !== after.type) return undefined
  const [one, other] = [treeOf(before), treeOf(after)]
  return one === other ? undefined : { before: one, after: other }
}

function treeOf(node: StoredNode | null): string | null {
  return node?.treeId ?? null
}

function pathOf(parent: string, { before, after }: NodePair): string {
  const node = after ?? before
  return `${parent}${node?.name ?? ''}${node?.type === 'dir' ? '/' : ''}`
}
