import type { ReactElement } from 'react'
import { FailedPlaces } from './FailedPlaces.tsx'
import { ResultsGrid } from './results/ResultsGrid.tsx'
import type { ResultActions } from './results/use-result-actions.ts'
import { SearchOutcome } from './SearchOutcome.tsx'
import { SearchStatus } from './SearchStatus.tsx'
import type { SearchRun } from './search-run.ts'
import type { SearchSummary } from './search-summary.ts'
import type { SearchPageState } from './use-search-page.ts'

export interface SearchViewProps {
  readonly page: SearchPageState
  readonly run: SearchRun
  readonly summary: SearchSummary
  readonly actions: ResultActions
}

/** A search: how far it is, what could not be looked through, and what was found. */
export function SearchView({ page, run, summary, actions }: SearchViewProps): ReactElement {
  const { form, search } = page
  return (
    <>
      <SearchStatus run={run} summary={summary} search={search} isOpening={actions.isOpening} />
      <FailedPlaces failed={summary.failed} />
      {run.hasFound ? (
        <ResultsGrid
          key={run.key}
          run={run}
          form={form}
          actions={actions}
          list={page.results}
          onChange={search.tell}
          onEscape={page.stopOrReturn}
          onLeave={page.focusQuery}
        />
      ) : (
        <SearchOutcome run={run} summary={summary} form={form} onChange={page.change} onAgain={search.again} />
      )}
    </>
  )
}
