import { createHmac, randomBytes } from 'node:crypto'
import type { NodeDetails, NodeFacts } from '../../contract/shapes/tree.ts'
import type { StoredNode } from '../../engine/repository/stored-node.ts'

/** As much of a node as a listing shows. */
export function nodeFacts({ type, size, modified, mode, treeId, linkTarget }: StoredNode): NodeFacts {
  return { type, size, modified, mode, treeId, linkTarget }
}

/** Without it a short value could be found by trying. */
const MARKING = randomBytes(32)
const MARK_DIGITS = 16

/** All of a node that is shown; what its extended attributes and its content are is not in it. */
export function nodeDetails(node: StoredNode): NodeDetails {
  const { name, accessed, changed, uid, gid, user, group, inode, links, device, attributes, content, error } = node
  const isDevice = node.type === 'dev' || node.type === 'chardev'
  return {
    ...nodeFacts(node),
    name,
    accessed,
    changed,
    uid,
    gid,
    user,
    group,
    inode: String(inode),
    links: Number(links),
    device: isDevice ? String(device) : null,
    attributes: attributes.map(({ name: attribute, value }) => ({
      name: attribute,
      bytes: value.length,
      mark: createHmac('sha256', MARKING).update(value).digest('hex').slice(0, MARK_DIGITS),
    })),
    pieces: content.length,
    error,
  }
}
