import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useCallback } from 'react'
import { useNow } from '../../../components/use-now.ts'
import { type PausedText, usePausedText } from '../../../components/use-paused-text.ts'
import { changedAddress, filterOf, narrowRunsAddress, type RunsAddress } from './run-address.ts'
import { type Runs, useRuns } from './use-runs.ts'

export interface RunsPageState {
  readonly runs: Runs
  readonly text: PausedText
  change(change: Partial<Record<keyof RunsAddress, string>>): void
  /** Leave nothing out any more. */
  clear(): void
  /** The keyboard goes to the row that it was on last. */
  goToRows(): void
}

/** What is asked for, which stands in the address so that one can go back to it, and the runs that fit. */
export function useRunsPage(address: RunsAddress, table: RefObject<HTMLElement | null>): RunsPageState {
  const navigate = useNavigate()
  const now = useNow()
  const runs = useRuns(filterOf(address, now))
  const isSearched = address.text !== undefined
  const change = useCallback<RunsPageState['change']>(
    (changed) =>
      void navigate({
        to: '/runs',
        // Not of the address as it was drawn: two changes may come before the next drawing.
        search: (latest) => changedAddress(narrowRunsAddress(latest), changed),
        // To go back undoes what was chosen, and what was typed as a whole.
        replace: changed.text !== undefined && changed.text !== '' && isSearched,
      }),
    [navigate, isSearched],
  )
  const text = usePausedText({ text: address.text ?? '', onCommit: (typed) => change({ text: typed }) })
  return {
    runs,
    text,
    change,
    clear: () => void navigate({ to: '/runs', search: {} }),
    goToRows: () => table.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus(),
  }
}
