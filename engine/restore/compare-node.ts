import type { BigIntStats, Stats } from 'node:fs'
import type { ConflictMode, Difference, PlanAction } from '../../contract/shapes/restore.ts'
import type { NodeType } from '../../contract/shapes/tree.ts'
import type { StoredNode } from '../repository/stored-node.ts'
import { isSameTime, millisecondsOf } from './stored-time.ts'
import type { TargetView } from './target-view.ts'

/** How what a target holds is compared with what a snapshot has. */
export interface Comparison {
  readonly view: TargetView
  readonly conflicts: ConflictMode
  /** Owner, and permission bits that give rights away, are applied and thus compared. */
  readonly ownership: boolean
}

export interface Compared {
  readonly action: PlanAction
  readonly differs: readonly Difference[]
  /** It comes beside what is there, which stays. */
  readonly beside: boolean
  /** Its content must be compared to know; `action` and `differs` hold when it is the same. */
  readonly unread: boolean
  /** What is there stays and keeps all below it from being restored. */
  readonly blocks: boolean
}

const SET_USER_AND_GROUP = 0o6000
const PERMISSIONS = 0o7777
const SAME = { beside: false, unread: false, blocks: false } as const

/** What becomes of one node whose place in the target is `place`, where `found` is; the rules are restic's `--overwrite`. */
export function compareNode(node: StoredNode, place: string, found: Stats, comparison: Comparison): Compared {
  const type = typeOf(found)
  if (type !== node.type) return compareTypes(node, place, found, comparison)
  if (type === 'dir') return compareFolder(node, found, comparison)
  const differs = differencesOf(node, place, found, comparison)
  if (isKept(node, found, comparison.conflicts)) return keep(differs)
  if (comparison.conflicts === 'keep-both') return compareBeside(node, found, differs)
  const unread = type === 'file' && !differs.includes('size') && needsReading(node, found, comparison.conflicts)
  return { ...SAME, action: differs.length === 0 ? 'unchanged' : 'update', differs, unread }
}

/** restic sets the metadata of every folder that it restores something into, whatever is chosen for conflicts. */
function compareFolder(node: StoredNode, found: Stats, comparison: Comparison): Compared {
  const differs = differencesOf(node, '', found, comparison)
  if (comparison.conflicts === 'keep-both') return keep(differs)
  return { ...SAME, action: differs.length === 0 ? 'unchanged' : 'update', differs }
}

function compareTypes(node: StoredNode, place: string, found: Stats, comparison: Comparison): Compared {
  const differs = ['type'] as const
  const blocked = { ...SAME, action: 'skip', differs, blocks: true } as const
  if (comparison.conflicts === 'keep-both') return { ...SAME, action: 'create', differs: [], beside: true }
  // restic lets a file stay by itself, but no mode keeps it from replacing what is in a folder's place.
  if (isKept(node, found, comparison.conflicts)) return { ...blocked, blocks: node.type === 'dir' }
  // restic removes what is in the way, but no folder that holds something.
  if (found.isDirectory() && comparison.view.names(place).length > 0) return blocked
  return { ...SAME, action: 'update', differs }
}

function compareBeside(node: StoredNode, found: Stats, differs: readonly Difference[]): Compared {
  const other = differs.some((difference) => difference === 'size' || difference === 'link')
  if (other) return { ...SAME, action: 'create', differs: [], beside: true }
  return { ...keep(differs), unread: node.type === 'file' && found.size > 0 }
}

function keep(differs: readonly Difference[]): Compared {
  return { ...SAME, action: differs.length === 0 ? 'unchanged' : 'skip', differs }
}

function isKept(node: StoredNode, found: Stats, conflicts: ConflictMode): boolean {
  if (conflicts === 'never') return true
  return conflicts === 'if-newer' && millisecondsOf(node.modified) <= found.mtimeMs
}

function needsReading(node: StoredNode, found: Stats, conflicts: ConflictMode): boolean {
  if (node.size === 0) return false
  return conflicts !== 'if-changed' || !isSameTime(millisecondsOf(node.modified), found.mtimeMs)
}

function differencesOf(node: StoredNode, place: string, found: Stats, comparison: Comparison): Difference[] {
  const differs: Difference[] = []
  if (node.type === 'file' && node.size !== found.size) differs.push('size')
  if (!isSameTime(millisecondsOf(node.modified), found.mtimeMs)) differs.push('time')
  if (node.type !== 'symlink' && modeThere(node.mode, comparison) !== (found.mode & PERMISSIONS)) differs.push('mode')
  if (comparison.ownership && (node.uid !== found.uid || node.gid !== found.gid)) differs.push('owner')
  if (node.type === 'symlink' && comparison.view.linkTarget(place) !== node.linkTarget) differs.push('link')
  return differs
}

/** The permission bits that an item has once it is restored. */
export function modeThere(mode: number, { ownership }: Pick<Comparison, 'ownership'>): number {
  return ownership ? mode : mode & ~SET_USER_AND_GROUP
}

/** The type of what is on this host, in restic's words. */
export function typeOf(found: Stats | BigIntStats): NodeType {
  if (found.isFile()) return 'file'
  if (found.isDirectory()) return 'dir'
  if (found.isSymbolicLink()) return 'symlink'
  if (found.isFIFO()) return 'fifo'
  if (found.isSocket()) return 'socket'
  if (found.isBlockDevice()) return 'dev'
  return found.isCharacterDevice() ? 'chardev' : 'irregular'
}
