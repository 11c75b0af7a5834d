import { z } from 'zod'
import { Fault } from '../../contract/errors.ts'
import { toColumns } from '../../contract/shapes/columns.ts'
import { type NodeColumns, nodeTypeSchema, treeIdSchema } from '../../contract/shapes/tree.ts'
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
  return {
    name: readName(treeId, node.name),
    type: node.type,
    size: node.size ?? 0,
    modified: node.mtime,
    mode: posixMode(node.mode ?? 0),
    treeId: node.type === 'dir' ? (node.subtree ?? null) : null,
    linkTarget: node.type === 'symlink' ? linkTargetOf(node) : null,
  }
}

function readName(treeId: string, quoted: string): string {
  const name = unquoted(quoted)
  if (name === undefined || name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
    throw unreadable(treeId, 'holds a name that no file can have')
  }
  return name
}

function unquoted(quoted: string): string | undefined {
  try {
    return fileNameFromBytes(unquote(quoted))
  } catch {
    return undefined
  }
}

function linkTargetOf(node: StoredNode): string {
  const raw = node.linktarget_raw
  return raw === undefined ? (node.linktarget ?? '') : fileNameFromBytes(Buffer.from(raw, 'base64'))
}

/** Go's `fs.FileMode` keeps set-uid, set-gid and sticky high above the nine permission bits. */
const GO_BITS = [
  [2 ** 23, 0o4000],
  [2 ** 22, 0o2000],
  [2 ** 20, 0o1000],
] as const

function posixMode(goMode: number): number {
  return GO_BITS.reduce((mode, [go, posix]) => ((goMode & go) === 0 ? mode : mode | posix), goMode & 0o777)
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
