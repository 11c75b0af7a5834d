import { Fault } from '../../contract/errors.ts'
import { differingNodes, type StoredDirectory } from '../repository/differing-nodes.ts'
import { release } from '../repository/native/release.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'
import { type Difference, differenceOf } from './difference.ts'
import { packDifferences, unpackDifferences } from './packed-differences.ts'

/** Two directories by the ids of their listings; null for a side that has none. */
export interface TreePair {
  readonly before: string | null
  readonly after: string | null
}

/** The same text for the same two directories. */
export function pairKey({ before, after }: TreePair): string {
  return `${before ?? ''}:${after ?? ''}`
}

/**
 * What two directories do not have alike, by the bytes of the names. Two that are one are not read, and what was read is
 * remembered. Throws as `TreeReader.read` does.
 */
export async function readPair(reader: TreeReader, pair: TreePair, options: ListOptions): Promise<Difference[]> {
  if (options.signal?.aborted === true) throw new Fault('cancelled', {})
  if (pair.before === pair.after) return []
  const key = pairKey(pair)
  const kept = reader.pairs.get(key)
  if (kept !== undefined) return unpackDifferences(kept)
  const read = async (treeId: string | null): Promise<StoredDirectory | null> =>
    treeId === null ? null : { treeId, stored: await reader.read(treeId, (_, stored) => Buffer.from(stored), options) }
  const [before, after] = await Promise.all([read(pair.before), read(pair.after)])
  const differences = differingNodes(before, after).flatMap((nodes) => differenceOf(nodes) ?? [])
  if (before !== null) release(before.stored)
  if (after !== null) release(after.stored)
  reader.pairs.put(key, packDifferences(differences))
  return differences
}

/** Of each level of a walk some wait. */
const MOST_AHEAD = 256

/** Reads pairs early that will be wanted soon, so that a distant server's round trips overlap. */
export class PairsAhead {
  readonly #reader: TreeReader
  readonly #options: ListOptions
  readonly #coming = new Map<string, Promise<Difference[]>>()

  constructor(reader: TreeReader, options: ListOptions) {
    this.#reader = reader
    this.#options = { ...options, passing: true }
  }

  /** Throws as `readPair` does. */
  async get(pair: TreePair): Promise<Difference[]> {
    const key = pairKey(pair)
    const differences = this.#coming.get(key) ?? readPair(this.#reader, pair, this.#options)
    this.#coming.delete(key)
    return differences
  }

  /** Begin to read the next ones, soonest first: so many beyond those that were begun before as are worth asking for. */
  prefetch(next: Iterable<TreePair>): void {
    let begun = 1
    for (const pair of next) {
      if (begun >= this.#reader.atOnce || this.#coming.size >= MOST_AHEAD) return
      begun += 1
      const key = pairKey(pair)
      if (this.#coming.has(key)) continue
      const coming = readPair(this.#reader, pair, this.#options)
      this.#coming.set(key, coming)
      // Whoever needs it hears of any trouble then.
      coming.catch(() => undefined)
    }
  }
}
