import type { Stats } from 'node:fs'
import type { StoredNode } from '../repository/stored-node.ts'
import type { Compared } from './compare-node.ts'

interface First {
  /** The file on this host that has the first of the names; null where there is none. */
  readonly inode: string | null
  readonly compared: Compared | null
}

/**
 * Files with several names, within one call of restic: the first name is compared, every other becomes a name of the
 * same file, whatever is there (`internal/restorer`, `hardlinks_index`).
 */
export class HardLinks {
  readonly #firsts = new Map<string, First>()

  clear(): void {
    this.#firsts.clear()
  }

  /** Nothing is there yet of this name. */
  created(node: StoredNode): void {
    if (hasOtherNames(node) && !this.#firsts.has(keyOf(node))) {
      this.#firsts.set(keyOf(node), { inode: null, compared: null })
    }
  }

  /** What becomes of a name where `found` is, by `compare` unless it is another name of a file that came before. */
  compare(node: StoredNode, found: Stats, compare: () => Compared): Compared {
    if (!hasOtherNames(node)) return compare()
    const first = this.#firsts.get(keyOf(node))
    const own = compare()
    if (first === undefined) {
      this.#firsts.set(keyOf(node), { inode: inodeOf(found), compared: own })
      return own
    }
    const isKept = own.action === 'skip' || own.beside || own.differs.includes('type')
    if (isKept || first.inode === inodeOf(found)) return own
    return { ...own, action: 'update', differs: [...own.differs, 'link'], unread: false }
  }
}

export function hasOtherNames(node: StoredNode): boolean {
  return node.type === 'file' && node.links > 1
}

/** What the names of one file have in common. */
export function keyOf(node: StoredNode): string {
  return `${node.deviceId}:${node.inode}`
}

function inodeOf(found: Stats): string {
  return `${found.dev}:${found.ino}`
}
