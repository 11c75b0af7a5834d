import { t } from '@lingui/core/macro'
import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useRef } from 'react'
import { useKeys } from '../../components/keys.tsx'
import { useNow } from '../../components/use-now.ts'
import { type PausedText, usePausedText } from '../../components/use-paused-text.ts'
import { type Search, useSearch } from './search-context.tsx'
import { narrowAddress, readForm, type SearchAddress, type SearchForm, writeForm } from './search-form.ts'
import { type Problems, requestOf } from './search-query.ts'
import { type SearchSummary, summaryOf } from './search-summary.ts'

export interface SearchPageState {
  readonly form: SearchForm
  readonly problems: Problems
  readonly text: PausedText
  readonly search: Search
  /** Null while nothing is looked for. */
  readonly summary: SearchSummary | null
  readonly input: RefObject<HTMLInputElement | null>
  /** The list of what was found; null while there is none. */
  readonly results: RefObject<HTMLDivElement | null>
  change(fields: Partial<SearchForm>): void
  /** Give the keyboard its place, once the page is drawn. */
  begin(): void
  searchNow(): void
  goToResults(): void
  focusQuery(): void
  /** Escape in the text, and in the results. */
  stopOrClear(): void
  stopOrReturn(): void
}

/** What is asked for, which stands in the address, and the search for it. */
export function useSearchPage(address: SearchAddress): SearchPageState {
  const form = readForm(address)
  const navigate = useNavigate()
  const change = (fields: Partial<SearchForm>): void =>
    void navigate({
      to: '/search',
      // Not of the form as it was drawn: two changes may come before the next drawing.
      search: (latest) => writeForm({ ...readForm(narrowAddress(latest)), ...fields }),
      replace: true,
    })
  const text = usePausedText({ text: form.text, leastCharacters: 2, onCommit: (typed) => change({ text: typed }) })
  const { input: wanted, problems } = requestOf(form, useNow())
  const search = useSearch(wanted, address)
  const input = useRef<HTMLInputElement>(null)
  const results = useRef<HTMLDivElement>(null)
  const focusQuery = (): void => input.current?.select()
  const isLooking = search.run?.state === 'looking'
  // The row that the keyboard was on last is always in the page, also while it is scrolled away.
  const goToResults = (): void =>
    results.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus({ preventScroll: true })
  // Whoever comes back to what was found goes on there.
  const begin = (): void => {
    if (results.current === null || search.isEarlier) input.current?.focus()
    else goToResults()
  }
  useKeys([
    { keys: '/', does: 'search', label: t`search`, run: focusQuery },
    { keys: '↑↓', does: 'move', label: t`move` },
    { keys: '→', does: 'open', label: t`open` },
    { keys: 'Enter', does: 'show in tree', label: t`show in tree` },
    { keys: 'v', does: 'versions', label: t`versions` },
    { keys: 'p', does: 'preview', label: t`preview` },
    { keys: 'b', does: 'add to basket', label: t`add to basket` },
    { keys: 'r', does: 'restore', label: t`restore` },
    { keys: 'Escape', does: isLooking ? 'stop' : 'clear', label: isLooking ? t`stop` : t`clear` },
  ])
  return {
    form,
    problems,
    text,
    search,
    summary: search.run === null ? null : summaryOf(search.run),
    input,
    results,
    change,
    begin,
    searchNow: () => (text.typed === form.text ? search.again() : text.commit()),
    goToResults,
    focusQuery,
    stopOrClear: () => (isLooking ? search.stop() : text.type('')),
    stopOrReturn: () => (isLooking ? search.stop() : focusQuery()),
  }
}
