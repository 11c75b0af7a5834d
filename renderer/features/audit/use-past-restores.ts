import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { PastRestore, PastRestoreFilter } from '../../../contract/shapes/past-restore.ts'
import { useClient } from '../../client/client-context.tsx'
import { useStream } from '../../client/use-stream.ts'
import { useSame } from '../../components/use-same.ts'
import { PAGE_RESTORES, type RestoreRow, RestoreRows } from './restore-rows.ts'

/** How long a page that is out of sight stays in memory. */
const KEPT_MILLISECONDS = 60_000
const FIRST_PAGE = { first: 0, last: 0 } as const

export interface PastRestores {
  /** Undefined until the first page was read; those of the question before while another is answered. */
  readonly rows: RestoreRows | undefined
  readonly error: unknown
  onSight(first: number, end: number): void
  refetch(): void
}

/**
 * A word that is another one whenever something was restored, or is. Each screen begins with one of its own: what was read
 * before, while nobody listened, is not believed.
 */
export function useRestoreNews(): string {
  const client = useClient()
  const [begun] = useState(() => crypto.randomUUID())
  const { value } = useStream<number, object>({
    key: 'restores',
    initial: 0,
    open: (signal) => client.pastRestores.watch(undefined, { signal }),
    reduce: (count, told) => count + told.length,
  })
  return `${begun} ${value}`
}

/** What fits a filter, newest first: the pages in sight are read, and read again when there is news. */
export function usePastRestores(filter: PastRestoreFilter, news: string): PastRestores {
  const client = useClient()
  const asked = JSON.stringify(filter)
  const [sight, setSight] = useState({ asked, first: 0, last: 0 })
  const { first, last } = sight.asked === asked ? sight : FIRST_PAGE
  const numbers = [...new Set([0, ...Array.from({ length: last - first + 1 }, (_, at) => first + at)])]
  const pages = useQueries({
    queries: numbers.map((number) => ({
      queryKey: ['past-restores', asked, news, number],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.pastRestores.page({ filter, offset: number * PAGE_RESTORES, limit: PAGE_RESTORES }, { signal }),
      structuralSharing: false as const,
      gcTime: KEPT_MILLISECONDS,
    })),
  })
  const read = useSame(pages.flatMap(({ data }) => data ?? []))
  const hasFirst = pages[0]?.data !== undefined
  const [drawn] = useState(() => new WeakMap<PastRestore, RestoreRow>())
  const rows = useMemo(() => (hasFirst ? new RestoreRows(read, drawn) : undefined), [hasFirst, read, drawn])
  const [kept, setKept] = useState(rows)
  if (rows !== undefined && kept !== rows) setKept(rows)
  return {
    rows: rows ?? kept,
    error: pages.find((page) => page.error !== null)?.error ?? null,
    onSight: (from, end) => {
      const [least, most] = [Math.floor(from / PAGE_RESTORES), Math.floor(Math.max(from, end - 1) / PAGE_RESTORES)]
      if (sight.asked !== asked || least !== first || most !== last) setSight({ asked, first: least, last: most })
    },
    refetch: () => {
      for (const page of pages) if (page.error !== null) void page.refetch()
    },
  }
}

/** How much there is of what fits; what was known before stays until that is read. */
export function useTotals(filter: PastRestoreFilter, news: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['past-restore-totals', JSON.stringify(filter), news],
    queryFn: ({ signal }) => client.pastRestores.totals({ filter }, { signal }),
    placeholderData: (before) => before,
    gcTime: KEPT_MILLISECONDS,
  })
}

/** What fits by days; `days` are the moments at which they begin, and the end of the last. */
export function useDays(filter: PastRestoreFilter, days: readonly Date[], news: string) {
  const client = useClient()
  const edges = days.map((day) => day.toISOString())
  return useQuery({
    queryKey: ['past-restore-days', JSON.stringify(filter), edges.at(0), edges.at(-1), news],
    queryFn: ({ signal }) => client.pastRestores.days({ filter, days: edges }, { signal }),
    placeholderData: (before) => before,
    gcTime: KEPT_MILLISECONDS,
  })
}

/** How long restores usually take on each host. */
export function useDurations(filter: PastRestoreFilter, news: string) {
  const client = useClient()
  return useQuery({
    queryKey: ['past-restore-durations', JSON.stringify(filter), news],
    queryFn: ({ signal }) => client.pastRestores.durations({ filter }, { signal }),
    placeholderData: (before) => before,
    gcTime: KEPT_MILLISECONDS,
  })
}

/** Everybody who has restored something. */
export function useActors(news: string): readonly string[] {
  const client = useClient()
  const actors = useQuery({
    queryKey: ['past-restore-actors', news],
    queryFn: ({ signal }) => client.pastRestores.actors(undefined, { signal }),
    placeholderData: (before) => before,
    gcTime: KEPT_MILLISECONDS,
  })
  return actors.data ?? []
}
