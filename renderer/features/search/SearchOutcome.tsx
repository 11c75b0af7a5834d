import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import type { SearchForm } from './search-form.ts'
import type { SearchRun } from './search-run.ts'
import { isFruitless, type SearchSummary } from './search-summary.ts'

export interface SearchOutcomeProps {
  readonly run: SearchRun
  readonly summary: SearchSummary
  readonly form: SearchForm
  onChange(change: Partial<SearchForm>): void
  onAgain(): void
}

/** Stands where results would be when there are none: not yet, not at all, or for a reason. */
export function SearchOutcome(props: SearchOutcomeProps): ReactElement | null {
  // What keeps each repository away stands above.
  if (props.run.state === 'ended' && isFruitless(props.summary)) return null
  return <SectionCard>{outcome(props)}</SectionCard>
}

function outcome({ run, form, onChange, onAgain }: SearchOutcomeProps): ReactElement {
  if (run.state === 'looking')
    return <LoadingRows label={t`Searching`} rows={10} columns="1.1fr 1fr 76px 104px 64px 76px" />
  if (run.state === 'failed') return <ErrorState description={describeError(run.error)} onRetry={onAgain} />
  if (run.state === 'stopped')
    return <EmptyState title={t`Stopped before anything was found`}>{t`There may be more to find.`}</EmptyState>
  return <NothingFound form={form} onChange={onChange} />
}

const WHY: Readonly<Record<SearchForm['kind'], string>> = {
  text: t`No name contains it.`,
  glob: t`A glob has to match the whole name: *part* finds part of one.`,
  'regular-expression': t`No name matches it.`,
}

function NothingFound({ form, onChange }: Pick<SearchOutcomeProps, 'form' | 'onChange'>): ReactElement {
  const isNarrowed = form.types.length > 0 || form.least !== '' || form.most !== '' || form.period !== 'any'
  const widen = (): void => onChange({ types: [], least: '', most: '', period: 'any' })
  return (
    <EmptyState
      title={t`Nothing matches “${form.text}”`}
      action={
        isNarrowed ? (
          <Button variant="default" onClick={widen}>{t`Leave out type, size and time`}</Button>
        ) : (
          form.scope !== 'everywhere' && (
            <Button variant="default" onClick={() => onChange({ scope: 'everywhere' })}>{t`Search all hosts`}</Button>
          )
        )
      }
    >
      {WHY[form.kind]}
    </EmptyState>
  )
}
