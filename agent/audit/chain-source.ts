import type { AuditStore, FoundLink } from '../journal/audit-store.ts'

/** Rows that are read at once. */
const PAGE = 1000

/** An audit to be checked. */
export interface ChainSource {
  /** All its rows in the order in which they stand, some at a time, from the first, as often as they are asked for. */
  pages(): Generator<readonly FoundLink[]>
}

/** The rows of the journal, also those that somebody has put before the first. */
export function journalSource(audit: Pick<AuditStore, 'page'>): ChainSource {
  return {
    *pages() {
      let after = Number.MIN_SAFE_INTEGER
      while (true) {
        const links = audit.page(after, PAGE)
        const last = links.at(-1)
        if (last === undefined) return
        yield links
        after = last.sequence
      }
    },
  }
}

/** The row that stands in this place; undefined where none does. */
export function linkAt(source: ChainSource, sequence: number): FoundLink | undefined {
  for (const links of source.pages()) {
    const found = links.find((link) => link.sequence === sequence)
    if (found !== undefined) return found
  }
  return undefined
}
