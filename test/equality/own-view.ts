import type { NodeType } from '../../contract/shapes/tree.ts'
import type { StoredNode } from '../../engine/repository/stored-node.ts'
import type { TreeReader } from '../../engine/repository/tree-reader.ts'
import { type WalkedNode, walk } from '../../engine/repository/walk.ts'
import type { Printed } from './witness.ts'

/** Bits and letter by which Go's `fs.FileMode` tells what a node is. */
const KINDS: Readonly<Record<NodeType, readonly [bits: number, letter: string]>> = {
  file: [0, '-'],
  dir: [2 ** 31, 'd'],
  symlink: [2 ** 27, 'L'],
  dev: [2 ** 26, 'D'],
  chardev: [2 ** 26 + 2 ** 21, 'Dc'],
  fifo: [2 ** 25, 'p'],
  socket: [2 ** 24, 'S'],
  irregular: [2 ** 19, '?'],
}
const SET_BITS = [
  [0o4000, 2 ** 23, 'u'],
  [0o2000, 2 ** 22, 'g'],
  [0o1000, 2 ** 20, 't'],
] as const

/** Every node below a tree as our reader sees it. */
export async function nodesBelow(reader: TreeReader, treeId: string): Promise<WalkedNode[]> {
  const nodes: WalkedNode[] = []
  for await (const node of walk(reader, treeId, {})) nodes.push(node)
  return nodes
}

/** A node in the fields of `restic ls --json`. */
export function asListed({ path, node }: WalkedNode): Printed {
  return printed({
    name: lossy(node.name),
    type: node.type,
    path: lossy(path),
    uid: node.uid,
    gid: node.gid,
    size: node.type === 'file' ? node.size : undefined,
    mode: goMode(node) || undefined,
    permissions: permissionsOf(node),
    mtime: node.modified,
    atime: node.accessed,
    ctime: node.changed,
    inode: Number(node.inode) || undefined,
    message_type: 'node',
    struct_type: 'node',
  })
}

/** A node in the fields of `restic find --json`, which leaves out what is nought or empty. */
export function asFound({ path, node }: WalkedNode): Printed {
  return printed({
    path: lossy(path),
    permissions: permissionsOf(node),
    type: node.type,
    mode: goMode(node) || undefined,
    mtime: node.modified,
    atime: node.accessed,
    ctime: node.changed,
    uid: node.uid,
    gid: node.gid,
    user: node.user || undefined,
    group: node.group || undefined,
    device_id: Number(node.deviceId) || undefined,
    size: node.size || undefined,
    inode: Number(node.inode) || undefined,
    links: Number(node.links) || undefined,
    linktarget: node.linkTarget === null ? undefined : lossy(node.linkTarget),
  })
}

/** As restic prints a name: each byte that is not UTF-8 becomes U+FFFD. */
export function lossy(name: string): string {
  return name.replace(/[\udc80-\udcff]/gu, '\ufffd')
}

/** The first few of what differs, rather than a hundred thousand lines of what does not. */
export function differences(ours: readonly Printed[], theirs: readonly Printed[]): unknown[] {
  const length = Math.max(ours.length, theirs.length)
  const all = Array.from({ length }, (_, at) => [canonical(ours[at]), canonical(theirs[at])] as const)
  return all.filter(([our, their]) => our !== their).slice(0, 5)
}

function canonical(value: Printed | undefined): string {
  return JSON.stringify(value ?? null, Object.keys(value ?? {}).toSorted())
}

function printed(fields: Record<string, unknown>): Printed {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function goMode({ type, mode }: StoredNode): number {
  const set = SET_BITS.filter(([posix]) => (mode & posix) !== 0)
  return set.reduce((sum, [, go]) => sum + go, KINDS[type][0] + (mode & 0o777))
}

function permissionsOf({ type, mode }: StoredNode): string {
  const [, kind] = KINDS[type]
  const set = SET_BITS.filter(([posix]) => (mode & posix) !== 0).map(([, , letter]) => letter)
  // Go puts the device's letters in front of those of the set bits, and that of a character device and sticky after them.
  const letters = [...'dLDpSugct']
    .filter((letter) => kind.includes(letter) || set.some((one) => one === letter))
    .join('')
  const rights = [...'rwxrwxrwx'].map((letter, at) => ((mode >> (8 - at)) & 1 ? letter : '-')).join('')
  return `${letters || '-'}${rights}`
}
