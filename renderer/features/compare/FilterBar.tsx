import { t } from '@lingui/core/macro'
import { Chip, Group, Switch } from '@mantine/core'
import { memo, type ReactElement } from 'react'
import { FilterInput } from '../../components/FilterInput.tsx'
import { formatCount } from '../../components/format.ts'
import { LETTERS } from './ChangeMark.tsx'
import classes from './Compare.module.css'
import { type ChangeFilter, KINDS, type Kind } from './change-rows.ts'
import type { RollUps } from './roll-ups.ts'

export interface FilterBarProps {
  readonly filter: ChangeFilter
  onFilter(filter: ChangeFilter): void
  readonly text: string
  onText(text: string): void
  readonly rollUps: RollUps
}

const CHIP_WORDS: Readonly<Record<Kind, string>> = {
  added: t`added`,
  removed: t`removed`,
  modified: t`changed`,
  retyped: t`other type`,
  metadata: t`metadata`,
}

/** What is looked for, with how much of it there is. */
export const FilterBar = memo(function FilterBar(props: FilterBarProps): ReactElement {
  const { filter, onFilter, text, onText, rollUps } = props
  const { known } = rollUps
  const toggle = (kind: Kind): void => {
    const kinds = new Set(filter.kinds)
    if (!kinds.delete(kind)) kinds.add(kind)
    onFilter({ ...filter, kinds })
  }
  return (
    <Group gap="6px 12px" flex="none" wrap="wrap">
      <Group gap={6} role="group" aria-label={t`Kinds of changes`}>
        {KINDS.map((kind) => (
          <Chip
            key={kind}
            size="xs"
            checked={filter.kinds.has(kind) && (kind !== 'metadata' || filter.metadata)}
            disabled={kind === 'metadata' && !filter.metadata}
            onChange={() => toggle(kind)}
            classNames={{ label: classes['chip'] ?? '' }}
            data-kind={kind}
          >
            <span className={classes['mark']} data-kind={kind} aria-hidden="true">
              {LETTERS[kind]}
            </span>{' '}
            {known === null ? '' : `${formatCount(known[kind])} `}
            {CHIP_WORDS[kind]}
          </Chip>
        ))}
      </Group>
      <Switch
        size="xs"
        label={t`Metadata`}
        checked={filter.metadata}
        onChange={(event) => onFilter({ ...filter, metadata: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        label={t`Only changes`}
        checked={filter.onlyChanges}
        onChange={(event) => onFilter({ ...filter, onlyChanges: event.currentTarget.checked })}
      />
      <FilterInput label={t`Filter changed paths`} value={text} onChange={onText} />
    </Group>
  )
})
