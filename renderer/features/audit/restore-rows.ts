import type { PastRestore, PastRestorePage } from '../../../contract/shapes/past-restore.ts'
import type { RowList } from '../../components/table-columns.ts'

/** One restore as the table shows it. */
export interface RestoreRow {
  /** Its place among those that fit. */
  readonly at: number
  /** Null while it is read. */
  readonly restore: PastRestore | null
}

/** Restores that are read at once. */
export const PAGE_RESTORES = 200

/** Restores of which only some pages are in memory. A row that was drawn is the same object when asked for again. */
export class RestoreRows implements RowList<RestoreRow> {
  readonly length: number
  readonly #pages: ReadonlyMap<number, PastRestorePage>
  readonly #drawn: WeakMap<PastRestore, RestoreRow>

  /** `pages` are those that were read, the first of all first; `drawn` is kept by the caller over the drawings. */
  constructor(pages: readonly PastRestorePage[], drawn: WeakMap<PastRestore, RestoreRow>) {
    this.length = pages[0]?.total ?? 0
    this.#pages = new Map(pages.map((page) => [page.offset / PAGE_RESTORES, page]))
    this.#drawn = drawn
  }

  at(position: number): RestoreRow | undefined {
    if (position < 0 || position >= this.length) return undefined
    const page = this.#pages.get(Math.floor(position / PAGE_RESTORES))
    const restore = page?.items[position - page.offset]
    if (restore === undefined) return { at: position, restore: null }
    const drawn = this.#drawn.get(restore)
    if (drawn?.at === position) return drawn
    const row = { at: position, restore }
    this.#drawn.set(restore, row)
    return row
  }

  /** Where a restore stands now, if that was read; a new one above it has moved it on. */
  find({ hostId, id }: Pick<PastRestore, 'hostId' | 'id'>): number | null {
    for (const { offset, items } of this.#pages.values()) {
      const index = items.findIndex((restore) => restore.id === id && restore.hostId === hostId)
      if (index >= 0) return offset + index
    }
    return null
  }
}
