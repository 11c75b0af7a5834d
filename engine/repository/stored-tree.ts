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
  const directories = new Rows()
  const others = new Rows()
  let last = { from: 0, to: 0, text: '' }
  const whole = new NodeScan(stored).each((node) => {
    const name = scannedName(node)
    const linkTarget = scannedLinkTarget(node)
    if (name === undefined || linkTarget === undefined) return false
    // Files that were put somewhere together often have one time: one text will do.
    const { from, to } = node.modified
    if (!isRepeated(stored, last, node.modified)) last = { from, to, text: node.textAt(node.modified) }
    const rows = node.type === 'dir' ? directories : others
    const { name: names, type, size, modified, mode, treeId, linkTarget: targets } = rows.next()
    names.push(name)
    type.push(node.type)
    size.push(node.size)
    modified.push(last.text)
    mode.push(posixMode(node.mode))
    treeId.push(node.type === 'dir' ? node.subtreeId : null)
    targets.push(linkTarget)
    return true
  })
  return whole ? joined([...directories.pieces, ...others.pieces]) : undefined
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

const ROWS_A_PIECE = 512

/** Rows in pieces: an array that grows is copied again and again, and takes half as much again as it holds. */
class Rows {
  readonly pieces: NodeColumns[] = []

  /** Where the next row goes. */
  next(): NodeColumns {
    const last = this.pieces.at(-1)
    if (last !== undefined && last.name.length < ROWS_A_PIECE) return last
    const piece = emptyColumns()
    this.pieces.push(piece)
    return piece
  }
}

function joined(pieces: readonly NodeColumns[]): NodeColumns {
  const [first = emptyColumns(), ...rest] = pieces
  if (rest.length === 0) return first
  return {
    name: first.name.concat(...rest.map((piece) => piece.name)),
    type: first.type.concat(...rest.map((piece) => piece.type)),
    size: first.size.concat(...rest.map((piece) => piece.size)),
    modified: first.modified.concat(...rest.map((piece) => piece.modified)),
    mode: first.mode.concat(...rest.map((piece) => piece.mode)),
    treeId: first.treeId.concat(...rest.map((piece) => piece.treeId)),
    linkTarget: first.linkTarget.concat(...rest.map((piece) => piece.linkTarget)),
  }
}

function emptyColumns(): NodeColumns {
  return { name: [], type: [], size: [], modified: [], mode: [], treeId: [], linkTarget: [] }
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
