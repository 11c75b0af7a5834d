import type { NodePair } from './differing-nodes.ts'

/**
 * What two directories do not have alike, by a key of both: it never changes. A comparison asks for the same pairs again and
 * again (a level, its roll-up, a list of the changes, what was moved). Once it is full it begins anew: a comparison comes by
 * in the same order each time, so to drop the oldest would be to drop what is wanted next.
 */
export class PairCache {
  readonly #limit: number
  readonly #pairs = new Map<string, readonly NodePair[]>()
  #nodes = 0

  /** `limit` in pairs of nodes, about 1.4 kB each. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string): readonly NodePair[] | undefined {
    return this.#pairs.get(key)
  }

  put(key: string, nodes: readonly NodePair[]): void {
    // Two directories without a difference take room too.
    const size = nodes.length + 1
    if (size > this.#limit / 4 || this.#pairs.has(key)) return
    if (this.#nodes + size > this.#limit) this.clear()
    this.#pairs.set(key, nodes)
    this.#nodes += size
  }

  clear(): void {
    this.#pairs.clear()
    this.#nodes = 0
  }
}
