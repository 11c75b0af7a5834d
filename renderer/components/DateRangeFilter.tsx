import { t } from '@lingui/core/macro'
import { Group, Select, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import {
  ANY_TIME,
  DATE_PRESETS,
  type DateRange,
  dayHere,
  momentsOf,
  PRESET_WORDS,
  problemOf,
  readDateRange,
} from './date-range.ts'
import { useNow } from './use-now.ts'

export interface DateRangeFilterProps {
  /** What of each row it is: `Started`. */
  readonly label: string
  readonly value: DateRange
  onChange(value: DateRange): void
}

/** Narrows a list to some days: presets, or two days of one's own. */
export function DateRangeFilter({ label, value, onChange }: DateRangeFilterProps): ReactElement {
  const now = useNow()
  const choose = (chosen: string | null): void => {
    if (chosen === 'custom') onChange({ preset: 'custom', ...daysOf(value, now) })
    else onChange(readDateRange(chosen ?? ''))
  }
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start" role="group" aria-label={label}>
      <Select
        w={132}
        aria-label={label}
        allowDeselect={false}
        data={DATE_PRESETS.map((preset) => ({ value: preset, label: PRESET_WORDS[preset] }))}
        value={value.preset}
        onChange={choose}
      />
      {value.preset === 'custom' && (
        <>
          <Day label={t`${label} from`} value={value.from} onChange={(from) => onChange({ ...value, from })} />
          <Day
            label={t`${label} until`}
            value={value.until}
            error={problemOf(value)}
            onChange={(until) => onChange({ ...value, until })}
          />
        </>
      )}
    </Group>
  )
}

interface DayProps {
  readonly label: string
  readonly value: string
  readonly error?: string | null
  onChange(value: string): void
}

function Day({ label, value, error = null, onChange }: DayProps): ReactElement {
  return (
    <TextInput
      type="date"
      w={132}
      aria-label={label}
      title={label}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** The days that a range has been so far, to be changed from there. */
function daysOf(range: DateRange, now: Date): Pick<DateRange, 'from' | 'until'> {
  if (range.preset === 'custom' || range.preset === 'any') return { from: ANY_TIME.from, until: dayHere(now) }
  const { from, to } = momentsOf(range, now)
  const last = to === null ? now : new Date(Date.parse(to) - 1)
  return { from: from === null ? '' : dayHere(new Date(from)), until: dayHere(last) }
}
