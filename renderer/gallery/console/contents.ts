import { toRows } from '../../../contract/shapes/columns.ts'
import { PREVIEW_LIMIT, type Preview } from '../../../contract/shapes/preview.ts'
import { type FolderTotals, type NodeDetails, TREE_PAGE_LIMIT } from '../../../contract/shapes/tree.ts'
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
    uid: 0,
    gid: 0,
    user: 'root',
    group: 'root',
    inode: String(scramble(name)),
    links: 1,
    device: null,
    attributes: [],
    pieces: node.type === 'file' ? Math.ceil(node.size / 2 ** 20) : 0,
    error: '',
  }
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

/** The beginning of a file; undefined when it is not there. */
export function previewOf(path: string, limit: number): Preview | undefined {
  const parts = path.split('/').slice(1)
  const name = parts.pop() ?? ''
  let treeId: string | null = ROOT_TREE
  for (const part of parts)
    treeId = (treeId === null ? undefined : rowsOf(treeId))?.find((row) => row.name === part)?.treeId ?? null
  const node = (treeId === null ? undefined : rowsOf(treeId))?.find((row) => row.name === name)
  if (node?.type !== 'file') return undefined
  const lines = `# ${name}\nThis file is made up.\n`
  const text = lines
    .repeat(Math.ceil(Math.min(node.size, limit, PREVIEW_LIMIT) / lines.length))
    .slice(0, Math.min(node.size, limit))
  return { size: node.size, bytes: btoa(String.fromCodePoint(...new TextEncoder().encode(text))) }
}

function rowsOf(treeId: string) {
  const first = listTree(treeId, 0, TREE_PAGE_LIMIT)
  return first === undefined ? undefined : toRows(first.nodes)
}
