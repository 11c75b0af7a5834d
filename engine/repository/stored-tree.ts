import { z } from 'zod'
import { toColumns } from '../../contract/shapes/columns.ts'
import type { NodeColumns } from '../../contract/shapes/tree.ts'
import { NodeScan } from './node-scan.ts'
import {
  linkTargetOf,
  nodeShape,
  parseStored,
  posixMode,
  readName,
  scannedLinkTarget,
  scannedName,
  subtreeOf,
} from './stored-fields.ts'

/** Only what the columns show: a large directory is read half as fast with all fields. */
const nodeSchema = z.object(nodeShape)
const treeSchema = z.object({ nodes: z.array(nodeSchema).nullable() })

const COLUMNS = ['name', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget'] as const

/**
 * Read a directory's stored listing: directories first, then restic's order (bytes of the name). Throws `tool_failed`
 * when it is none, or holds a name that would lead out of its directory, as restic refuses it too.
 */
export function readStoredTree(treeId: string, stored: Buffer): NodeColumns {
  return scanTree(stored) ?? parseTree(treeId, stored)
}

/** The same from the form that restic writes, in a third of the time; undefined for all that is otherwise. */
export function scanTree(stored: Buffer): NodeColumns | undefined {
  const directories = emptyColumns()
  const others = emptyColumns()
  let last = { from: 0, to: 0, text: '' }
  const whole = new NodeScan(stored).each((node) => {
    const name = scannedName(node)
    const linkTarget = scannedLinkTarget(node)
    if (name === undefined || linkTarget === undefined) return false
    // Files that were put somewhere together often have one time: one text will do.
    const { from, to } = node.modified
    if (!isRepeated(stored, last, node.modified)) last = { from, to, text: node.textAt(node.modified) }
    const columns = node.type === 'dir' ? directories : others
    columns.name.push(name)
    columns.type.push(node.type)
    columns.size.push(node.size)
    columns.modified.push(last.text)
    columns.mode.push(posixMode(node.mode))
    columns.treeId.push(node.type === 'dir' ? node.subtreeId : null)
    columns.linkTarget.push(linkTarget)
    return true
  })
  if (!whole) return undefined
  return directories.name.length === 0 ? others : joined(directories, others)
}

/** The same from any JSON, whatever its order, its blanks and what else is in it. */
export function parseTree(treeId: string, stored: Uint8Array): NodeColumns {
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

function emptyColumns(): NodeColumns {
  return { name: [], type: [], size: [], modified: [], mode: [], treeId: [], linkTarget: [] }
}

function joined(first: NodeColumns, second: NodeColumns): NodeColumns {
  return {
    name: first.name.concat(second.name),
    type: first.type.concat(second.type),
    size: first.size.concat(second.size),
    modified: first.modified.concat(second.modified),
    mode: first.mode.concat(second.mode),
    treeId: first.treeId.concat(second.treeId),
    linkTarget: first.linkTarget.concat(second.linkTarget),
  }
}

interface Stretch {
  readonly from: number
  readonly to: number
}

function isRepeated(bytes: Buffer, one: Stretch, other: Stretch): boolean {
  if (one.to - one.from !== other.to - other.from) return false
  // From the end, where times differ.
  for (let at = one.to - 1, too = other.to - 1; at >= one.from; at -= 1, too -= 1) {
    if (bytes[at] !== bytes[too]) return false
  }
  return true
}
