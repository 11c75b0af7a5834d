import type { StoredNode } from '../stored-node.ts'

/**
 * True for two records of one state of a node: same kind, content, time of change, rights, owner. What changes without
 * anyone changing the file (when it was read, inode and device after a move to another disk) does not count.
 */
export function sameVersion(one: StoredNode, other: StoredNode): boolean {
  return (
    one.type === other.type &&
    one.size === other.size &&
    one.modified === other.modified &&
    one.mode === other.mode &&
    one.uid === other.uid &&
    one.gid === other.gid &&
    one.treeId === other.treeId &&
    one.linkTarget === other.linkTarget &&
    one.content.length === other.content.length &&
    one.content.every((id, at) => id === other.content[at])
  )
}
