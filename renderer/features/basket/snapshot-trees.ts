import { TreeStore } from '../../components/tree/tree-store.ts'
import type { TreeCache } from '../trees/index.ts'
import type { BasketSource } from './basket-items.ts'

/** Names one repository as one host sees it. */
export interface RepositoryKey {
  readonly hostId: string
  readonly repositoryId: string
}

/** Names one snapshot as one host sees it. */
export interface SnapshotKey extends RepositoryKey {
  readonly snapshotId: string
}

/** How many snapshots keep what was opened in them; those in which something is selected are kept beside. */
const KEPT = 12

interface Kept {
  readonly key: SnapshotKey
  readonly tree: TreeStore
}

/**
 * The trees that this window has open: coming back to a snapshot finds it as it was left. What is selected in them, of all
 * snapshots of a repository together, is that repository's basket.
 */
export class SnapshotTrees {
  readonly #cache: TreeCache
  readonly #trees = new Map<string, Kept>()
  readonly #chosen = new Map<string, unknown>()
  readonly #listeners = new Set<() => void>()
  #filled: readonly RepositoryKey[] | undefined
  readonly #baskets = new Map<string, readonly BasketSource[]>()

  constructor(cache: TreeCache) {
    this.#cache = cache
  }

  /** For React's `useSyncExternalStore`: told when a snapshot's tree is first opened, and when what is selected changes. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** The tree of a snapshot that was opened before. */
  find(key: SnapshotKey): TreeStore | undefined {
    return this.#trees.get(keyText(key))?.tree
  }

  /** The tree of a snapshot; of those with nothing selected the one opened longest ago is forgotten when there are too many. */
  open(key: SnapshotKey, rootTreeId: string): TreeStore {
    const text = keyText(key)
    const known = this.#trees.get(text)
    const tree = known?.tree ?? this.#make(key, rootTreeId)
    this.#trees.delete(text)
    this.#trees.set(text, { key, tree })
    if (known === undefined) {
      this.#forgetOldest()
      // Later: a screen opens its tree while it is drawn, and must not have others drawn by that. No basket is another by it.
      queueMicrotask(() => this.#wake())
    }
    return tree
  }

  /** What is selected in the snapshots of a repository; the same array until that changes. Those opened first come first. */
  basketOf({ hostId, repositoryId }: RepositoryKey): readonly BasketSource[] {
    const text = JSON.stringify([hostId, repositoryId])
    const known = this.#baskets.get(text)
    if (known !== undefined) return known
    const sources = [...this.#trees.values()].flatMap(({ key, tree }): BasketSource[] => {
      const { count, bytes, unread, include, exclude } = tree.chosen()
      if (key.hostId !== hostId || key.repositoryId !== repositoryId || count === 0) return []
      return [
        {
          snapshotId: key.snapshotId,
          selection: { include: [...include], exclude: [...exclude] },
          count,
          bytes,
          exact: unread === 0,
        },
      ]
    })
    const sorted = sources.toSorted((a, b) => a.snapshotId.localeCompare(b.snapshotId))
    this.#baskets.set(text, sorted)
    return sorted
  }

  /** The repositories of which something is selected; the same array until that changes. */
  readonly filled = (): readonly RepositoryKey[] => {
    if (this.#filled !== undefined) return this.#filled
    const all = new Map<string, RepositoryKey>()
    for (const {
      key: { hostId, repositoryId },
      tree,
    } of this.#trees.values())
      if (tree.chosen().count > 0) all.set(JSON.stringify([hostId, repositoryId]), { hostId, repositoryId })
    this.#filled = [...all.values()]
    return this.#filled
  }

  #make(key: SnapshotKey, rootTreeId: string): TreeStore {
    const { hostId, repositoryId } = key
    const tree = new TreeStore({
      rootTreeId,
      load: (treeId) => this.#cache.list({ hostId, repositoryId, treeId }),
      readAhead: (treeId) => this.#cache.readAhead({ hostId, repositoryId, treeId }),
    })
    const text = keyText(key)
    this.#chosen.set(text, tree.chosen())
    tree.subscribe(() => {
      const chosen = tree.chosen()
      if (this.#chosen.get(text) === chosen) return
      this.#chosen.set(text, chosen)
      this.#tell()
    })
    return tree
  }

  #forgetOldest(): void {
    if (this.#trees.size <= KEPT) return
    const newest = [...this.#trees.keys()].at(-1)
    for (const [text, { tree }] of this.#trees)
      if (text !== newest && tree.chosen().count === 0) {
        this.#trees.delete(text)
        this.#chosen.delete(text)
        return
      }
  }

  #tell(): void {
    this.#baskets.clear()
    this.#filled = undefined
    this.#wake()
  }

  #wake(): void {
    for (const listener of this.#listeners) listener()
  }
}

function keyText({ hostId, repositoryId, snapshotId }: SnapshotKey): string {
  return JSON.stringify([hostId, repositoryId, snapshotId])
}
