import { useMemo } from 'react'
import { ANY_TIME } from '../../components/date-range.ts'
import type { DayStripProps } from './DayStrip.tsx'
import { lastDays } from './local-days.ts'
import { filterOf, type RestoreFilters } from './restore-filters.ts'
import { useDays } from './use-past-restores.ts'

/** Days that the strip shows. */
export const STRIP_DAYS = 90

interface StripOptions {
  /** When this day began. */
  readonly today: Date
  readonly news: string
  onChange(change: Partial<RestoreFilters>): void
}

/** The last days of what fits but for when; choosing one narrows to it. */
export function useStrip(filters: RestoreFilters, { today, news, onChange }: StripOptions): { shown: DayStripProps } {
  const time = today.getTime()
  const days = useMemo(() => lastDays(new Date(time), STRIP_DAYS), [time])
  const read = useDays({ ...filterOf(filters, today), from: null, until: null }, days, news)
  const { preset, from, until } = filters.when
  return {
    shown: {
      days: read.data,
      chosen: preset === 'custom' ? { from, until } : null,
      onChoose: (day) => onChange({ when: day === null ? ANY_TIME : { preset: 'custom', from: day, until: day } }),
    },
  }
}
