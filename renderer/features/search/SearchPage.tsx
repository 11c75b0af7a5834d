import type { ReactElement } from 'react'
import { Page } from '../../components/Page.tsx'
import { useTrail } from '../../components/trail.tsx'
import type { SearchAddress } from './search-form.ts'

export interface SearchPageProps {
  readonly address: SearchAddress
}

/** Find a file by its name: in a snapshot, in all of a repository, or on every host. */
export function SearchPage(_: SearchPageProps): ReactElement {
  useTrail([{ label: 'Search' }])
  return <Page title="Search">{null}</Page>
}
