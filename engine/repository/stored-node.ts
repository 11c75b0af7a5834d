import { z } from 'zod'
import { Fault } from '../../contract/errors.ts'
import { type NodeType, nodeTypeSchema, treeIdSchema } from '../../contract/shapes/tree.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { unquote } from './quoted-name.ts'

/** All that restic keeps of a node ("Trees and Data" in its design document; `internal/data/node.go`). */
export interface StoredNode {
  /** Text of the name's bytes, as `engine/file-name.ts` has it. */
  readonly name: string
  readonly type: NodeType
  /** Bytes; 0 for what has none. */
  readonly size: number
  /** Permission bits with set-uid, set-gid and sticky, as in POSIX. */
  readonly mode: number
  /** RFC 3339 with the recording machine's offset and up to nine fractional digits. */
  readonly modified: string
  /** Null where it was not recorded, as the next one. */
  readonly accessed: string | null
  readonly changed: string | null
  readonly uid: number
  readonly gid: number
  /** Empty where the recording machine knew none. */
  readonly user: string
  readonly group: string
  /** With `deviceId` the file's identity there; 64 bits wide, so a bigint where a number would not be exact. */
  readonly inode: number | bigint
  readonly deviceId: number | bigint
  readonly links: number | bigint
  /** The device that a `dev` or `chardev` stands for. */
  readonly device: number | bigint
  readonly linkTarget: string | null
  /** A directory's listing. */
  readonly treeId: string | null
  /** The data blobs that make a file's content, in order. */
  readonly content: readonly string[]
  readonly attributes: readonly ExtendedAttribute[]
  /** What only some systems know, e.g. `windows.security_descriptor`, as restic wrote it. */
  readonly generic: Readonly<Record<string, unknown>>
  /** What went wrong when the node was recorded; empty when nothing did. */
  readonly error: string
}

export interface ExtendedAttribute {
  readonly name: string
  readonly value: Buffer
}

/** What every reading of a node needs; what we do not show may hold anything. */
export const nodeShape = {
  name: z.string(),
  type: nodeTypeSchema.catch('irregular'),
  mode: z.number().int().nonnegative().optional(),
  size: z.number().nonnegative().optional(),
  mtime: z.string(),
  subtree: treeIdSchema.nullish(),
  linktarget: z.string().optional(),
  /** Base64 of the bytes, where they are not UTF-8; it wins over `linktarget`. */
  linktarget_raw: z.base64().optional(),
} as const

const wide = z
  .union([
    z.number().int(),
    z
      .string()
      .regex(/^\d{1,20}$/)
      .transform((digits) => BigInt(digits)),
  ])
  .optional()

const wholeNodeSchema = z.object({
  ...nodeShape,
  atime: z.string().optional(),
  ctime: z.string().optional(),
  uid: z.number().int().optional(),
  gid: z.number().int().optional(),
  user: z.string().optional(),
  group: z.string().optional(),
  inode: wide,
  device_id: wide,
  links: wide,
  device: wide,
  content: z.array(z.string()).nullish(),
  extended_attributes: z.array(z.object({ name: z.string(), value: z.base64().nullable() })).nullish(),
  generic_attributes: z.record(z.string(), z.unknown()).nullish(),
  error: z.string().optional(),
})

const wholeTreeSchema = z.object({ nodes: z.array(wholeNodeSchema).nullable() })

/** Numbers that JSON.parse would round. Within a JSON string such a key's quotes would have backslashes before them. */
const TOO_WIDE = /"(inode|device_id|links|device)":(\d{16,20})(?=[,}])/g

/**
 * Every node of a directory's stored listing, all fields, in restic's order (bytes of the name). Throws as `readStoredTree`
 * does.
 */
export function readStoredNodes(treeId: string, stored: Uint8Array): StoredNode[] {
  const tree = parseStored(treeId, stored, (text) =>
    wholeTreeSchema.parse(JSON.parse(text.replace(TOO_WIDE, '"$1":"$2"'))),
  )
  return (tree.nodes ?? []).map((node) => toStoredNode(treeId, node))
}

function toStoredNode(treeId: string, node: z.infer<typeof wholeNodeSchema>): StoredNode {
  return {
    name: readName(treeId, node.name),
    type: node.type,
    size: node.size ?? 0,
    mode: posixMode(node.mode ?? 0),
    modified: node.mtime,
    accessed: node.atime ?? null,
    changed: node.ctime ?? null,
    uid: node.uid ?? 0,
    gid: node.gid ?? 0,
    user: node.user ?? '',
    group: node.group ?? '',
    inode: node.inode ?? 0,
    deviceId: node.device_id ?? 0,
    links: node.links ?? 0,
    device: node.device ?? 0,
    linkTarget: linkTargetOf(node),
    treeId: subtreeOf(node),
    content: node.content ?? [],
    attributes: (node.extended_attributes ?? []).map(({ name, value }) => ({
      name,
      value: Buffer.from(value ?? '', 'base64'),
    })),
    generic: node.generic_attributes ?? {},
    error: node.error ?? '',
  }
}

type StoredBase = z.infer<z.ZodObject<typeof nodeShape>>

export function subtreeOf(node: StoredBase): string | null {
  return node.type === 'dir' ? (node.subtree ?? null) : null
}

export function linkTargetOf(node: StoredBase): string | null {
  if (node.type !== 'symlink') return null
  const raw = node.linktarget_raw
  return raw === undefined ? (node.linktarget ?? '') : fileNameFromBytes(Buffer.from(raw, 'base64'))
}

/** Throws `tool_failed` for a name that would lead out of its directory, as restic refuses it too. */
export function readName(treeId: string, quoted: string): string {
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

/** Go's `fs.FileMode` keeps set-uid, set-gid and sticky high above the nine permission bits. */
const GO_BITS = [
  [2 ** 23, 0o4000],
  [2 ** 22, 0o2000],
  [2 ** 20, 0o1000],
] as const

export function posixMode(goMode: number): number {
  return GO_BITS.reduce((mode, [go, posix]) => ((goMode & go) === 0 ? mode : mode | posix), goMode & 0o777)
}

/** Throws `tool_failed` when `parse` does. */
export function parseStored<T>(treeId: string, stored: Uint8Array, parse: (text: string) => T): T {
  try {
    return parse(new TextDecoder().decode(stored))
  } catch (cause) {
    throw unreadable(treeId, 'is not a listing', cause)
  }
}

function unreadable(treeId: string, why: string, cause?: unknown): Fault {
  const stderrTail = `The directory ${treeId} of the repository ${why}.`
  return new Fault('tool_failed', { tool: 'restic', exitCode: 0, stderrTail }, { cause })
}
