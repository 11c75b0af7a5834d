import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { LedgerAction, LedgerPage } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { useSame } from '../../components/use-same.ts'
import { type LedgerRow, LedgerRows, PAGE_ITEMS } from './ledger-rows.ts'

export interface LedgerAsked {
  readonly hostId: string
  readonly runId: string
  /** Only items of this outcome; null for all. */
  readonly action: LedgerAction | null
  /** Only paths that contain it; empty for all. */
  readonly text: string
  /** The run goes on: what is in sight is read again from time to time. Once it is over, one last time. */
  readonly live: boolean
}

const AGAIN_MILLISECONDS = 2000
/** How long a page that is out of sight stays in memory. */
const KEPT_MILLISECONDS = 60_000
const TYPING_MILLISECONDS = 200
const FIRST_PAGE = { first: 0, last: 0 } as const

export interface Ledger {
  /** Undefined until the first page was read; those of the question before while another is answered. */
  readonly rows: LedgerRows | undefined
  readonly isEarlier: boolean
  /** The text that the rows were asked for with. */
  readonly filter: string
  readonly error: unknown
  onSight(first: number, end: number): void
  refetch(): void
}

/** The ledger of a run: the pages in sight are read, failures first; those that were read are kept for a while. */
export function useLedger({ hostId, runId, action, text, live }: LedgerAsked): Ledger {
  const client = useClient()
  const [filter] = useDebouncedValue(text, TYPING_MILLISECONDS)
  const asked = JSON.stringify([hostId, runId, action, filter, live])
  const [sight, setSight] = useState({ asked, first: 0, last: 0 })
  const { first, last } = sight.asked === asked ? sight : FIRST_PAGE
  const numbers = [...new Set([0, ...Array.from({ length: last - first + 1 }, (_, at) => first + at)])]
  const pages = useQueries({
    queries: numbers.map((number) => ({
      queryKey: ['ledger', asked, number],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.runs.ledger(
          { hostId, runId, action, text: filter, offset: number * PAGE_ITEMS, limit: PAGE_ITEMS },
          { signal },
        ),
      structuralSharing: false as const,
      gcTime: KEPT_MILLISECONDS,
      refetchInterval: live ? AGAIN_MILLISECONDS : (false as const),
    })),
  })
  const read = useSame(pages.flatMap(({ data }) => data ?? []))
  const hasFirst = pages[0]?.data !== undefined
  const [drawn] = useState(() => new WeakMap<LedgerPage, (LedgerRow | undefined)[]>())
  const rows = useMemo(() => (hasFirst ? new LedgerRows(read, drawn) : undefined), [hasFirst, read, drawn])
  const [kept, setKept] = useState(rows)
  if (rows !== undefined && kept !== rows) setKept(rows)
  return {
    rows: rows ?? kept,
    isEarlier: rows === undefined,
    filter,
    error: pages.find((page) => page.error !== null)?.error ?? null,
    onSight: (from, end) => {
      const [least, most] = [Math.floor(from / PAGE_ITEMS), Math.floor(Math.max(from, end - 1) / PAGE_ITEMS)]
      if (sight.asked !== asked || least !== first || most !== last) setSight({ asked, first: least, last: most })
    },
    refetch: () => {
      for (const page of pages) if (page.error !== null) void page.refetch()
    },
  }
}
