import type { FolderTotals, NodeColumns } from '../../contract/shapes/tree.ts'
import { NodeScan } from './node-scan.ts'
import { scannedLinkTarget, scannedName } from './stored-fields.ts'
import { parseTree } from './stored-tree.ts'

/** What a directory holds itself. */
export interface OwnTotals extends FolderTotals {
  /** The trees of its directories; one that several share is there for each of them. */
  readonly below: readonly string[]
}

/** Add up a directory's stored listing. Throws as `readStoredTree` does. */
export function readStoredTotals(treeId: string, stored: Buffer): OwnTotals {
  let bytes = 0
  let files = 0
  let directories = 0
  let others = 0
  const below: string[] = []
  const whole = new NodeScan(stored).each((node) => {
    if (node.type === 'file') {
      bytes += node.size
      files += 1
    } else if (node.type === 'dir') directories += 1
    else others += 1
    const { subtreeId } = node
    if (node.type === 'dir' && subtreeId !== null) below.push(subtreeId)
    return scannedName(node) !== undefined && scannedLinkTarget(node) !== undefined
  })
  return whole ? { bytes, files, directories, others, below } : ownTotalsOf(parseTree(treeId, stored))
}

function ownTotalsOf({ type, size, treeId }: NodeColumns): OwnTotals {
  const files = type.filter((one) => one === 'file').length
  const directories = type.filter((one) => one === 'dir').length
  return {
    bytes: size.reduce((sum, one, at) => sum + (type[at] === 'file' ? one : 0), 0),
    files,
    directories,
    others: type.length - files - directories,
    below: treeId.filter((id) => id !== null),
  }
}
