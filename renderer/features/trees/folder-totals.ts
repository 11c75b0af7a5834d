import type { ConsoleClient } from '../../../contract/console/index.ts'
import type { FolderTotals } from '../../../contract/shapes/tree.ts'
import type { TreeAddress } from './tree-cache.ts'

export type FolderCount =
  | { readonly state: 'counting' }
  | { readonly state: 'known'; readonly totals: FolderTotals }
  | { readonly state: 'failed'; readonly error: unknown }

/**
 * What was counted in directories, and what is being counted. It is kept by tree id: the same directory in another
 * snapshot is known at once.
 */
export class FolderTotalsStore {
  readonly #client: ConsoleClient
  readonly #counts = new Map<string, FolderCount>()
  readonly #controllers = new Map<string, AbortController>()
  readonly #listeners = new Set<() => void>()
  #version = 0

  constructor(client: ConsoleClient) {
    this.#client = client
  }

  /** For React's `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly version = (): number => this.#version

  /** How far a directory's count is; undefined when it was not asked for, or was stopped. */
  of(address: TreeAddress): FolderCount | undefined {
    return this.#counts.get(keyOf(address))
  }

  /** Count what is in a directory, unless that is known or under way. It goes on when the screen is left. */
  async count(address: TreeAddress): Promise<void> {
    const { hostId, repositoryId, treeId } = address
    const key = keyOf(address)
    const known = this.#counts.get(key)
    if (known !== undefined && known.state !== 'failed') return
    const controller = new AbortController()
    this.#controllers.set(key, controller)
    this.#set(key, { state: 'counting' })
    try {
      const { signal } = controller
      const totals = await this.#client.tree.totals({ hostId, repositoryId, treeId }, { signal })
      if (!controller.signal.aborted) this.#set(key, { state: 'known', totals })
    } catch (error) {
      if (!controller.signal.aborted) this.#set(key, { state: 'failed', error })
    } finally {
      if (this.#controllers.get(key) === controller) this.#controllers.delete(key)
    }
  }

  /** Give a count up. */
  stop(address: TreeAddress): void {
    const key = keyOf(address)
    this.#controllers.get(key)?.abort()
    this.#controllers.delete(key)
    this.#set(key, undefined)
  }

  #set(key: string, count: FolderCount | undefined): void {
    if (count === undefined) this.#counts.delete(key)
    else this.#counts.set(key, count)
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}

function keyOf({ hostId, repositoryId, treeId }: TreeAddress): string {
  return JSON.stringify([hostId, repositoryId, treeId])
}
