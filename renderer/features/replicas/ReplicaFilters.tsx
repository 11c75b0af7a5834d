import { t } from '@lingui/core/macro'
import { Group, Select } from '@mantine/core'
import type { ReactElement } from 'react'
import { CountChips } from '../../components/CountChips.tsx'
import { formatCount } from '../../components/format.ts'
import { type ReplicasAddress, stateOf } from './replica-address.ts'
import { consumerTitle, countStates, needsAttention, STATE_ORDER, STATES } from './replica-words.ts'
import type { Known } from './use-replicas.ts'

export interface ReplicaFiltersProps {
  readonly known: Known
  readonly address: ReplicasAddress
  onChange(change: Partial<Record<keyof ReplicasAddress, string>>): void
}

const TYPED = { clearable: true, searchable: true, limit: 100, w: 150 } as const
const WIDE = { comboboxProps: { width: 'max-content', position: 'bottom-start' } } as const

/** What the list of replicas is narrowed to, but for the text. */
export function ReplicaFilters({ known, address, onChange }: ReplicaFiltersProps): ReactElement {
  const { planes, board } = known
  const counts = countStates(board.replicas)
  return (
    <Group gap="xs" role="group" aria-label={t`Filters`}>
      <Attention known={known} address={address} onChange={onChange} />
      <Select
        w={196}
        {...WIDE}
        aria-label={t`State`}
        placeholder={t`Any state`}
        clearable
        data={STATE_ORDER.map((state) => ({
          value: state,
          label: `${STATES[state].word}${counts.has(state) ? ` · ${formatCount(counts.get(state) ?? 0)}` : ''}`,
        }))}
        value={stateOf(address)}
        onChange={(state) => onChange({ state: state ?? '' })}
      />
      {planes.length > 1 && (
        <Select
          {...TYPED}
          {...WIDE}
          aria-label={t`Plane`}
          placeholder={t`Any plane`}
          data={withCurrent(
            planes.map(({ id, name }) => ({ value: id, label: name })),
            address.plane,
          )}
          value={address.plane ?? null}
          onChange={(plane) => onChange({ plane: plane ?? '', group: '', consumer: '' })}
        />
      )}
      <WhoseAndBy known={known} address={address} onChange={onChange} />
    </Group>
  )
}

/** Among those of the plane that is chosen. */
function WhoseAndBy({ known: { groups, consumers }, address, onChange }: ReplicaFiltersProps): ReactElement {
  const onPlane = (planeId: string): boolean => address.plane === undefined || planeId === address.plane
  const groupChoices = [...groups].filter(([planeId]) => onPlane(planeId)).flatMap(([, list]) => list)
  return (
    <>
      <Select
        {...TYPED}
        {...WIDE}
        aria-label={t`Group`}
        placeholder={t`Any group`}
        nothingFoundMessage={t`No such group`}
        data={withCurrent(
          groupChoices.map(({ id, name }) => ({ value: id, label: name })),
          address.group,
        )}
        value={address.group ?? null}
        onChange={(group) => onChange({ group: group ?? '' })}
      />
      <Select
        {...TYPED}
        {...WIDE}
        aria-label={t`Consumer`}
        placeholder={t`Any consumer`}
        nothingFoundMessage={t`No such consumer`}
        data={withCurrent(
          consumers
            .filter(({ planeId }) => onPlane(planeId))
            .map(({ id, name }) => ({ value: id, label: consumerTitle(name, id) })),
          address.consumer,
        )}
        value={address.consumer ?? null}
        onChange={(consumer) => onChange({ consumer: consumer ?? '' })}
      />
    </>
  )
}

function Attention({ known: { board }, address, onChange }: ReplicaFiltersProps): ReactElement {
  const wanted = address.attention !== undefined
  const attention = board.replicas.filter(needsAttention).length
  return (
    <CountChips
      label={t`Which replicas`}
      chips={[
        {
          key: 'all',
          children: t`All`,
          count: board.replicas.length,
          isPressed: !wanted,
          onPress: () => onChange({ attention: '' }),
        },
        {
          key: 'attention',
          children: t`Needs attention`,
          count: attention,
          isPressed: wanted,
          onPress: () => onChange({ attention: wanted ? '' : 'yes' }),
        },
      ]}
    />
  )
}

interface Choice {
  readonly value: string
  readonly label: string
}

/** What an address asks for is offered, also where it is not known, or not yet; and nothing twice. */
function withCurrent(choices: readonly Choice[], value: string | undefined): Choice[] {
  const byValue = new Map(choices.map((choice) => [choice.value, choice]))
  if (value !== undefined && !byValue.has(value)) byValue.set(value, { value, label: value.slice(0, 8) })
  return [...byValue.values()]
}
