import { type RowOf, toColumns } from '../../contract/shapes/columns.ts'
import type { HitColumns } from '../../contract/shapes/search.ts'
import type { SearchHit } from '../../engine/repository/search/search.ts'
import { nodeFacts } from './node-details.ts'

type Row = RowOf<HitColumns>

/** Found paths on their way to who searches: a row for each state of what is there. */
export class HitBatch {
  readonly #positions: ReadonlyMap<string, number>
  #rows: Row[] = []

  /** `series` are the ids of the snapshots that are searched, in the order in which rows name them. */
  constructor(series: readonly string[]) {
    this.#positions = new Map(series.map((id, at) => [id, at]))
  }

  get size(): number {
    return this.#rows.length
  }

  add({ path, versions }: SearchHit): void {
    for (const { node, snapshotIds } of versions) {
      const held = stretches(snapshotIds.flatMap((id) => this.#positions.get(id) ?? []))
      this.#rows.push({ path, ...nodeFacts(node), held })
    }
  }

  /** What was gathered; gathering begins anew. */
  take(): HitColumns {
    const rows = this.#rows
    this.#rows = []
    return toColumns(rows, ['path', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget', 'held'])
  }
}

/** First and last of each unbroken stretch of rising positions, one after the other. */
function stretches(positions: readonly number[]): number[] {
  const ends: number[] = []
  for (const position of positions) {
    if (ends.length > 0 && ends.at(-1) === position - 1) ends[ends.length - 1] = position
    else ends.push(position, position)
  }
  return ends
}
