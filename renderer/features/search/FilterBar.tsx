import { t } from '@lingui/core/macro'
import { Chip, Select, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { usePausedText } from '../../components/use-paused-text.ts'
import classes from './Search.module.css'
import { PERIODS, type Period, type SearchForm, TYPE_CHOICES, type TypeChoice } from './search-form.ts'
import type { Problems } from './search-query.ts'

export interface FilterBarProps {
  readonly form: SearchForm
  readonly problems: Problems
  onChange(change: Partial<SearchForm>): void
}

const TYPE_WORDS: Readonly<Record<TypeChoice, string>> = {
  files: t`Files`,
  folders: t`Folders`,
  links: t`Links`,
  other: t`Other`,
}

const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  any: t`Modified any time`,
  today: t`Modified today`,
  week: t`In the last 7 days`,
  month: t`In the last 30 days`,
  year: t`In the last year`,
  between: t`Between…`,
}

/** Type, size and time of what is looked for. */
export function FilterBar({ form, problems, onChange }: FilterBarProps): ReactElement {
  return (
    <div className={classes['filters']}>
      <Chip.Group
        multiple
        value={[...form.types]}
        onChange={(types) => onChange({ types: TYPE_CHOICES.filter((type) => types.includes(type)) })}
      >
        <div className={classes['types']} role="group" aria-label={t`Types; all while none is chosen`}>
          {TYPE_CHOICES.map((type) => (
            <Chip key={type} value={type} size="xs" variant="outline">
              {TYPE_WORDS[type]}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      <Size
        label={t`Size at least`}
        example={t`at least 10 MB`}
        value={form.least}
        error={problems.least}
        onChange={(least) => onChange({ least })}
      />
      <Size
        label={t`Size at most`}
        example={t`at most 1.5G`}
        value={form.most}
        error={problems.most}
        onChange={(most) => onChange({ most })}
      />
      <Select
        w={156}
        aria-label={t`Modified`}
        allowDeselect={false}
        data={PERIODS.map((period) => ({ value: period, label: PERIOD_WORDS[period] }))}
        value={form.period}
        onChange={(value) => onChange({ period: PERIODS.find((period) => period === value) ?? 'any' })}
      />
      {form.period === 'between' && (
        <>
          <Day label={t`From`} value={form.from} error={problems.from} onChange={(from) => onChange({ from })} />
          <Day label={t`Until`} value={form.until} error={problems.until} onChange={(until) => onChange({ until })} />
        </>
      )}
    </div>
  )
}

interface BoundProps {
  readonly label: string
  readonly value: string
  readonly error: string | undefined
  onChange(value: string): void
}

function Size({ example, label, value, error, onChange }: BoundProps & { readonly example: string }): ReactElement {
  const { typed, type, commit } = usePausedText({ text: value, onCommit: onChange })
  return (
    <TextInput
      w={112}
      aria-label={label}
      placeholder={example}
      value={typed}
      error={error}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
    />
  )
}

function Day({ label, value, error, onChange }: BoundProps): ReactElement {
  return (
    <TextInput
      type="date"
      w={132}
      aria-label={label}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
