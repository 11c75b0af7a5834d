import { t } from '@lingui/core/macro'
import { memo, type ReactElement } from 'react'
import { pastOutcomeSchema, pastProofSchema, targetKindSchema } from '../../../contract/shapes/past-restore.ts'
import { useHostChoices } from '../../client/use-host-names.ts'
import { ChoiceFilter } from '../../components/ChoiceFilter.tsx'
import { DateRangeFilter } from '../../components/DateRangeFilter.tsx'
import classes from './Audit.module.css'
import { MarkBadge, OUTCOMES, PROOFS, TARGET_WORDS } from './past-restore-words.tsx'
import type { RestoreFilters } from './restore-filters.ts'
import { SavedViewsMenu } from './SavedViewsMenu.tsx'
import { useActors } from './use-past-restores.ts'

export interface RestoreFilterBarProps {
  readonly filters: RestoreFilters
  /** Another word whenever something was restored: whoever did may be new. */
  readonly news: string
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

/** Which restores are listed: a view that was kept, or on which hosts, by whom, where to, with what result, when. */
export const RestoreFilterBar = memo(function RestoreFilterBar(props: RestoreFilterBarProps): ReactElement {
  const { filters, news, onChange } = props
  const hosts = useHostChoices()
  const actors = useActors(news)
  return (
    <div className={classes['filters']} role="group" aria-label={t`Filters`}>
      <SavedViewsMenu filters={filters} onChoose={onChange} />
      <ChoiceFilter
        label={t`Host`}
        choices={hosts}
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
})
