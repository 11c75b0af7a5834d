import { ANY_TIME } from '../../components/date-range.ts'
import { NO_FILTERS, type RestoreFilters } from './restore-filters.ts'

export interface NamedFilters {
  readonly name: string
  readonly filters: RestoreFilters
}

/** What is asked most often. */
export const BUILT_IN_VIEWS: readonly NamedFilters[] = [
  { name: 'All restores', filters: NO_FILTERS },
  {
    name: 'In place, last 30 days',
    filters: { ...NO_FILTERS, targets: ['in-place'], when: { ...ANY_TIME, preset: '30d' } },
  },
  { name: 'Not verified', filters: { ...NO_FILTERS, outcomes: ['succeeded', 'partial'], proofs: ['differs', 'none'] } },
  { name: 'Failed or partial', filters: { ...NO_FILTERS, outcomes: ['partial', 'failed', 'interrupted'] } },
]
