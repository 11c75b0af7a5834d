import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type RowOf, toRows } from '../../../contract/shapes/columns.ts'
import type { LedgerAction, LedgerPage } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'

export type LedgerRow = RowOf<LedgerPage['items']> & {
  /** Its place in the ledger. */
  readonly at: number
}

export interface LedgerAsked {
  readonly hostId: string
  readonly runId: string
  /** Only items of this outcome; null for all. */
  readonly action: LedgerAction | null
  /** The run goes on: its ledger is read again from time to time. Once it is over, one last time. */
  readonly live: boolean
}

const PAGE = 1000
const AGAIN_MILLISECONDS = 2000

export interface Ledger {
  readonly rows: readonly LedgerRow[] | undefined
  readonly total: number
  readonly error: unknown
  /** Read the next page, where there is one. */
  readonly more: (() => void) | null
  readonly readingMore: boolean
  refetch(): void
}

/** The ledger of a run, a page at a time, failures first. */
export function useLedger({ hostId, runId, action, live }: LedgerAsked): Ledger {
  const client = useClient()
  const query = useInfiniteQuery({
    queryKey: ['ledger', hostId, runId, action, live],
    queryFn: ({ pageParam, signal }) =>
      client.runs.ledger({ hostId, runId, action, text: '', offset: pageParam, limit: PAGE }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.offset + PAGE < last.total ? last.offset + PAGE : undefined),
    placeholderData: keepPreviousData,
    refetchInterval: live ? AGAIN_MILLISECONDS : false,
  })
  return {
    rows: query.data?.pages.flatMap((page) => toRows(page.items).map((row, at) => ({ ...row, at: page.offset + at }))),
    total: query.data?.pages[0]?.total ?? 0,
    error: query.error,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    readingMore: query.isFetchingNextPage,
    refetch: () => void query.refetch(),
  }
}
