import { z } from 'zod'
import { Fault } from '../../contract/errors.ts'
import { nodeTypeSchema, treeIdSchema } from '../../contract/shapes/tree.ts'
import { fileNameFromBytes } from '../file-name.ts'
import type { NodeScan } from './node-scan.ts'
import { unquote } from './quoted-name.ts'

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

type StoredBase = z.infer<z.ZodObject<typeof nodeShape>>

export function subtreeOf(node: StoredBase): string | null {
  return node.type === 'dir' ? (node.subtree ?? null) : null
}

const rawLinkTargetSchema = nodeShape.linktarget_raw.unwrap()

/** Where a scanned link points, null for what is none; undefined for what `nodeShape` would not take. */
export function scannedLinkTarget(node: NodeScan): string | null | undefined {
  if (node.rawLinkTarget.from > 0) {
    const raw = rawLinkTargetSchema.safeParse(node.textAt(node.rawLinkTarget)).data
    if (raw === undefined || node.type === 'symlink') return raw && fileNameFromBytes(Buffer.from(raw, 'base64'))
  }
  if (node.type !== 'symlink') return null
  return node.linkTarget.from > 0 ? node.textAt(node.linkTarget) : ''
}

export function linkTargetOf(node: StoredBase): string | null {
  if (node.type !== 'symlink') return null
  const raw = node.linktarget_raw
  return raw === undefined ? (node.linktarget ?? '') : fileNameFromBytes(Buffer.from(raw, 'base64'))
}

/** Throws `tool_failed` for a name that would lead out of its directory, as restic refuses it too. */
export function readName(treeId: string, quoted: string): string {
  const name = unquoted(quoted)
  if (name === undefined || !isName(name)) throw unreadable(treeId, 'holds a name that no file can have')
  return name
}

/** The name of a scanned node; undefined for one that `readName` throws at. */
export function scannedName(node: NodeScan): string | undefined {
  const text = node.textAt(node.name)
  // Go's escapes all begin with a backslash, which JSON would have escaped.
  const name = node.name.escaped ? unquoted(text) : text
  return name !== undefined && isName(name) ? name : undefined
}

function isName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0')
}

function unquoted(quoted: string): string | undefined {
  try {
    return fileNameFromBytes(unquote(quoted))
  } catch {
    return undefined
  }
}

/** Go's `fs.FileMode` keeps set-uid, set-gid and sticky high above the nine permission bits. */
const GO_SET_UID = 2 ** 23
const GO_SET_GID = 2 ** 22
const GO_STICKY = 2 ** 20

export function posixMode(goMode: number): number {
  return (
    (goMode & 0o777) |
    ((goMode & GO_SET_UID) === 0 ? 0 : 0o4000) |
    ((goMode & GO_SET_GID) === 0 ? 0 : 0o2000) |
    ((goMode & GO_STICKY) === 0 ? 0 : 0o1000)
  )
}

const DECODER = new TextDecoder()

/** Throws `tool_failed` when `parse` does. */
export function parseStored<T>(treeId: string, stored: Uint8Array, parse: (text: string) => T): T {
  try {
    return parse(DECODER.decode(stored))
  } catch (cause) {
    throw unreadable(treeId, 'is not a listing', cause)
  }
}

function unreadable(treeId: string, why: string, cause?: unknown): Fault {
  const stderrTail = `The directory ${treeId} of the repository ${why}.`
  return new Fault('tool_failed', { tool: 'restic', exitCode: 0, stderrTail }, { cause })
}
