import { t } from '@lingui/core/macro'
import { Button, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useHosts } from '../../client/hosts-context.tsx'
import { formatCount } from '../../components/format.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import classes from './Search.module.css'
import type { Search } from './search-context.tsx'
import { EVERYWHERE_LIMIT, ONE_PLACE_LIMIT } from './search-query.ts'
import type { SearchRun } from './search-run.ts'
import { foundWords, progressWords, type SearchSummary } from './search-summary.ts'

export interface SearchStatusProps {
  readonly run: SearchRun
  readonly summary: SearchSummary
  readonly search: Search
  /** A tree is being opened down to a path. */
  readonly isOpening: boolean
}

/** How far the search is, and how to stop it; in the end what came of it. */
export function SearchStatus({ run, summary, search, isOpening }: SearchStatusProps): ReactElement {
  const { grouped } = run.rows
  const known = useHosts().value.reduce((sum, { repositories }) => sum + repositories.length, 0)
  const repositories = grouped ? Math.max(known, run.results.places.length) : 1
  const isLooking = summary.state === 'looking'
  return (
    <div className={classes['status']}>
      {isLooking ? (
        <>
          <StateBadge state="running">{t`Searching`}</StateBadge>
          <Text c="dimmed">{progressWords(summary, repositories)}</Text>
        </>
      ) : (
        <Text role="status" fw={500}>
          {foundWords(summary, grouped)}
        </Text>
      )}
      {isLooking && summary.paths > 0 && <Text>{foundWords(summary, grouped)}</Text>}
      {summary.state === 'stopped' && <StateBadge state="cancelled">{t`stopped before the end`}</StateBadge>}
      {summary.isCut && <Text c="dimmed">{cutWords(grouped)}</Text>}
      <div className={classes['aside']}>
        {isOpening && <StateBadge state="running">{t`Opening the tree`}</StateBadge>}
        {isLooking ? (
          <Button variant="default" size="compact-xs" onClick={search.stop}>{t`Stop`}</Button>
        ) : (
          <Button variant="subtle" size="compact-xs" onClick={search.again}>{t`Search again`}</Button>
        )}
      </div>
    </div>
  )
}

function cutWords(grouped: boolean): string {
  const limit = formatCount(grouped ? EVERYWHERE_LIMIT : ONE_PLACE_LIMIT)
  return grouped
    ? t`At most the first ${limit} paths of each repository are shown; narrow the search.`
    : t`The first ${limit} paths are shown; narrow the search.`
}
