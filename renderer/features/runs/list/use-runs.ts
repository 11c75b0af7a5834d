import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { RunFilter } from '../../../../contract/shapes/run-page.ts'
import { useClient } from '../../../client/client-context.tsx'
import { useSame } from '../../../components/use-same.ts'
import { type DrawnRows, PAGE_RUNS, RunRows } from './run-rows.ts'
import { useRunNews } from './use-run-news.ts'

/** How long a page that is out of sight stays in memory. */
const KEPT_MILLISECONDS = 60_000
const FIRST_PAGE = { first: 0, last: 0 } as const

export interface Runs {
  /** Undefined until the first page was read; those of the question before while another is answered. */
  readonly rows: RunRows | undefined
  readonly isEarlier: boolean
  readonly error: unknown
  onSight(first: number, end: number): void
  refetch(): void
}

/** The runs that fit, newest first: the pages in sight are read, and read again when they may have become others. */
export function useRuns(filter: RunFilter): Runs {
  const client = useClient()
  const asked = JSON.stringify(filter)
  const [sight, setSight] = useState({ asked, first: 0, last: 0 })
  const { first, last } = sight.asked === asked ? sight : FIRST_PAGE
  const numbers = [...new Set([0, ...Array.from({ length: last - first + 1 }, (_, at) => first + at)])]
  const pages = useQueries({
    queries: numbers.map((number) => ({
      queryKey: ['runs', asked, number],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.runs.page({ ...filter, offset: number * PAGE_RUNS, limit: PAGE_RUNS }, { signal }),
      structuralSharing: false as const,
      gcTime: KEPT_MILLISECONDS,
    })),
  })
  const { latest, moves } = useRunNews()
  useReadAgain(moves)
  const read = useSame(pages.flatMap(({ data }) => data ?? []))
  const hasFirst = pages[0]?.data !== undefined
  const [drawn] = useState<DrawnRows>(() => new WeakMap())
  const rows = useMemo(
    () => (hasFirst ? new RunRows({ pages: read, latest, drawn }) : undefined),
    [hasFirst, read, latest, drawn],
  )
  const [kept, setKept] = useState(rows)
  if (rows !== undefined && kept !== rows) setKept(rows)
  return {
    rows: rows ?? kept,
    isEarlier: rows === undefined,
    error: pages.find((page) => page.error !== null)?.error ?? null,
    onSight: (from, end) => {
      const [least, most] = [Math.floor(from / PAGE_RUNS), Math.floor(Math.max(from, end - 1) / PAGE_RUNS)]
      if (sight.asked !== asked || least !== first || most !== last) setSight({ asked, first: least, last: most })
    },
    refetch: () => {
      for (const page of pages) if (page.error !== null) void page.refetch()
    },
  }
}

/** What is in sight at once, the rest when it is looked at; what had been read stays there until then. */
function useReadAgain(moves: number): void {
  const queries = useQueryClient()
  const readAgain = useEffectEvent(() => void queries.invalidateQueries({ queryKey: ['runs'] }))
  useEffect(() => {
    // The first news too: what happened before it may have come after the first page was read.
    if (moves > 0) readAgain()
  }, [moves])
}
