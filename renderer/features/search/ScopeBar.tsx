import { t } from '@lingui/core/macro'
import { SegmentedControl, Select, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useHosts } from '../../client/hosts-context.tsx'
import { formatMoment } from '../../components/format.ts'
import { useSnapshots } from '../hosts/index.ts'
import { placeName, repositoryChoices } from './place-names.ts'
import classes from './Search.module.css'
import type { SearchForm, SearchPlace } from './search-form.ts'

export interface ScopeBarProps {
  readonly form: SearchForm
  onChange(change: Partial<SearchForm>): void
}

/** Where to look. A snapshot can be chosen only by coming from it. */
export function ScopeBar({ form, onChange }: ScopeBarProps): ReactElement {
  const hosts = useHosts().value
  const { scope, place } = form
  const choices = repositoryChoices(hosts)
  const [first] = choices
  const known = place.repositoryId === '' ? first : place
  const choose = (wanted: string): void => {
    if (wanted === 'everywhere' || wanted === 'snapshot') onChange({ scope: wanted })
    else if (known !== undefined) onChange({ scope: 'repository', place: { ...place, ...placeOf(known) } })
  }
  return (
    <div className={classes['scope']}>
      <SegmentedControl
        aria-label={t`Where to look`}
        value={scope}
        onChange={choose}
        data={[
          { value: 'snapshot', label: t`This snapshot`, disabled: place.snapshotId === '' },
          { value: 'repository', label: t`This repository`, disabled: known === undefined },
          { value: 'everywhere', label: t`All hosts` },
        ]}
      />
      {scope === 'repository' && (
        <Select
          aria-label={t`Repository`}
          w={220}
          searchable
          allowDeselect={false}
          data={choices.map(({ value, label }) => ({ value, label }))}
          value={JSON.stringify([place.hostId, place.repositoryId])}
          onChange={(value) => {
            const chosen = choices.find((choice) => choice.value === value)
            if (chosen !== undefined) onChange({ place: { ...placeOf(chosen), snapshotId: '' } })
          }}
        />
      )}
      {scope === 'snapshot' && <SnapshotName place={place} />}
    </div>
  )
}

function placeOf({ hostId, repositoryId }: Pick<SearchPlace, 'hostId' | 'repositoryId'>) {
  return { hostId, repositoryId }
}

function SnapshotName({ place }: { readonly place: SearchPlace }): ReactElement {
  const hosts = useHosts().value
  const snapshot = useSnapshots(place.hostId, place.repositoryId).rows?.find(({ id }) => id === place.snapshotId)
  return (
    <Text c="dimmed" size="xs">
      {snapshot === undefined ? place.snapshotId.slice(0, 8) : formatMoment(new Date(snapshot.time))}
      {' · '}
      {placeName(hosts, place)}
    </Text>
  )
}
