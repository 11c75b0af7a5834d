import { t } from '@lingui/core/macro'
import { Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { memo, type ReactElement } from 'react'
import { useClient } from '../../../client/client-context.tsx'
import { type HostChoice, useHostChoices } from '../../../client/use-host-names.ts'
import { DateRangeFilter } from '../../../components/DateRangeFilter.tsx'
import { readDateRange, writeDateRange } from '../../../components/date-range.ts'
import { KIND_WORDS } from '../run-words.ts'
import { KINDS, kindOf, type RunsAddress, STATE_CHOICES, type StateChoice, stateOf } from './run-address.ts'

export interface RunFiltersProps {
  readonly address: RunsAddress
  onChange(change: Partial<Record<keyof RunsAddress, string>>): void
}

const STATE_WORDS: Readonly<Record<StateChoice, string>> = {
  going: t`Going on`,
  trouble: t`Needs a look`,
  running: t`Running`,
  succeeded: t`Succeeded`,
  partial: t`Partial`,
  failed: t`Failed`,
  cancelled: t`Cancelled`,
  interrupted: t`Interrupted`,
  unknown: t`Unknown`,
}

const CHOICES = Object.keys(STATE_CHOICES) as StateChoice[]
const TYPED = { clearable: true, searchable: true, limit: 100 } as const
const WIDE = { comboboxProps: { width: 'max-content', position: 'bottom-start' } } as const

/** What the list of runs is narrowed to, but for the text. */
export const RunFilters = memo(function RunFilters({ address, onChange }: RunFiltersProps): ReactElement {
  return (
    <Group gap="xs" role="group" aria-label={t`Filters`}>
      <Select
        w={152}
        {...WIDE}
        aria-label={t`State`}
        placeholder={t`Any state`}
        clearable
        data={CHOICES.map((choice) => ({ value: choice, label: STATE_WORDS[choice] }))}
        value={stateOf(address)}
        onChange={(state) => onChange({ state: state ?? '' })}
      />
      <Select
        w={128}
        aria-label={t`Kind`}
        placeholder={t`Any kind`}
        clearable
        data={KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
        value={kindOf(address)}
        onChange={(kind) => onChange({ kind: kind ?? '' })}
      />
      <HostAndWho address={address} onChange={onChange} />
      <DateRangeFilter
        label={t`Started`}
        value={readDateRange(address.when ?? '')}
        onChange={(range) => onChange({ when: writeDateRange(range) })}
      />
    </Group>
  )
}, isDrawnSo)

/** What is typed is another part of the address, and changes with every pause. */
function isDrawnSo(before: RunFiltersProps, after: RunFiltersProps): boolean {
  const fields = ['state', 'kind', 'host', 'who', 'when'] as const
  return before.onChange === after.onChange && fields.every((field) => before.address[field] === after.address[field])
}

/** Those among which one looks by typing. */
function HostAndWho({ address, onChange }: RunFiltersProps): ReactElement {
  const client = useClient()
  const hosts = useHostChoices()
  const starters = useQuery({
    queryKey: ['runs', 'starters'],
    queryFn: ({ signal }) => client.runs.starters(undefined, { signal }),
  })
  const people = (starters.data ?? []).map((who) => ({ value: who, label: who }))
  return (
    <>
      <Select
        w={152}
        {...WIDE}
        {...TYPED}
        aria-label={t`Host`}
        placeholder={t`Any host`}
        nothingFoundMessage={t`No such host`}
        data={withCurrent(hosts, address.host)}
        value={address.host ?? null}
        onChange={(host) => onChange({ host: host ?? '' })}
      />
      <Select
        w={164}
        {...WIDE}
        {...TYPED}
        aria-label={t`Who`}
        placeholder={t`Anybody`}
        nothingFoundMessage={t`Nobody of that name`}
        data={withCurrent(people, address.who)}
        value={address.who ?? null}
        onChange={(who) => onChange({ who: who ?? '' })}
      />
    </>
  )
}

/** What an address asks for is offered, also where it is not known, or not yet. */
function withCurrent(choices: readonly HostChoice[], value: string | undefined): HostChoice[] {
  const isMissing = value !== undefined && !choices.some((choice) => choice.value === value)
  return isMissing ? [...choices, { value, label: value }] : [...choices]
}
