import { t } from '@lingui/core/macro'
import { type ReactElement, useEffect, useEffectEvent } from 'react'
import { Page } from '../../components/Page.tsx'
import { useTrail } from '../../components/trail.tsx'
import { BasketChips } from '../basket/index.ts'
import { FilterBar } from './FilterBar.tsx'
import { QueryBar } from './QueryBar.tsx'
import { useResultActions } from './results/use-result-actions.ts'
import { ScopeBar } from './ScopeBar.tsx'
import classes from './Search.module.css'
import { SearchDrawers } from './SearchDrawers.tsx'
import { SearchHints } from './SearchHints.tsx'
import { SearchView } from './SearchView.tsx'
import type { SearchAddress } from './search-form.ts'
import { useSearchPage } from './use-search-page.ts'

export interface SearchPageProps {
  readonly address: SearchAddress
}

/** Find a file by its name: in a snapshot, in all of a repository, or on every host. */
export function SearchPage({ address }: SearchPageProps): ReactElement {
  useTrail([{ label: t`Search` }])
  const page = useSearchPage(address)
  const { actions, drawers } = useResultActions()
  const { form, search, summary } = page
  return (
    <>
      <Page title={t`Search`} about={<ScopeBar form={form} onChange={page.change} />} actions={<BasketChips />} fill>
        <div className={classes['search']} role="search">
          <QueryBar
            form={form}
            text={page.text}
            input={page.input}
            problem={search.isEarlier ? null : (summary?.patternProblem ?? null)}
            onChange={page.change}
            onEnter={page.searchNow}
            onEscape={page.stopOrClear}
            onLeave={page.goToResults}
          />
          <FilterBar form={form} problems={page.problems} onChange={page.change} />
          {search.run === null || summary === null || summary.patternProblem !== null ? (
            <SearchHints onTry={page.change} />
          ) : (
            <SearchView page={page} run={search.run} summary={summary} actions={actions} />
          )}
        </div>
        <Begin onBegin={page.begin} />
      </Page>
      <SearchDrawers actions={actions} drawers={drawers} />
    </>
  )
}

/** Stands last in the page, so that all of it is there when it is told. */
function Begin({ onBegin }: { readonly onBegin: () => void }): null {
  const begin = useEffectEvent(onBegin)
  useEffect(() => begin(), [])
  return null
}
