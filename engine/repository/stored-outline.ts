import type { NodeColumns } from '../../contract/shapes/tree.ts'
import { NodeScan } from './node-scan.ts'
import { scannedLinkTarget, scannedName } from './stored-fields.ts'
import { parseTree } from './stored-tree.ts'

/** As much of a directory as a walk over many needs. */
export interface StoredOutline {
  /** Directories first, each name closed by a NUL. */
  readonly names: string
  /** The trees of the directories, in the order of their names; null where restic recorded none. */
  readonly below: readonly (string | null)[]
}

/** Draw a directory's outline from its stored listing. Throws as `readStoredTree` does. */
export function readStoredOutline(treeId: string, stored: Buffer): StoredOutline {
  const directories: string[] = []
  const others: string[] = []
  const below: (string | null)[] = []
  const whole = new NodeScan(stored).each((node) => {
    const name = scannedName(node)
    if (name === undefined || scannedLinkTarget(node) === undefined) return false
    if (node.type === 'dir') below.push(node.subtreeId)
    const names = node.type === 'dir' ? directories : others
    names.push(name)
    return true
  })
  // In one piece: a string to which something is added keeps its pieces.
  return whole ? { names: [...directories, ...others, ''].join('\0'), below } : outlineOf(parseTree(treeId, stored))
}

function outlineOf(listing: NodeColumns): StoredOutline {
  const directories = listing.type.filter((type) => type === 'dir').length
  return { names: [...listing.name, ''].join('\0'), below: listing.treeId.slice(0, directories) }
}
