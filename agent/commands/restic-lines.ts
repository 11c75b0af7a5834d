import type { NodeType } from '../../contract/shapes/tree.ts'
import type { WalkedNode } from '../../engine/repository/walk.ts'
import type { SnapshotRecord } from '../../engine/restic/snapshot-records.ts'

/** The bits of Go's `fs.FileMode` that say what kind of node it is. */
const KIND_BITS: Readonly<Record<NodeType, number>> = {
  file: 0,
  dir: 2 ** 31,
  symlink: 2 ** 27,
  dev: 2 ** 26,
  chardev: 2 ** 26 + 2 ** 21,
  fifo: 2 ** 25,
  socket: 2 ** 24,
  irregular: 2 ** 19,
}
const SET_BITS = [
  [0o4000, 2 ** 23],
  [0o2000, 2 ** 22],
  [0o1000, 2 ** 20],
] as const
/** Its letters, from the highest bit down. */
const LETTERS = 'dalTLDpSugct?'
/** What Go prints for a moment that it was not given. */
const NO_MOMENT = '0001-01-01T00:00:00Z'

/** The first line of `restic ls --json`. */
export function snapshotLine(record: SnapshotRecord): string {
  return goJson({ ...record, message_type: 'snapshot', struct_type: 'snapshot' })
}

/** A node's line of `restic ls --json`, byte by byte (`lsNodePrinter` in restic's cmd_ls.go). */
export function nodeLine({ path, node }: WalkedNode): string {
  const mode = goMode(node.type, node.mode)
  return goJson({
    name: node.name,
    type: node.type,
    path,
    uid: node.uid,
    gid: node.gid,
    ...(node.type === 'file' ? { size: node.size } : {}),
    ...(mode === 0 ? {} : { mode }),
    permissions: goPermissions(mode),
    mtime: node.modified,
    atime: node.accessed ?? NO_MOMENT,
    ctime: node.changed ?? NO_MOMENT,
    ...(Number(node.inode) === 0 ? {} : { inode: node.inode }),
    message_type: 'node',
    struct_type: 'node',
  })
}

function goMode(type: NodeType, posix: number): number {
  const set = SET_BITS.filter(([bit]) => (posix & bit) !== 0)
  return set.reduce((mode, [, go]) => mode + go, KIND_BITS[type] + (posix & 0o777))
}

/** `FileMode.String`: the letters of the high bits, a dash where there is none, then the nine permissions. */
function goPermissions(mode: number): string {
  const letters = [...LETTERS].filter((_, at) => Math.floor(mode / 2 ** (31 - at)) % 2 === 1).join('')
  const rights = [...'rwxrwxrwx'].map((letter, at) => (((mode >> (8 - at)) & 1) === 1 ? letter : '-')).join('')
  return `${letters || '-'}${rights}`
}

/** JSON as Go writes it, which escapes what HTML minds and has one mark for each byte that is not UTF-8. */
function goJson(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return goString(value)
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, field]) => `${goJson(name)}:${goJson(field)}`)
  return `{${fields.join(',')}}`
}

const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

const UNLIKE = /[<>&\u2028\u2029\ud800-\udfff]/u

/** Nearly every text is written alike by both. */
function goString(value: string): string {
  if (!UNLIKE.test(value)) return JSON.stringify(value)
  return `"${value
    .split(/[\ud800-\udfff]/u)
    .map(goText)
    .join('\\ufffd')}"`
}

function goText(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&\u2028\u2029]/g, (character) => ESCAPED[character] ?? '')
}
