import { z } from 'zod'
import { Fault } from '../../contract/errors.ts'
import { type NodeColumns, nodeTypeSchema, treeIdSchema } from '../../contract/shapes/tree.ts'
import { toColumns } from '../../contract/shapes/columns.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { unquote } from './quoted-name.ts'

/** A node as restic stores it ("Trees and Data" in its design document); what we do not show may hold anything. */
const nodeSchema = z.object({
  name: z.string(),
  type: nodeTypeSchema.catch('irregular'),
  mode: z.number().int().nonnegative().optional(),
  size: z.number().nonnegative().optional(),
  mtime: z.string(),
  subtree: treeIdSchema.nullish(),
  linktarget: z.string().optional(),
  /** Base64 of the bytes, where they are not UTF-8; it wins over `linktarget`. */
  linktarget_raw: z.base64().optional(),
})
type StoredNode = z.infer<typeof nodeSchema>

const treeSchema = z.object({ nodes: z.array(nodeSchema).nullable() })

const COLUMNS = ['name', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget'] as const

/**
 * Read a directory's stored listing: directories first, then restic's order (bytes of the name). Throws `tool_failed`
 * when it is none, or holds a name that would lead out of its directory, as restic refuses it too.
 */
export function readStoredTree(treeId: string, stored: Uint8Array): NodeColumns {
  const nodes = (parseTree(treeId, stored).nodes ?? []).map((node) => toNode(treeId, node))
  const directories = nodes.filter((node) => node.type === 'dir')
  const others = nodes.filter((node) => node.type !== 'dir')
  return toColumns([...directories, ...others], COLUMNS)
}

function toNode(treeId: string, node: StoredNode) {
  const name = fileNameFromBytes(unquote(node.name))
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
    throw unreadable(treeId, 'holds a name that no file can have')
  }
  return {
    name,
    type: node.type,
    size: node.size ?? 0,
    modified: node.mtime,
    mode: posixMode(node.mode ?? 0),
    treeId: node.type === 'dir' ? (node.subtree ?? null) : null,
    linkTarget: node.type === 'symlink' ? linkTargetOf(node) : null,
  }
}

function linkTargetOf(node: StoredNode): string {
  const raw = node.linktarget_raw
  return raw === undefined ? (node.linktarget ?? '') : fileNameFromBytes(Buffer.from(raw, 'base64'))
}

const GO_SET_UID = 2 ** 23
const GO_SET_GID = 2 ** 22
const GO_STICKY = 2 ** 20

/** Go's `fs.FileMode` keeps set-uid, set-gid and sticky high above the nine permission bits. */
function posixMode(goMode: number): number {
  const bits = [GO_SET_UID, GO_SET_GID, GO_STICKY].map((bit) => (Math.floor(goMode / bit) % 2 === 1 ? 1 : 0))
  const [setUid = 0, setGid = 0, sticky = 0] = bits
  return (goMode % 0o1000) + setUid * 0o4000 + setGid * 0o2000 + sticky * 0o1000
}

function parseTree(treeId: string, stored: Uint8Array): z.infer<typeof treeSchema> {
  try {
    return treeSchema.parse(JSON.parse(new TextDecoder().decode(stored)))
  } catch (cause) {
    throw unreadable(treeId, 'is not a listing', cause)
  }
}

function unreadable(treeId: string, why: string, cause?: unknown): Fault {
  const stderrTail = `The directory ${treeId} of the repository ${why}.`
  return new Fault('tool_failed', { tool: 'restic', exitCode: 0, stderrTail }, { cause })
}
