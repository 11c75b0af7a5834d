import { t } from '@lingui/core/macro'
import { ANY_TIME } from '../../components/date-range.ts'
import { NO_FILTERS, type RestoreFilters } from './restore-filters.ts'

export interface NamedFilters {
  readonly name: string
  readonly filters: RestoreFilters
}

/** What is asked most often. */
export const BUILT_IN_VIEWS: readonly NamedFilters[] = [
  { name: t`All restores`, filters: NO_FILTERS },
  {
    name: t`In place, last 30 days`,
    filters: { ...NO_FILTERS, targets: ['in-place'], when: { ...ANY_TIME, preset: '30d' } },
  },
  {
    name: t`Not verified`,
    filters: { ...NO_FILTERS, outcomes: ['succeeded', 'partial'], proofs: ['differs', 'none'] },
  },
  { name: t`Failed or partial`, filters: { ...NO_FILTERS, outcomes: ['partial', 'failed', 'interrupted'] } },
]
