import { z } from 'zod'
import { toColumns } from '../../contract/shapes/columns.ts'
import type { NodeColumns } from '../../contract/shapes/tree.ts'
import { linkTargetOf, nodeShape, parseStored, posixMode, readName, subtreeOf } from './stored-node.ts'

/** Only what the columns show: a large directory is read half as fast with all fields. */
const nodeSchema = z.object(nodeShape)
const treeSchema = z.object({ nodes: z.array(nodeSchema).nullable() })

const COLUMNS = ['name', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget'] as const

/**
 * Read a directory's stored listing: directories first, then restic's order (bytes of the name). Throws `tool_failed`
 * when it is none, or holds a name that would lead out of its directory, as restic refuses it too.
 */
export function readStoredTree(treeId: string, stored: Uint8Array): NodeColumns {
  const tree = parseStored(treeId, stored, (text) => treeSchema.parse(JSON.parse(text)))
  const nodes = (tree.nodes ?? []).map((node) => toNode(treeId, node))
  const directories = nodes.filter((node) => node.type === 'dir')
  const others = nodes.filter((node) => node.type !== 'dir')
  return toColumns([...directories, ...others], COLUMNS)
}

function toNode(treeId: string, node: z.infer<typeof nodeSchema>) {
  return {
    name: readName(treeId, node.name),
    type: node.type,
    size: node.size ?? 0,
    modified: node.mtime,
    mode: posixMode(node.mode ?? 0),
    treeId: subtreeOf(node),
    linkTarget: linkTargetOf(node),
  }
}
