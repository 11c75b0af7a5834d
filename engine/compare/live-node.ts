import type { BigIntStats } from 'node:fs'
import { lstat, readlink } from 'node:fs/promises'
import { Fault } from '../../contract/errors.ts'
import type { NodeDetails, NodeFacts } from '../../contract/shapes/tree.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { typeOf } from '../restore/compare-node.ts'
import { hostPath } from '../restore/paths.ts'

/** What a path is on this host now. */
export interface LiveNode extends NodeFacts {
  readonly uid: number
  readonly gid: number
}

const NANOSECONDS = 1_000_000_000n
const PERMISSIONS = 0o7777n

/** Without following a link; undefined where nothing is. Throws `forbidden` (`read-folder`) where the agent cannot see that. */
export async function liveNode(path: string): Promise<LiveNode | undefined> {
  const found = await look(path)
  return found === undefined ? undefined : { ...(await factsOf(path, found)), ...ownerOf(found) }
}

/** The same with all that a listing leaves out and a system call tells; names of owners and attributes are not. Throws as `liveNode` does. */
export async function liveDetails(path: string, name: string): Promise<NodeDetails | undefined> {
  const found = await look(path)
  if (found === undefined) return undefined
  const facts = await factsOf(path, found)
  const isDevice = facts.type === 'dev' || facts.type === 'chardev'
  return {
    ...facts,
    ...ownerOf(found),
    name,
    accessed: timeOf(found.atimeNs),
    changed: timeOf(found.ctimeNs),
    user: '',
    group: '',
    inode: String(found.ino),
    links: Number(found.nlink),
    device: isDevice ? String(found.rdev) : null,
    attributes: [],
    pieces: 0,
    error: '',
  }
}

async function look(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(hostPath(path), { bigint: true })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new Fault('forbidden', { needs: 'read-folder' }, { cause: error })
  }
}

async function factsOf(path: string, found: BigIntStats): Promise<NodeFacts> {
  const type = typeOf(found)
  return {
    type,
    size: type === 'file' ? Number(found.size) : 0,
    modified: timeOf(found.mtimeNs),
    mode: Number(found.mode & PERMISSIONS),
    treeId: null,
    linkTarget: type === 'symlink' ? await targetOf(path) : null,
  }
}

function ownerOf({ uid, gid }: BigIntStats): { readonly uid: number; readonly gid: number } {
  return { uid: Number(uid), gid: Number(gid) }
}

async function targetOf(path: string): Promise<string> {
  try {
    return fileNameFromBytes(await readlink(hostPath(path), { encoding: 'buffer' }))
  } catch {
    return ''
  }
}

/** RFC 3339 with all nine digits. */
function timeOf(nanoseconds: bigint): string {
  const fraction = ((nanoseconds % NANOSECONDS) + NANOSECONDS) % NANOSECONDS
  const seconds = (nanoseconds - fraction) / NANOSECONDS
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19)
  return `${whole}.${String(fraction).padStart(9, '0')}Z`
}
