import { createHash } from 'node:crypto'
import type { NodeFacts } from '../../contract/shapes/tree.ts'
import type { NodePair } from '../repository/differing-nodes.ts'
import type { StoredNode } from '../repository/stored-node.ts'
import { type Change, changeOf } from './change.ts'

/** A name of which two directories do not have the same: no more of it than comparing asks for. */
export interface Difference {
  readonly name: string
  readonly change: Change
  readonly before: NodeFacts | null
  readonly after: NodeFacts | null
  /** Of a file that only one side has: the same 64 digits for all that hold the same. Null for all else, and for an empty one. */
  readonly holds: string | null
}

/** What has another record on both sides and the same in it is no difference: undefined. */
export function differenceOf(pair: NodePair): Difference | undefined {
  const { before, after } = pair
  const change = changeOf(pair)
  if (change.kind === 'same') return undefined
  const alone = before === null ? after : after === null ? before : null
  return {
    name: (after ?? before)?.name ?? '',
    change,
    before: factsOf(before),
    after: factsOf(after),
    holds: alone === null ? null : heldBy(alone),
  }
}

const ID = /^[0-9a-f]{64}$/

function heldBy({ type, content }: StoredNode): string | null {
  const [only] = content
  if (type !== 'file' || only === undefined) return null
  if (content.length === 1 && ID.test(only)) return only
  return createHash('sha256').update(content.join()).digest('hex')
}

function factsOf(node: StoredNode | null): NodeFacts | null {
  if (node === null) return null
  const { type, size, modified, mode, treeId, linkTarget } = node
  return { type, size, modified, mode, treeId, linkTarget }
}
