import { toRows } from '../../../contract/shapes/columns.ts'
import { PREVIEW_LIMIT, type Preview } from '../../../contract/shapes/preview.ts'
import { type FolderTotals, type NodeDetails, TREE_PAGE_LIMIT } from '../../../contract/shapes/tree.ts'
import { fileContents, olderContents, presentContents } from './file-contents.ts'
import { scramble } from './ids.ts'
import { listTree, ROOT_TREE } from './tree.ts'

/** One node of a directory, with all that restic keeps of it; undefined when it is not there. */
export function nodeDetailsOf(treeId: string, name: string): NodeDetails | undefined {
  const node = rowsOf(treeId)?.find((row) => row.name === name)
  if (node === undefined) return undefined
  return {
    ...node,
    accessed: node.modified,
    changed: node.modified,
    ...ownerOf(name),
    inode: String(scramble(name)),
    links: name === 'pg_hba.conf' ? 2 : 1,
    device: null,
    attributes: name.startsWith('postgres') ? ATTRIBUTES : [],
    pieces: node.type === 'file' ? Math.ceil(node.size / 2 ** 20) : 0,
    error: name === 'shadow' ? 'Llistxattr: operation not permitted' : '',
  }
}

const ATTRIBUTES = [
  { name: 'security.selinux', bytes: 36 },
  { name: 'user.checked', bytes: 8 },
]

function ownerOf(name: string): Pick<NodeDetails, 'uid' | 'gid' | 'user' | 'group'> {
  if (name.startsWith('p')) return { uid: 26, gid: 26, user: 'postgres', group: 'postgres' }
  return name.startsWith('clinic')
    ? { uid: 1207, gid: 1207, user: '', group: '' }
    : { uid: 0, gid: 0, user: 'root', group: 'root' }
}

/** What lies below a directory; undefined when no directory has that tree id. */
export function totalsOf(treeId: string): FolderTotals | undefined {
  const rows = rowsOf(treeId)
  if (rows === undefined) return undefined
  const totals = { bytes: 0, files: 0, directories: 0, others: 0 }
  for (const { type, size, treeId: below } of rows) {
    totals.bytes += size
    totals.files += type === 'file' ? 1 : 0
    totals.directories += type === 'dir' ? 1 : 0
    totals.others += type === 'file' || type === 'dir' ? 0 : 1
    const { bytes, files, directories, others } = (below === null ? undefined : totalsOf(below)) ?? NONE
    totals.bytes += bytes
    totals.files += files
    totals.directories += directories
    totals.others += others
  }
  return totals
}

const NONE: FolderTotals = { bytes: 0, files: 0, directories: 0, others: 0 }

/** The node at a path, with all that restic keeps of it; undefined when it is not there. */
export function nodeDetailsAt(path: string): NodeDetails | undefined {
  const at = path.lastIndexOf('/')
  const folder = treeAt(path.slice(0, at).split('/').slice(1))
  return folder === null ? undefined : nodeDetailsOf(folder, path.slice(at + 1))
}

function treeAt(parts: readonly string[]): string | null {
  let treeId: string | null = ROOT_TREE
  for (const part of parts)
    treeId = (treeId === null ? undefined : rowsOf(treeId))?.find((row) => row.name === part)?.treeId ?? null
  return treeId
}

/** The beginning of a file as the last night has it, some nights before, or the host now; undefined when it is not there. */
export function previewOf(path: string, limit: number, when: 'last' | 'older' | 'now' = 'last'): Preview | undefined {
  const parts = path.split('/').slice(1)
  const name = parts.pop() ?? ''
  const treeId = treeAt(parts)
  const node = (treeId === null ? undefined : rowsOf(treeId))?.find((row) => row.name === name)
  if (node?.type !== 'file') return undefined
  const wanted = Math.min(node.size, limit, PREVIEW_LIMIT)
  const bytes = CONTENTS[when](path, wanted)
  // Files made by hand are as long as they are.
  return { size: bytes.length < wanted ? bytes.length : node.size, bytes: base64Of(bytes) }
}

const CONTENTS = { last: fileContents, older: olderContents, now: presentContents } as const

function base64Of(bytes: Uint8Array): string {
  let characters = ''
  for (const byte of bytes) characters += String.fromCharCode(byte)
  return btoa(characters)
}

function rowsOf(treeId: string) {
  const first = listTree(treeId, 0, TREE_PAGE_LIMIT)
  return first === undefined ? undefined : toRows(first.nodes)
}
