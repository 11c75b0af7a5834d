import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { isFault } from '../../../contract/errors.ts'
import type { PlanPage } from '../../../contract/shapes/restore.ts'
import { useClient } from '../../client/client-context.tsx'
import { useSame } from '../../components/use-same.ts'
import { actionsOf, PAGE_ITEMS, type PlanRow, PlanRows, type PlanView } from './plan-rows.ts'

export interface PlanItemsAsked {
  readonly hostId: string
  readonly hash: string
  readonly view: PlanView
  /** Only paths that contain it; empty for all. */
  readonly text: string
}

export interface PlanItems {
  /** Undefined until the first page was read; those of the question before while another is answered. */
  readonly rows: PlanRows | undefined
  readonly isEarlier: boolean
  readonly error: unknown
  /** The host does not remember the plan any more. */
  readonly isForgotten: boolean
  onSight(first: number, end: number): void
  again(): void
}

const TYPING_MILLISECONDS = 200

/** The items of a plan: the pages in sight are read, those that were read are kept for a while. */
export function usePlanItems({ hostId, hash, view, text }: PlanItemsAsked): PlanItems {
  const client = useClient()
  const [filter] = useDebouncedValue(text, TYPING_MILLISECONDS)
  const asked = JSON.stringify([hostId, hash, view, filter])
  const [sight, setSight] = useState({ asked, first: 0, last: 0 })
  const { first, last } = sight.asked === asked ? sight : FIRST_PAGE
  const numbers = [...new Set([0, ...Array.from({ length: last - first + 1 }, (_, at) => first + at)])]
  const pages = useQueries({
    queries: numbers.map((number) => ({
      queryKey: ['plan-items', asked, number],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.restores.planItems(
          { hostId, hash, actions: actionsOf(view), text: filter, offset: number * PAGE_ITEMS, limit: PAGE_ITEMS },
          { signal },
        ),
      structuralSharing: false,
    })),
  })
  const read = useSame(pages.flatMap(({ data }) => data ?? []))
  const hasFirst = pages[0]?.data !== undefined
  const [drawn] = useState(() => new WeakMap<PlanPage, PlanRow[]>())
  const rows = useMemo(() => {
    if (!hasFirst) return undefined
    const byNumber = read.map((page): [number, PlanPage] => [page.offset / PAGE_ITEMS, page])
    return new PlanRows(read[0]?.total ?? 0, new Map(byNumber), drawn)
  }, [hasFirst, read, drawn])
  const [kept, setKept] = useState(rows)
  if (rows !== undefined && kept !== rows) setKept(rows)
  const error = pages.find((page) => page.error !== null)?.error ?? null
  return {
    rows: rows ?? kept,
    isEarlier: rows === undefined,
    error,
    isForgotten: isFault(error, 'not_found') && error.data.what === 'plan',
    onSight: (from, end) => {
      const [least, most] = [Math.floor(from / PAGE_ITEMS), Math.floor(Math.max(from, end - 1) / PAGE_ITEMS)]
      if (sight.asked !== asked || least !== first || most !== last) setSight({ asked, first: least, last: most })
    },
    again: () => {
      for (const page of pages) if (page.error !== null) void page.refetch()
    },
  }
}

const FIRST_PAGE = { first: 0, last: 0 } as const
