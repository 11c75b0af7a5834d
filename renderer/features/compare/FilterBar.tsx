import { Button, Chip, Group, Switch, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { FilterInput } from '../../components/FilterInput.tsx'
import { formatCount, formatNumberOf } from '../../components/format.ts'
import { LETTERS } from './ChangeMark.tsx'
import classes from './Compare.module.css'
import { type ChangeFilter, KINDS, type Kind } from './change-rows.ts'
import type { RollUps } from './roll-ups.ts'
import { bytesWords } from './words.ts'

export interface FilterBarProps {
  readonly filter: ChangeFilter
  onFilter(filter: ChangeFilter): void
  readonly text: string
  onText(text: string): void
  /** Null where the later side is the host now: only opened folders are looked at there. */
  readonly rollUps: RollUps | null
}

const CHIP_WORDS: Readonly<Record<Kind, string>> = {
  added: 'added',
  removed: 'removed',
  modified: 'changed',
  retyped: 'other type',
  metadata: 'metadata',
}

/** What is looked for, with how much of it there is, and how far the comparison has come. */
export function FilterBar({ filter, onFilter, text, onText, rollUps }: FilterBarProps): ReactElement {
  const known = rollUps?.known ?? null
  const toggle = (kind: Kind): void => {
    const kinds = new Set(filter.kinds)
    if (!kinds.delete(kind)) kinds.add(kind)
    onFilter({ ...filter, kinds })
  }
  return (
    <Group gap="6px 12px" flex="none" wrap="wrap">
      <Group gap={6} role="group" aria-label="Kinds of changes">
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
        label="Metadata"
        checked={filter.metadata}
        onChange={(event) => onFilter({ ...filter, metadata: event.currentTarget.checked })}
      />
      <Switch
        size="xs"
        label="Only changes"
        checked={filter.onlyChanges}
        onChange={(event) => onFilter({ ...filter, onlyChanges: event.currentTarget.checked })}
      />
      {rollUps !== null && <FilterInput label="Filter changed paths" value={text} onChange={onText} />}
      <Progress rollUps={rollUps} />
    </Group>
  )
}

function Progress({ rollUps }: Pick<FilterBarProps, 'rollUps'>): ReactElement {
  if (rollUps === null)
    return (
      <Text size="xs" c="dimmed" ml="auto">
        Folders of the host are looked at as you open them
      </Text>
    )
  const { state, directories, known, error } = rollUps
  const folders = formatNumberOf(directories, 'folder')
  return (
    <Group gap="xs" ml="auto" wrap="nowrap">
      <Text
        size="xs"
        c={state === 'failed' ? 'var(--state-failed)' : 'dimmed'}
        role="status"
        className={classes['progress'] ?? ''}
      >
        {state === 'ended' && (known === null ? '' : bytesWords(known) || 'No bytes differ')}
        {(state === 'running' || state === 'waiting') && `Comparing… ${folders}`}
        {state === 'stopped' && `Stopped after ${folders}`}
        {state === 'failed' && describeError(error).title}
      </Text>
      {state === 'running' && (
        <Button size="compact-xs" variant="default" onClick={() => rollUps.stop()}>
          Stop
        </Button>
      )}
      {(state === 'stopped' || state === 'failed') && (
        <Button size="compact-xs" variant="default" onClick={() => rollUps.start()}>
          Go on
        </Button>
      )}
    </Group>
  )
}
