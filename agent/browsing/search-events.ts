import { setImmediate } from 'node:timers/promises'
import { toColumns } from '../../contract/shapes/columns.ts'
import type { SearchEvent, SearchQuery } from '../../contract/shapes/search.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { type SearchQuery as SearchTerms, search } from '../../engine/repository/search/search.ts'
import type { TreeReader } from '../../engine/repository/tree-reader.ts'
import { HitBatch } from './hit-batch.ts'
import { Pulse } from './pulse.ts'

/** Rows of one event, about. */
const BATCH = 500
/** Milliseconds for which a found path waits for others at most, but for the first. */
const FOUND_EVERY = 50
const LOOKED_EVERY = 250

export interface SearchOrder {
  readonly reader: TreeReader
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[]
  readonly query: SearchQuery
  readonly signal: AbortSignal
}

/**
 * A search as it goes, told as the contract says. It goes no further than its reader listens: what is found waits until
 * the last event was taken. Throws `cancelled`, and what `search` throws.
 */
export async function* searchEvents(order: SearchOrder): AsyncGenerator<SearchEvent, void, void> {
  const { reader, snapshots, query } = order
  yield { kind: 'begun', series: toColumns(snapshots, ['id', 'time', 'hostname', 'treeId']) }
  using pulse = new Pulse(FOUND_EVERY)
  using walk = new Walk(order)
  const batch = new HitBatch(snapshots.map(({ id }) => id))
  const hits = search(reader, snapshots, { ...termsOf(query), signal: walk.signal, looked: walk.looked })
  let foundAt = Number.NEGATIVE_INFINITY
  let paths = 0
  let coming: ReturnType<typeof hits.next> | undefined
  while (paths < query.limit) {
    coming ??= hits.next()
    const step = await Promise.race([coming, pulse.beat])
    if (step !== 'beat') {
      coming = undefined
      if (step.done === true) break
      batch.add(step.value)
      paths += 1
    }
    if (batch.size >= BATCH || (batch.size > 0 && performance.now() - foundAt >= FOUND_EVERY)) {
      yield { kind: 'found', hits: batch.take() }
      foundAt = performance.now()
      // Many hits in remembered directories take no turn of the event loop by themselves.
      await setImmediate()
    }
    const progress = walk.progress()
    if (progress !== undefined) yield progress
  }
  if (batch.size > 0) yield { kind: 'found', hits: batch.take() }
  yield { kind: 'ended', directories: walk.directories, complete: paths < query.limit }
}

/** Where a search is, and what ends it when nobody listens any more. */
class Walk implements Disposable {
  readonly signal: AbortSignal
  readonly #stop = new AbortController()
  #directories = 0
  #at = '/'
  #toldAt = performance.now()
  #told = 0

  constructor({ signal }: { readonly signal: AbortSignal }) {
    this.signal = AbortSignal.any([signal, this.#stop.signal])
  }

  get directories(): number {
    return this.#directories
  }

  readonly looked = (directories: number, at: string): void => {
    this.#directories = directories
    this.#at = at
  }

  /** How far it has come; undefined when that was told a moment ago, or is no further. */
  progress(): SearchEvent | undefined {
    const now = performance.now()
    if (now - this.#toldAt < LOOKED_EVERY || this.#directories === this.#told) return undefined
    this.#toldAt = now
    this.#told = this.#directories
    return { kind: 'looked', directories: this.#directories, at: this.#at }
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
  }
}

function termsOf({ pattern, types, size, modified }: SearchQuery): SearchTerms {
  return {
    pattern,
    ...(types === null ? {} : { types }),
    size: bounds(size),
    modified: bounds(modified),
  }
}

/** Without those that are no bound. */
function bounds<K extends string>(given: Readonly<Record<K, number | null>>): Partial<Record<K, number>> {
  const set = Object.entries(given).filter(([, bound]) => bound !== null)
  return Object.fromEntries(set) as Partial<Record<K, number>>
}
