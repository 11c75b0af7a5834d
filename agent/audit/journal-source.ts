import type { ChainLink } from '../../contract/audit-chain/chain.ts'
import type { ChainSource } from '../../contract/audit-chain/chain-source.ts'
import type { Journal } from '../journal/open-journal.ts'

/** Rows that are given at once. */
const PAGE = 1000

type Kept = Pick<Journal, 'audit' | 'auditSegments'>

/**
 * All rows after this place, some at a time: those of the closed segments, then the journal's. Which segments there are is
 * looked up each time: rows may be moved into one while somebody reads.
 */
export function* rowsAfter({ audit, auditSegments }: Kept, place: number): Generator<readonly ChainLink[]> {
  let after = place
  while (true) {
    const segment = auditSegments.list().find(({ last }) => last > after)
    const rows = segment === undefined ? audit.page(after, PAGE) : rowsOf(auditSegments.rows(segment), after)
    for (let at = 0; at < rows.length; at += PAGE) yield rows.slice(at, at + PAGE)
    const last = segment?.last ?? rows.at(-1)?.sequence
    if (last === undefined) return
    after = last
  }
}

/** The audit of a journal, also what somebody has put where nothing belongs. */
export function journalSource(kept: Kept): ChainSource {
  const { audit, auditSegments } = kept
  return {
    *pages() {
      yield* rowsAfter(kept, Number.MIN_SAFE_INTEGER)
      const end = auditSegments.end()
      if (end !== undefined)
        yield audit.page(Number.MIN_SAFE_INTEGER, PAGE).filter((row) => row.sequence <= end.sequence)
    },
    segmentOf(place) {
      return auditSegments.list().find(({ first, last }) => first <= place && place <= last)?.name ?? null
    },
  }
}

function rowsOf(rows: readonly ChainLink[], after: number): readonly ChainLink[] {
  return rows.filter(({ sequence }) => sequence > after)
}
