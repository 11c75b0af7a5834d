import { TreeStore } from '../../components/tree/tree-store.ts'
import type { TreeCache } from '../trees/index.ts'

/** Names one snapshot as one host sees it. */
export interface SnapshotKey {
  readonly hostId: string
  readonly repositoryId: string
  readonly snapshotId: string
}

/** How many snapshots keep what was opened and selected in them. */
const KEPT = 12

/** The trees that this window has open: coming back to a snapshot finds it as it was left. */
export class SnapshotTrees {
  readonly #cache: TreeCache
  readonly #trees = new Map<string, TreeStore>()
  readonly #listeners = new Set<() => void>()

  constructor(cache: TreeCache) {
    this.#cache = cache
  }

  /** For React's `useSyncExternalStore`: told when a snapshot's tree is first opened. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** The tree of a snapshot that was opened before. */
  find(key: SnapshotKey): TreeStore | undefined {
    return this.#trees.get(keyText(key))
  }

  /** The tree of a snapshot; the one that was opened longest ago is forgotten when there are too many. */
  open(key: SnapshotKey, rootTreeId: string): TreeStore {
    const text = keyText(key)
    const known = this.#trees.get(text)
    const { hostId, repositoryId } = key
    const tree =
      known ??
      new TreeStore({
        rootTreeId,
        load: (treeId) => this.#cache.list({ hostId, repositoryId, treeId }),
        readAhead: (treeId) => this.#cache.readAhead({ hostId, repositoryId, treeId }),
      })
    this.#trees.delete(text)
    this.#trees.set(text, tree)
    if (known === undefined) {
      const [oldest] = this.#trees.keys()
      if (this.#trees.size > KEPT && oldest !== undefined) this.#trees.delete(oldest)
      for (const listener of this.#listeners) listener()
    }
    return tree
  }
}

function keyText({ hostId, repositoryId, snapshotId }: SnapshotKey): string {
  return JSON.stringify([hostId, repositoryId, snapshotId])
}
