import { t } from '@lingui/core/macro'
import type { ReactElement, ReactNode } from 'react'
import { pastOutcomeSchema, pastProofSchema, targetKindSchema } from '../../../contract/shapes/past-restore.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ChoiceFilter } from '../../components/ChoiceFilter.tsx'
import { DateRangeFilter } from '../../components/DateRangeFilter.tsx'
import classes from './Audit.module.css'
import { MarkBadge, OUTCOMES, PROOFS, TARGET_WORDS } from './past-restore-words.tsx'
import type { RestoreFilters } from './restore-filters.ts'

export interface RestoreFilterBarProps {
  readonly filters: RestoreFilters
  readonly actors: readonly string[]
  /** Stands before the filters. */
  readonly children?: ReactNode
  onChange(change: Partial<RestoreFilters>): void
}

const OUTCOME_CHOICES = pastOutcomeSchema.options.map((value) => ({
  value,
  label: OUTCOMES[value].word,
  shown: <MarkBadge mark={OUTCOMES[value]} />,
}))
const PROOF_CHOICES = pastProofSchema.options.map((value) => ({
  value,
  label: PROOFS[value].word,
  shown: <MarkBadge mark={PROOFS[value]} />,
}))
const TARGET_CHOICES = targetKindSchema.options.map((value) => ({ value, label: TARGET_WORDS[value] }))

/** Which restores are listed: on which hosts, by whom, where to, with what result, when. */
export function RestoreFilterBar({ filters, actors, children, onChange }: RestoreFilterBarProps): ReactElement {
  const hosts = useHosts().value
  return (
    <div className={classes['filters']} role="group" aria-label={t`Filters`}>
      {children}
      <ChoiceFilter
        label={t`Host`}
        choices={hosts.map(({ id, name }) => ({ value: id, label: name }))}
        value={filters.hosts}
        onChange={(next) => onChange({ hosts: next })}
      />
      <ChoiceFilter
        label={t`Who`}
        choices={actors.map((actor) => ({ value: actor, label: actor }))}
        value={filters.who}
        onChange={(who) => onChange({ who })}
      />
      <ChoiceFilter
        label={t`Target`}
        choices={TARGET_CHOICES}
        value={filters.targets}
        onChange={(next) => onChange({ targets: targetKindSchema.options.filter((each) => next.includes(each)) })}
      />
      <ChoiceFilter
        label={t`Result`}
        choices={OUTCOME_CHOICES}
        value={filters.outcomes}
        onChange={(next) => onChange({ outcomes: pastOutcomeSchema.options.filter((each) => next.includes(each)) })}
      />
      <ChoiceFilter
        label={t`Verified`}
        choices={PROOF_CHOICES}
        value={filters.proofs}
        onChange={(next) => onChange({ proofs: pastProofSchema.options.filter((each) => next.includes(each)) })}
      />
      <DateRangeFilter label={t`Asked`} value={filters.when} onChange={(when) => onChange({ when })} />
    </div>
  )
}
