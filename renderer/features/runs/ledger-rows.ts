import type { RowOf } from '../../../contract/shapes/columns.ts'
import type { LedgerPage } from '../../../contract/shapes/run.ts'
import type { RowList } from '../../components/table-columns.ts'

export type LedgerItem = RowOf<LedgerPage['items']>

/** One item of a ledger as the table shows it. */
export interface LedgerRow {
  /** Its place among those that fit. */
  readonly at: number
  /** Null while it is read. */
  readonly item: LedgerItem | null
}

/** Items that are read at once. */
export const PAGE_ITEMS = 500

/** A ledger of which only some pages are in memory. A row that was drawn is the same object when asked for again. */
export class LedgerRows implements RowList<LedgerRow> {
  readonly length: number
  readonly #pages: ReadonlyMap<number, LedgerPage>
  readonly #drawn: WeakMap<LedgerPage, (LedgerRow | undefined)[]>

  /** `pages` are those that were read, the first of the ledger first; `drawn` is kept by the caller over the drawings. */
  constructor(pages: readonly LedgerPage[], drawn: WeakMap<LedgerPage, (LedgerRow | undefined)[]>) {
    this.length = pages[0]?.total ?? 0
    this.#pages = new Map(pages.map((page) => [page.offset / PAGE_ITEMS, page]))
    this.#drawn = drawn
  }

  at(position: number): LedgerRow | undefined {
    if (position < 0 || position >= this.length) return undefined
    const page = this.#pages.get(Math.floor(position / PAGE_ITEMS))
    if (page === undefined) return { at: position, item: null }
    const drawn = this.#drawn.get(page) ?? []
    this.#drawn.set(page, drawn)
    const index = position - page.offset
    const row = drawn[index] ?? { at: position, item: itemAt(page.items, index) }
    drawn[index] = row
    return row
  }
}

/** One item of a page; null where there is none. */
export function itemAt(items: LedgerPage['items'], index: number): LedgerItem | null {
  const [path, action] = [items.path[index], items.action[index]]
  if (path === undefined || action === undefined) return null
  const { type, size, reason } = items
  return { path, action, type: type[index] ?? null, size: size[index] ?? null, reason: reason[index] ?? '' }
}
