import { compareNames } from '../name-order.ts'
import { NodeScan } from './node-scan.ts'
import { scannedLinkTarget, scannedName } from './stored-fields.ts'
import { parseNodes, readStoredNode, readStoredNodes, type StoredNode } from './stored-node.ts'

/** A directory as restic stores it. */
export interface StoredDirectory {
  readonly treeId: string
  readonly stored: Buffer
}

/** The nodes of one name in two directories; null where a directory has none. */
export interface NodePair {
  readonly before: StoredNode | null
  readonly after: StoredNode | null
}

/**
 * The nodes of which two directories do not have the same record, by the bytes of the names. Nodes that restic wrote with
 * the same bytes are not even read. A directory that is null has nothing in it. Throws as `readStoredNodes` does.
 */
export function differingNodes(before: StoredDirectory | null, after: StoredDirectory | null): NodePair[] {
  if (before === null || after === null) {
    const alone = (directory: StoredDirectory | null): StoredNode[] =>
      directory === null ? [] : readStoredNodes(directory.treeId, directory.stored)
    return [
      ...alone(before).map((node) => ({ before: node, after: null })),
      ...alone(after).map((node) => ({ before: null, after: node })),
    ]
  }
  const [one, other] = [scan(before), scan(after)]
  if (one === undefined || other === undefined) {
    return merge(parsed(before), parsed(after), () => false)
  }
  return merge(one, other, (left, right) => isSameStretch(one, left, other, right))
}

/** The nodes of a directory, of which only those that are asked for are read. */
interface Nodes {
  readonly directory: StoredDirectory
  readonly count: number
  name(at: number): string
  node(at: number): StoredNode
}

interface ScannedNodes extends Nodes {
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** Undefined for a form that restic would not write. */
function scan(directory: StoredDirectory): ScannedNodes | undefined {
  const { treeId, stored } = directory
  const from: number[] = []
  const to: number[] = []
  const names: string[] = []
  const whole = new NodeScan(stored).each((node) => {
    const name = scannedName(node)
    if (name === undefined || scannedLinkTarget(node) === undefined) return false
    names.push(name)
    from.push(node.from)
    to.push(node.to)
    return true
  })
  if (!whole) return undefined
  return {
    directory,
    count: names.length,
    from,
    to,
    name: (at) => names[at] ?? '',
    node: (at) => readStoredNode(treeId, stored.subarray(from[at], to[at])),
  }
}

function parsed(directory: StoredDirectory): Nodes {
  const nodes = parseNodes(directory.treeId, directory.stored)
  return {
    directory,
    count: nodes.length,
    name: (at) => nodes[at]?.name ?? '',
    node: (at) => nodes[at] as StoredNode,
  }
}

function isSameStretch(one: ScannedNodes, left: number, other: ScannedNodes, right: number): boolean {
  const [from = 0, to = 0] = [one.from[left], one.to[left]]
  const [otherFrom = 0, otherTo = 0] = [other.from[right], other.to[right]]
  if (to - from !== otherTo - otherFrom) return false
  return one.directory.stored.compare(other.directory.stored, otherFrom, otherTo, from, to) === 0
}

function merge(one: Nodes, other: Nodes, isSame: (left: number, right: number) => boolean): NodePair[] {
  const pairs: NodePair[] = []
  let left = 0
  let right = 0
  while (left < one.count || right < other.count) {
    const order = orderOf(one, left, other, right)
    if (order === 0 && !isSame(left, right)) pairs.push({ before: one.node(left), after: other.node(right) })
    if (order < 0) pairs.push({ before: one.node(left), after: null })
    if (order > 0) pairs.push({ before: null, after: other.node(right) })
    if (order <= 0) left += 1
    if (order >= 0) right += 1
  }
  return pairs
}

function orderOf(one: Nodes, left: number, other: Nodes, right: number): number {
  if (left === one.count) return 1
  if (right === other.count) return -1
  return compareNames(one.name(left), other.name(right))
}
