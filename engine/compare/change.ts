import type { ChangeKind } from '../../contract/shapes/compare.ts'
import type { NodePair } from '../repository/differing-nodes.ts'
import { sameContent, sameMetadata } from './same-node.ts'

/** What became of a node. */
export interface Change {
  readonly kind: Exclude<ChangeKind, 'undecided'>
  /** A file that holds something else though nothing else about it changed: restic's `?`. */
  readonly bitRot: boolean
}

const SAME: Change = { kind: 'same', bitRot: false }

/** What became of a node, by the rules of `restic diff` (`diffTree` in its `cmd/restic/cmd_diff.go`). */
export function changeOf({ before, after }: NodePair): Change {
  if (before === null) return after === null ? SAME : { kind: 'added', bitRot: false }
  if (after === null) return { kind: 'removed', bitRot: false }
  if (before.type !== after.type) return { kind: 'retyped', bitRot: false }
  const sameRecord = sameMetadata(before, after)
  if (!sameContent(before, after)) {
    const kind = before.type === 'file' ? 'modified' : 'metadata'
    return { kind, bitRot: kind === 'modified' && sameRecord }
  }
  if (!sameRecord) return { kind: 'metadata', bitRot: false }
  return before.treeId === after.treeId ? SAME : { kind: 'inside', bitRot: false }
}

/** The letters that `restic diff` prints; empty for what it does not print. */
export function modifierOf({ kind, bitRot }: Change, options: { readonly metadata: boolean }): string {
  switch (kind) {
    case 'added':
      return '+'
    case 'removed':
      return '-'
    case 'modified':
      return bitRot ? 'M?' : 'M'
    case 'retyped':
      return options.metadata ? 'TU' : 'T'
    // restic takes a folder's listing for its metadata.
    case 'metadata':
    case 'inside':
      return options.metadata ? 'U' : ''
    case 'same':
      return ''
  }
}
