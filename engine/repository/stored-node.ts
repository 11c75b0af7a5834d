import { z } from 'zod'
import type { NodeType } from '../../contract/shapes/tree.ts'
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
 * The nodes of a directory's stored listing, all or those of some names, with all fields, in restic's order (bytes of the
 * name). Throws as `readStoredTree` does; of nodes whose names are not asked for only what that reads is checked.
 */
export function readStoredNodes(treeId: string, stored: Buffer, names?: ReadonlySet<string>): StoredNode[] {
  return [...openStoredNodes(treeId, stored, names)]
}

/** The same, each node being read when its turn comes. It keeps `stored`. */
export function openStoredNodes(
  treeId: string,
  stored: Buffer,
  names?: ReadonlySet<string>,
): IteratorObject<StoredNode, undefined> {
  const wanted: Places = { from: [], to: [] }
  const whole = new NodeScan(stored).each((node) => {
    const name = scannedName(node)
    if (name === undefined || scannedLinkTarget(node) === undefined) return false
    if (names === undefined || names.has(name)) {
      wanted.from.push(node.from)
      wanted.to.push(node.to)
    }
    return true
  })
  if (whole) return readEach(treeId, stored, wanted)
  const nodes = parseNodes(treeId, stored)
  return (names === undefined ? nodes : nodes.filter(({ name }) => names.has(name))).values()
}

/** Where nodes stand among the bytes, in numbers alone: there may be a hundred thousand. */
interface Places {
  readonly from: number[]
  readonly to: number[]
}

function* readEach(treeId: string, stored: Buffer, { from, to }: Places): Generator<StoredNode, undefined> {
  for (const [at, start] of from.entries()) yield readStoredNode(treeId, stored.subarray(start, to[at]))
}

/** One node from the bytes that stand for it in a directory's stored listing. Throws as `readStoredTree` does. */
export function readStoredNode(treeId: string, bytes: Buffer): StoredNode {
  return toStoredNode(
    treeId,
    parseStored(treeId, bytes, (text) => wholeNodeSchema.parse(parseExactly(text))),
  )
}

/** All of them from any JSON, as `parseTree` reads it. */
export function parseNodes(treeId: string, stored: Buffer): StoredNode[] {
  const tree = parseStored(treeId, stored, (text) => wholeTreeSchema.parse(parseExactly(text)))
  return (tree.nodes ?? []).map((node) => toStoredNode(treeId, node))
}

function parseExactly(text: string): unknown {
  return JSON.parse(text.replace(TOO_WIDE, '"$1":"$2"'))
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
